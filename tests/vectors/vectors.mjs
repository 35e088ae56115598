// The vector files, and the calls that they stand for.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
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
 * What a start is made of to match a bot, and what has to come out.
 * @typedef {object} MatchVector
 * @property {string} name
 * @property {any} [bot]
 * @property {string} [botText]
 * @property {any} [config]
 * @property {string} [configText]
 * @property {any} [overrides]
 * @property {string} [overridesText]
 * @property {Options} [options]
 * @property {string[]} [nearMissOf]
 * @property {{ ok: boolean, body?: string, origins?: Record<string, string>, wouldHaveChanged?: object[], issues?: Partial<Issue>[], truncated?: true }} expect
 *
 * @typedef {object} MatchFile
 * @property {string} file
 * @property {string} provider
 * @property {string} operation
 * @property {string} topic
 * @property {MatchVector[]} vectors
 */

/**
 * All files of a provider about matching a bot, in the order of their names; none when it has no such operation.
 * @param {string} provider
 * @returns {MatchFile[]}
 */
export function matchFiles(provider) {
  const folder = new URL(`./${provider}/matching/`, import.meta.url)
  if (!existsSync(folder)) return []
  return readdirSync(folder).sort().map((name) => {
    const url = new URL(name, folder)
    return { file: fileURLToPath(url), ...JSON.parse(readFileSync(url, 'utf8')) }
  })
}

/**
 * What a match is called with: values, or texts.
 * @param {MatchVector} vector
 */
export function matchArguments({ bot, botText, config, configText, overrides, overridesText }) {
  const ofConfig = bot === undefined && botText === undefined
  return {
    method: ofConfig ? 'matchConfig' : 'matchBot',
    given: ofConfig ? (config === undefined ? configText : config) : bot === undefined ? botText : bot,
    overrides: overrides === undefined ? overridesText : overrides,
  }
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
