// Reads OpenAPI documents as they come: one file or a folder of files and fragments that refer to each other, as JSON or
// YAML. Nothing is fetched.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'

/**
 * @typedef {Record<string, any>} Json
 *
 * @typedef {object} Operation
 * @property {string} method in capitals
 * @property {string} path with its parameters in braces, after what the server's URL has
 * @property {string} [name]
 * @property {Place} place
 * @property {Place} item the path's own entry, which may have parameters for all methods
 */

const methods = ['get', 'put', 'post', 'delete', 'patch']

/** What cannot be read, or does not fit; its message is for the person who called. */
export class UnusableDocument extends Error {}

/** A value in a file of a set, from which references can be followed. */
export class Place {
  /**
   * @param {DocumentSet} set
   * @param {string} file
   * @param {any} value
   */
  constructor(set, file, value) {
    this.set = set
    this.file = file
    this.value = value
  }

  /** What stands below. @param {...(string | number)} path */
  at(...path) {
    return new Place(this.set, this.file, path.reduce((value, key) => value?.[key], this.value))
  }

  /** Another value at the same place. @param {any} value */
  with(value) {
    return new Place(this.set, this.file, value)
  }

  /** What the value stands for: itself, or what its references lead to. @returns {Place} */
  resolve() {
    /** @type {Place} */
    let place = this
    for (let steps = 0; typeof place.value?.$ref === 'string'; ++steps) {
      if (steps > 32) throw new UnusableDocument(`${place.file}: ${place.value.$ref} leads back to itself.`)
      place = this.set.target(place.file, place.value.$ref)
    }
    return place
  }
}

/** The files of a document. */
export class DocumentSet {
  /** @param {ReadonlyMap<string, Json>} files by path */
  constructor(files) {
    this.files = files
  }

  /**
   * Where a reference leads: in its own file or in the one that it names; for fragments, in whichever file has it.
   * @param {string} file
   * @param {string} reference
   */
  target(file, reference) {
    const [name, fragment = ''] = reference.split('#')
    const own = name === '' ? file : resolve(dirname(file), name)
    for (const candidate of name === '' ? [own, ...this.files.keys()] : [own]) {
      const found = valueAt(this.files.get(candidate), decodeURIComponent(fragment))
      if (found !== undefined) return new Place(this, candidate, found)
    }
    throw new UnusableDocument(`${file}: nothing is at ${reference}. References are followed within what was given.`)
  }

  /** Every operation; the first of those that have the same method and path. @returns {Operation[]} */
  operations() {
    /** @type {Map<string, Operation>} */
    const found = new Map()
    for (const [file, document] of this.files) {
      const root = new Place(this, file, document)
      const base = basePath(document)
      for (const path of Object.keys(document?.paths ?? {})) {
        const item = root.at('paths', path).resolve()
        for (const method of methods.filter((each) => item.value?.[each] !== undefined)) {
          const place = item.at(method)
          const operation = { method: method.toUpperCase(), path: `${base}${path}`, name: place.value.operationId, place, item }
          const key = operationKey(operation)
          if (!found.has(key)) found.set(key, operation)
        }
      }
    }
    return [...found.values()]
  }
}

/**
 * By what two documents have the same operation, whatever they call its parameters.
 * @param {{ method: string, path: string }} operation
 */
export function operationKey({ method, path }) {
  return `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}').replace(/\/$/, '')}`
}

/**
 * Reads a file, or all JSON and YAML files of a folder.
 * @param {string} path
 * @returns {DocumentSet}
 */
export function readDocuments(path) {
  /** @type {Map<string, Json>} */
  const files = new Map()
  /** @param {string} file */
  const read = (file) => {
    try {
      const text = readFileSync(file, 'utf8')
      files.set(file, file.endsWith('.json') ? JSON.parse(text) : parse(text))
    } catch (error) {
      throw new UnusableDocument(`${file} cannot be read: ${/** @type {Error} */ (error).message.split('\n')[0]}`)
    }
  }
  /** @param {string} folder */
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isDirectory()) walk(join(folder, entry.name))
      else if (/\.(json|ya?ml)$/.test(entry.name)) read(join(folder, entry.name))
    }
  }
  const from = resolve(path)
  const found = statSync(from, { throwIfNoEntry: false })
  if (found === undefined) throw new UnusableDocument(`There is nothing at ${path}.`)
  if (found.isDirectory()) walk(from)
  else read(from)
  const set = new DocumentSet(files)
  if (set.operations().length === 0) throw new UnusableDocument(`${path} has no operations: an OpenAPI document has them under "paths".`)
  return set
}

/** @param {Json | undefined} document */
function basePath(document) {
  const url = String(document?.servers?.[0]?.url ?? '')
  return url.replace(/^[a-z]+:\/\/[^/]*/, '').replace(/\/$/, '')
}

/**
 * @param {any} value
 * @param {string} pointer
 */
function valueAt(value, pointer) {
  const tokens = pointer === '' ? [] : pointer.slice(1).split('/')
  return tokens.reduce((inner, token) => inner?.[token.replaceAll('~1', '/').replaceAll('~0', '~')], value)
}
