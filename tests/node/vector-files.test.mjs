// The vector files themselves: they have the form that their schema says, and nothing of the provider's document is
// without a vector.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { subjectAsValue, vectorFiles } from '../vectors/vectors.mjs'

/** @param {string} path from the repository's root */
const readJson = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))

const validate = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true }).compile(
  readJson('tests/vectors/vector.schema.json'),
)
/**
 * What the vectors of a provider are, and what its document has.
 * @param {string} provider
 */
function coverageOf(provider) {
  const document = readJson(`wasm/specs/${provider}.json`)
  const vectors = vectorFiles(provider).flatMap((file) => file.vectors)
  /** @type {Record<string, any>} */
  const { schemas } = document.components
  /** @type {any[]} */
  const operations = Object.values(document.paths).flatMap((path) => Object.values(/** @type {object} */ (path)))
  return { vectors, schemas, operations, components: document.components }
}

/**
 * The bodies of vectors, as far as they are objects.
 * @param {readonly import('../vectors/vectors.mjs').Vector[]} vectors
 * @returns {any[]}
 */
function bodiesOf(vectors) {
  return vectors.flatMap((vector) => {
    const subject = subjectAsValue(vector)
    const body = vector.subject === 'body' ? subject : subject?.body
    return body !== null && typeof body === 'object' ? [body] : []
  })
}

/**
 * The members and listed values of a schema, by their places: `/config/quality`, `/config/quality=high`.
 * @param {Record<string, any>} schemas
 * @param {any} schema
 * @returns {Generator<string>}
 */
function* listedIn(schemas, schema, place = '') {
  const { properties = {}, enum: values = [] } = '$ref' in schema ? schemas[schema.$ref.split('/').at(-1)] : schema
  for (const value of values) yield `${place}=${value}`
  for (const [name, member] of Object.entries(properties)) {
    yield `${place}/${name}`
    yield* listedIn(schemas, member, `${place}/${name}`)
  }
}

/**
 * The members and values of a body, in the same form.
 * @param {any} value
 * @returns {Generator<string>}
 */
function* usedIn(value, place = '') {
  if (value === null || typeof value !== 'object') return yield `${place}=${value}`
  for (const [name, member] of Object.entries(value)) {
    yield `${place}/${name}`
    yield* usedIn(member, `${place}/${name}`)
  }
}

/**
 * The texts that are in one list and not in the other.
 * @param {Iterable<string>} all
 * @param {Iterable<string>} covered
 */
function missing(all, covered) {
  const there = new Set(covered)
  return [...all].filter((each) => !there.has(each))
}

for (const provider of ['realtimekit', 'recall', 'videosdk']) {
  describe(`vector files of ${provider}`, () => {
    const files = vectorFiles(provider)
    for (const { file, ...contents } of files) {
      it(`${basename(file)} is valid by its schema`, () => {
        validate(contents)
        assert.deepEqual(validate.errors ?? [], [])
      })
    }

    it('have no name twice', () => {
      const names = files.flatMap(({ vectors }) => vectors).map(({ name }) => name)
      assert.deepEqual(names.filter((name, index) => names.indexOf(name) !== index), [])
    })
  })
}

for (const provider of ['recall', 'videosdk']) {
  const { vectors, schemas, operations, components } = coverageOf(provider)

  describe(`the vectors of ${provider}`, () => {
    const issues = vectors.flatMap(({ expect }) => expect.issues ?? expect.request?.issues ?? [])
    const rules = Object.values(schemas)
      .flatMap((schema) => schema['x-rules'] ?? [])
      .concat(Object.values(components['x-rules'] ?? {}))
      .flatMap(({ id }) => id ?? [])

    it('break every rule', () => assert.deepEqual(missing(rules, issues.map(({ rule }) => rule ?? '')), []))

    it('come close to every rule without breaking it', () => {
      assert.deepEqual(missing(rules, vectors.flatMap(({ nearMissOf = [] }) => nearMissOf)), [])
    })

    for (const { operationId, parameters = [], requestBody } of operations) {
      const own = vectors.filter(({ operation }) => operation === operationId)

      it(`have every parameter of ${operationId}`, () => {
        assert.ok(own.length > 0)
        const names = parameters.filter((parameter) => parameter.in !== 'header').map(({ name }) => name)
        assert.deepEqual(missing(names, own.flatMap(({ input }) => Object.keys(input ?? {}))), [])
      })

      if (requestBody === undefined) continue
      const { properties } = schemas[requestBody.content['application/json'].schema.$ref.split('/').at(-1)]

      it(`have every field of ${operationId}`, () => {
        assert.deepEqual(missing(Object.keys(properties), bodiesOf(own).flatMap(Object.keys)), [])
      })

      it(`have every default of ${operationId} in a body that is sent`, () => {
        const sent = own.flatMap(({ expect }) => (expect.request?.body === undefined ? [] : [JSON.parse(expect.request.body)]))
        for (const [name, field] of Object.entries(properties)) {
          if (!('default' in field)) continue
          assert.ok(sent.some((body) => JSON.stringify(body[name]) === JSON.stringify(field.default)), name)
        }
      })
    }
  })
}

describe('the vectors of videosdk', () => {
  const { vectors, schemas, operations } = coverageOf('videosdk')

  for (const { operationId, requestBody } of operations) {
    if (requestBody === undefined) continue
    it(`have every member and every listed value of ${operationId}, at any depth`, () => {
      const used = bodiesOf(vectors.filter(({ operation }) => operation === operationId)).flatMap((body) => [...usedIn(body)])
      assert.deepEqual(missing(listedIn(schemas, requestBody.content['application/json'].schema), used), [])
    })
  }
})

describe('the vectors of recall', () => {
  const { vectors, schemas } = coverageOf('recall')
  const bodies = bodiesOf(vectors)

  const providers = bodies.flatMap(({ transcript }) => Object.entries(transcript?.provider ?? {}))
  for (const [name, provider] of Object.entries(schemas.TranscriptProvider.properties)) {
    it(`have every option of ${name}`, () => {
      assert.ok(providers.some(([key]) => key === name))
      const used = providers.flatMap(([key, options]) => (key === name ? Object.keys(options ?? {}) : []))
      const options = Object.keys(schemas[provider.$ref.split('/').at(-1)].properties ?? {})
      assert.deepEqual(missing(options, used), [])
    })
  }

  it('have every event of every type of endpoint', () => {
    const endpoints = bodies.flatMap(({ realtime_endpoints: list }) => (Array.isArray(list) ? list : []))
    for (const { $ref } of schemas.RealtimeEndpoint.oneOf) {
      const { type, events } = schemas[$ref.split('/').at(-1)].properties
      const used = endpoints.flatMap((endpoint) => (endpoint?.type === type.const ? endpoint.events : []))
      const listed = events.items.enum ?? schemas[events.items.$ref.split('/').at(-1)].enum
      assert.deepEqual(missing(listed, used), [], type.const)
    }
  })

  it('use every option with every value', () => {
    const used = vectors.flatMap(({ options = {} }) => [
      `defaults ${options.defaults}`,
      `unknown ${options.unknown}`,
      ...Object.values(options.rules ?? {}).map((setting) => `rules ${setting}`),
      ...Object.keys(options.limits ?? {}).map((limit) => `limits ${limit}`),
    ])
    const all = Object.entries({
      defaults: ['explicit', 'known', 'omit'],
      unknown: ['error', 'warn', 'allow'],
      rules: ['error', 'warning', 'info', 'off'],
      limits: ['bytes', 'depth', 'values', 'issues'],
    }).flatMap(([option, values]) => values.map((value) => `${option} ${value}`))
    assert.deepEqual(missing(all, used), [])
  })
})
