// The vector files, and the calls that they stand for.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * @typedef {import('recreq').Issue} Issue
 * @typedef {import('recreq').Options} Options
 *
 * @typedef {object} VectorRequest
 * @property {string} method
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {string} [body]
 * @property {Partial<Issue>[]} [issues]
 *
 * @typedef {object} Vector
 * @property {string} name
 * @property {string} [operation]
 * @property {string} [schema]
 * @property {'input' | 'body'} [subject]
 * @property {any} [input]
 * @property {string | (string | { repeat: string, times: number })[]} [bodyText]
 * @property {string} [bodyBytes]
 * @property {Options} [options]
 * @property {string[]} [nearMissOf]
 * @property {{ request?: VectorRequest, value?: string, issues?: Partial<Issue>[], truncated?: true, provenance?: Record<string, string> }} expect
 *
 * @typedef {object} VectorFile
 * @property {string} file
 * @property {string} provider
 * @property {string} topic
 * @property {Vector[]} vectors
 */

/**
 * All vector files of a provider, in the order of their names.
 * @param {string} provider
 * @returns {VectorFile[]}
 */
export function vectorFiles(provider) {
  const folder = new URL(`./${provider}/`, import.meta.url)
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.sort().map((name) => {
    const url = new URL(name, folder)
    return { file: fileURLToPath(url), ...JSON.parse(readFileSync(url, 'utf8')) }
  })
}

/**
 * Whether a value is checked without a request around it: a body, or a schema that stands for itself.
 * @param {Vector} vector
 */
export function isAlone({ schema, subject }) {
  return schema !== undefined || subject === 'body'
}

/**
 * The body as text or bytes; undefined when the vector has it as a value.
 * @param {Vector} vector
 */
export function bodyOf({ bodyText, bodyBytes }) {
  if (bodyBytes !== undefined) return new Uint8Array(Buffer.from(bodyBytes, 'hex'))
  if (bodyText === undefined || typeof bodyText === 'string') return bodyText
  return bodyText.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join('')
}

/**
 * What the call is made with: the operation's input, or the value that is alone.
 * @param {Vector} vector
 */
export function subjectOf(vector) {
  const body = bodyOf(vector)
  if (body === undefined) return vector.input
  return isAlone(vector) ? body : { ...vector.input, body }
}

/**
 * The same with a body that is a value; undefined when the body is not JSON.
 * @param {Vector} vector
 */
export function subjectAsValue(vector) {
  const body = bodyOf(vector)
  if (body === undefined) return vector.input
  try {
    const value = JSON.parse(typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body))
    return isAlone(vector) ? value : { ...vector.input, body: value }
  } catch {
    return undefined
  }
}
