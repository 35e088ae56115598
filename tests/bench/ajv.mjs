// ajv, set up for speed as its users would.
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'

/** What ajv-formats calls its fast forms. */
const formats = {
  uri: /^(?:[a-z][a-z0-9+\-.]*:)(?:\/?\/)?[^\s]*$/i,
  uuid: /^(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
}
const options = { useDefaults: true, discriminator: true, strict: false, formats }

/** @typedef {((value: any) => boolean) & { errors?: unknown }} Validate fills defaults into the value itself */

/**
 * @param {any} schema
 * @returns {Validate}
 */
export function compile(schema) {
  return new Ajv2020(options).compile(schema)
}

/**
 * Compiled ahead of time, as a module of its own.
 * @param {any} schema
 * @returns {Promise<{ validate: Validate, file: string }>}
 */
export async function compileStandalone(schema) {
  const { default: standaloneCode } = await import('ajv/dist/standalone/index.js')
  const ajv = new Ajv2020({ ...options, code: { source: true, optimize: true } })
  const folder = new URL('../../build/bench/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  const file = fileURLToPath(new URL('ajv-standalone.cjs', folder))
  writeFileSync(file, standaloneCode.default(ajv, ajv.compile(schema)))
  return { validate: createRequire(import.meta.url)(file), file }
}

/**
 * The cheapest copy that there is, code that names each member of this one value: ajv writes defaults into its input, where
 * a caller does not want them.
 * @param {unknown} shape
 * @returns {(value: any) => any}
 */
export function copierOf(shape) {
  /**
   * @param {unknown} value
   * @param {string} at
   * @returns {string}
   */
  const copy = (value, at) => {
    if (value === null || typeof value !== 'object') return at
    if (Array.isArray(value)) return `[${value.map((item, index) => copy(item, `${at}[${index}]`)).join()}]`
    const members = Object.entries(value).map(([key, item]) => {
      const name = JSON.stringify(key)
      return `${name}:${copy(item, `${at}[${name}]`)}`
    })
    return `{${members.join()}}`
  }
  return /** @type {(value: any) => any} */ (new Function('value', `return ${copy(shape, 'value')}`))
}
