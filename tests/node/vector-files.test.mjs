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
const files = vectorFiles('recall')
const vectors = files.flatMap(({ vectors }) => vectors)
const providers = ['realtimekit', 'recall'].map((provider) => ({ provider, files: vectorFiles(provider) }))
const { schemas } = readJson('wasm/specs/recall.json').components

/** @type {any[]} */
const bodies = vectors.flatMap((vector) => {
  const subject = subjectAsValue(vector)
  const body = vector.subject === 'body' ? subject : subject?.body
  return body !== null && typeof body === 'object' ? [body] : []
})

/**
 * The texts that are in one list and not in the other.
 * @param {Iterable<string>} all
 * @param {Iterable<string>} covered
 */
function missing(all, covered) {
  const there = new Set(covered)
  return [...all].filter((each) => !there.has(each))
}

describe('vector files', () => {
  for (const { provider, files } of providers) {
    for (const { file, ...contents } of files) {
      it(`${provider}/${basename(file)} is valid by its schema`, () => {
        validate(contents)
        assert.deepEqual(validate.errors ?? [], [])
      })
    }

    it(`of ${provider} have no name twice`, () => {
      const names = files.flatMap(({ vectors }) => vectors).map(({ name }) => name)
      assert.deepEqual(names.filter((name, index) => names.indexOf(name) !== index), [])
    })
  }
})

describe('the vectors', () => {
  const issues = vectors.flatMap(({ expect }) => expect.issues ?? expect.request?.issues ?? [])
  /** @type {string[]} */
  const rules = schemas.StartRecordingBody['x-rules'].map(({ id }) => id)

  it('break every rule', () => assert.deepEqual(missing(rules, issues.map(({ rule }) => rule ?? '')), []))

  it('come close to every rule without breaking it', () => {
    assert.deepEqual(missing(rules, vectors.flatMap(({ nearMissOf = [] }) => nearMissOf)), [])
  })

  it('have every field of the body', () => {
    assert.deepEqual(missing(Object.keys(schemas.StartRecordingBody.properties), bodies.flatMap(Object.keys)), [])
  })

  it('have every default in a body that is sent', () => {
    const sent = vectors.flatMap(({ expect }) => (expect.request === undefined ? [] : [JSON.parse(String(expect.request.body))]))
    for (const [name, field] of Object.entries(schemas.StartRecordingBody.properties)) {
      if (!('default' in field)) continue
      assert.ok(sent.some((body) => JSON.stringify(body[name]) === JSON.stringify(field.default)), name)
    }
  })

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
