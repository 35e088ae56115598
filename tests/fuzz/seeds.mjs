// Where fuzzing begins: texts of the vectors, small documents cut out of the providers' own, and the words that stand in
// them.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { capture, root } from '../../wasm/quietly.mjs'
import { filesBelow } from '../../wasm/stamp.mjs'
import { bodyOf, vectorFiles } from '../vectors/vectors.mjs'

export const seedFolder = 'build/fuzz/seeds'
export const dictionary = 'build/fuzz/words.dict'

/** Longer ones find nothing that shorter ones do not; they would only slow everything down. */
const longest = 16384

/** What `take_options` of fuzz_target.hpp takes: the first of each choice. */
const options = Buffer.alloc(3)

/** Writes the seeds of all targets, each into a folder of its own, and the dictionary. */
export async function writeSeeds() {
  rmSync(join(root, seedFolder), { recursive: true, force: true })
  const documents = filesBelow('wasm/specs', /\.json$/).map((file) => ({
    provider: basename(file, '.json'),
    document: JSON.parse(readFileSync(join(root, file), 'utf8')),
  }))
  const vectors = documents.flatMap(({ provider }) => vectorFiles(provider).flatMap((file) => file.vectors))
  const calls = vectors.map(callOf).filter(({ body }) => body.length <= longest)
  const everyKeyword = JSON.parse(readFileSync(join(root, 'tests/fuzz/every-keyword.json'), 'utf8'))
  const small = [{ provider: 'example', document: everyKeyword }, ...documents.flatMap(smallDocuments)]
    // Rules begin with the provider's name, and here every document is called example.json.
    .map(({ provider, document }) => Buffer.from(JSON.stringify(document).replaceAll(`"${provider}/`, '"example/')))
    .filter((document) => document.length <= longest)
  write('reading', calls.map(({ body }) => body))
  const bodies = calls.map(({ body }) => Buffer.concat([body, options]))
  write('checking', bodies)
  write('fixing', bodies)
  write('building', calls.map(({ lines, body }) => Buffer.concat([Buffer.from(lines), body, options])))
  write('compiling', small)
  write('images', await imagesOf(small))
  writeFileSync(join(root, dictionary), documents.flatMap(({ document }) => wordsOf(document)).join('\n'))
}

/** @param {import('../vectors/vectors.mjs').Vector} vector */
function callOf(vector) {
  const alone = vector.subject === 'body'
  const { region = '', id = '', idempotencyKey = '' } = (!alone && vector.input) || {}
  const value = alone ? vector.input : vector.input?.body
  const body = bodyOf(vector) ?? (value === undefined ? '' : JSON.stringify(value))
  return { lines: [region, id, idempotencyKey, ''].join('\n'), body: Buffer.from(body) }
}

/**
 * One document for each named schema, with that schema as the operation's body and nothing that it does not refer to.
 * @param {{ provider: string, document: any }} of
 */
function smallDocuments({ provider, document }) {
  const { openapi, info, servers, security } = document
  const { schemas, securitySchemes } = document.components
  return Object.keys(schemas).map((name) => {
    /** @type {Record<string, unknown>} */
    const wanted = {}
    const take = (/** @type {string} */ each) => {
      if (wanted[each] !== undefined) return
      wanted[each] = schemas[each]
      const references = JSON.stringify(schemas[each]).matchAll(/"#\/components\/schemas\/(\w+)"/g)
      for (const [, reference] of references) take(reference)
    }
    take(name)
    const schema = { $ref: `#/components/schemas/${name}` }
    const operation = { operationId: 'start', requestBody: { content: { 'application/json': { schema } } } }
    const used = JSON.stringify([wanted, servers, securitySchemes])
    const sources = Object.entries(document['x-source']).filter(([id]) => used.includes(`"${id}"`))
    const small = {
      ...{ openapi, info: { title: info.title, version: info.version }, servers, security },
      paths: { '/start/': { post: operation } },
      components: { securitySchemes, schemas: wanted },
      'x-source': Object.fromEntries(sources),
    }
    return { provider, document: small }
  })
}

/**
 * What the compiler makes of documents. Not everything that has a name can be a body, so that some are refused.
 * @param {readonly Buffer[]} documents
 */
async function imagesOf(documents) {
  const folder = 'build/fuzz/compiled'
  const file = `${folder}/example.json`
  mkdirSync(join(root, folder), { recursive: true })
  const images = []
  for (const document of documents) {
    writeFileSync(join(root, file), document)
    const { status } = await capture('build/sanitize/recreq-compile', [file, folder])
    if (status === 0) images.push(readFileSync(join(root, folder, 'example.image')))
  }
  if (images.length < documents.length / 2) throw new Error(`Only ${images.length} of ${documents.length} documents compile.`)
  return images
}

/**
 * Keys and short strings, as JSON and in libFuzzer's form.
 * @param {unknown} value
 * @returns {string[]}
 */
function wordsOf(value) {
  /** @type {Set<string>} */
  const words = new Set()
  const walk = (/** @type {unknown} */ each) => {
    if (typeof each === 'string' && each.length <= 30) words.add(each)
    if (typeof each !== 'object' || each === null) return
    if (!Array.isArray(each)) for (const key of Object.keys(each)) words.add(key)
    Object.values(each).forEach(walk)
  }
  walk(value)
  const plain = [...words].filter((word) => /^[ -~]+$/.test(word))
  return plain.map((word) => JSON.stringify(JSON.stringify(word)))
}

/**
 * @param {string} target
 * @param {readonly Buffer[]} seeds
 */
function write(target, seeds) {
  const folder = join(root, seedFolder, target)
  mkdirSync(folder, { recursive: true })
  for (const bytes of seeds) writeFileSync(join(folder, createHash('sha1').update(bytes).digest('hex')), bytes)
}
