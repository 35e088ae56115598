// The cases of all runtimes: every vector, a corpus of bodies made from the operations' schemas, the same for the same seed, and what
// else an operation can be given. The native program reads all as vector files.
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { bodiesOf } from '../generated/schema-bodies.mjs'
import { bodyOf, isAlone, matchArguments, matchFiles, vectorFiles } from '../vectors/vectors.mjs'

/**
 * @typedef {import('./program.mjs').Case} Case
 * @typedef {import('../vectors/vectors.mjs').Vector} Vector
 * @typedef {import('../vectors/vectors.mjs').MatchFile} MatchFile
 * @typedef {{ provider: string, topic: string, vectors: Vector[] }} VectorFile
 */

const seed = 1
const bodiesPerSchema = 240
const slips = [0, 4]

const folder = new URL('../../dist/schemas/', import.meta.url)
const providers = ['realtimekit', 'recall', 'videosdk']
const given = providers.flatMap((provider) => vectorFiles(provider))

/** What the corpus is made from: the schemas that the package has. @param {readonly string[]} names */
export function corpusFiles(names) {
  return names.filter((name) => providers.includes(name.split('.')[0])).map((name) => corpusFile(name))
}

/**
 * Bodies in all three forms: an object, text, and bytes.
 * @param {string} name `recall.startRecording.json`
 * @returns {VectorFile}
 */
function corpusFile(name) {
  const [provider, subject] = name.split('.')
  const schema = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
  for (const { properties } of [schema, ...(schema.anyOf ?? [])]) delete properties?.$schema
  const around = inputOf(provider, subject)
  const bodies = slips.flatMap((each) => fc.sample(bodiesOf(schema, each), { seed, numRuns: bodiesPerSchema / slips.length }))
  // A string would be read as JSON text, and a key that looks like a position moves to the front.
  const kept = bodies.filter((body) => typeof body === 'object' && !/"\d+":/.test(JSON.stringify(body)))
  const vectors = kept.map((body, index) => ({ name: `${name} ${index}`, ...around, ...formOf(body, index, around), expect: {} }))
  return { provider, topic: 'corpus', vectors }
}

/**
 * Inputs of each operation that vectors call: one that makes a request, the same with a member that nobody knows, and none.
 * @returns {VectorFile[]}
 */
export function inputFiles() {
  return providers.map((provider) => {
    const all = given.filter((file) => file.provider === provider).flatMap(({ vectors }) => vectors)
    const operations = new Set(all.flatMap(({ operation }) => operation ?? []))
    const vectors = [...operations].flatMap((operation) => {
      const { input } = inputOf(provider, operation)
      return [input, { ...input, unlisted: true }, {}].map((each, index) => ({
        name: `${provider}.${operation}, input ${index}`,
        operation,
        input: each,
        expect: {},
      }))
    })
    return { provider, topic: 'inputs', vectors }
  })
}

/**
 * What stands around a body: the input of the first vector that makes a request of the operation.
 * @param {string} provider
 * @param {string} subject
 * @returns {Partial<Vector>}
 */
function inputOf(provider, subject) {
  const all = given.filter((file) => file.provider === provider).flatMap(({ vectors }) => vectors)
  const good = all.find((vector) => vector.operation === subject && vector.expect.request !== undefined)
  if (good === undefined) return { schema: subject }
  const input = { ...good.input }
  delete input.body
  return { operation: subject, input }
}

/**
 * @param {unknown} body
 * @param {number} index
 * @param {Partial<Vector>} around
 */
function formOf(body, index, { schema, input }) {
  const text = JSON.stringify(body, undefined, index % 5)
  if (index % 3 === 0) return schema === undefined ? { input: { ...input, body } } : { input: body }
  return index % 3 === 1 ? { bodyText: text } : { bodyBytes: Buffer.from(text).toString('hex') }
}

/**
 * @param {readonly VectorFile[]} files
 * @param {readonly MatchFile[]} matches
 * @returns {Case[]}
 */
export function casesOf(files, matches) {
  return [...files.flatMap(({ provider, vectors }) => vectors.map((vector) => caseOf(provider, vector))), ...matches.flatMap(matchCases)]
}

/** The files of all vectors. */
export function allVectorFiles() {
  return given
}

/** Those about matching a bot. */
export function allMatchFiles() {
  return providers.flatMap((provider) => matchFiles(provider))
}

/**
 * @param {MatchFile} file
 * @returns {Case[]}
 */
function matchCases({ provider, operation, vectors }) {
  return vectors.map((vector) => {
    const { method, given, overrides } = matchArguments(vector)
    return { provider, subject: operation, match: method, input: given, overrides, options: vector.options }
  })
}

/**
 * @param {string} provider
 * @param {Vector} vector
 * @returns {Case}
 */
function caseOf(provider, vector) {
  const { operation, schema, subject, input, bodyBytes, options } = vector
  const body = bodyOf(vector)
  return {
    provider,
    subject: operation ?? schema ?? '',
    alone: isAlone(vector),
    body: subject === 'body' && schema === undefined,
    input,
    ...(typeof body === 'string' && { text: body }),
    ...(bodyBytes !== undefined && { bytes: bodyBytes }),
    options,
  }
}
