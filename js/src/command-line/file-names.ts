// From what a person writes to files: names as they are, and patterns for shells that expand none. `*`, `?` and `[…]` stay
// within a name, `**` crosses folders, `{a,b}` are alternatives. As in a shell, a wildcard does not match a leading dot;
// it does not look into node_modules either.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { standardInput } from './body-file.js'
import { CallError } from './exit.js'

const wildcard = /[*?[\]{}]/

/**
 * The files that names and patterns stand for, each once, in their order.
 *
 * @throws {@link CallError} when one of them stands for nothing.
 */
export function filesNamed(names: readonly string[]): string[] {
  const files = new Set<string>()
  for (const name of names) {
    if (name === standardInput || existsSync(name) || !wildcard.test(name)) {
      files.add(name)
      continue
    }
    const found = alternativesOf(name.replaceAll('\\', '/')).flatMap(filesMatching)
    if (found.length === 0) throw new CallError(`${name} matches no file.`)
    for (const file of found.sort()) files.add(file)
  }
  return [...files]
}

/** Whether a word is meant as the name of a file. */
export function looksLikeFile(word: string): boolean {
  return word === standardInput || wildcard.test(word) || /[/\\]|\.json[c5l]?$/i.test(word) || existsSync(word)
}

// `a/{b,c}.json` as `a/b.json` and `a/c.json`.
function alternativesOf(pattern: string): string[] {
  const braces = /\{([^{}]*,[^{}]*)\}/.exec(pattern)
  const [whole, inside] = braces ?? []
  if (braces === null || whole === undefined || inside === undefined) return [pattern]
  const rest = pattern.slice(braces.index + whole.length)
  return inside.split(',').flatMap((choice) => alternativesOf(pattern.slice(0, braces.index) + choice + rest))
}

function filesMatching(pattern: string): string[] {
  const isAbsolute = pattern.startsWith('/')
  return matchesIn(
    isAbsolute ? '/' : '',
    pattern.split('/').filter((segment) => segment !== ''),
  )
}

function matchesIn(folder: string, [segment, ...rest]: readonly string[]): string[] {
  if (segment === undefined) return []
  if (segment === '**') {
    const folders = entriesOf(folder).filter((entry) => entry.isDirectory() && isOpen(entry.name))
    const deeper = folders.flatMap((entry) => matchesIn(join(folder, entry.name), ['**', ...rest]))
    return [...matchesIn(folder, rest.length === 0 ? ['*'] : rest), ...deeper]
  }
  if (!wildcard.test(segment)) {
    const next = join(folder, segment)
    if (rest.length > 0) return matchesIn(next, rest)
    return entriesOf(folder).some((entry) => entry.name === segment && !entry.isDirectory()) ? [next] : []
  }
  const form = formOf(segment)
  const entries = entriesOf(folder).filter(
    ({ name }) => form.test(name) && (segment.startsWith('.') || !name.startsWith('.')),
  )
  if (rest.length === 0) return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => join(folder, name))
  return entries.filter((entry) => !entry.isFile()).flatMap(({ name }) => matchesIn(join(folder, name), rest))
}

function isOpen(folder: string): boolean {
  return !folder.startsWith('.') && folder !== 'node_modules'
}

function formOf(segment: string): RegExp {
  const source = segment.replaceAll(
    /\*+|\?|\[(!?)([^\]]+)\]|[^]/g,
    (part, not: string | undefined, set: string | undefined) => {
      if (part.startsWith('*')) return '.*'
      if (part === '?') return '.'
      if (set !== undefined) return `[${not === '!' ? '^' : ''}${set.replaceAll(/[\\^[]/g, '\\$&')}]`
      return part.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&')
    },
  )
  return new RegExp(`^${source}$`, 's')
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })
  } catch {
    return []
  }
}
