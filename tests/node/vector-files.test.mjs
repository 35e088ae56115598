// The vector files themselves: they have the form that their schema says, and nothing that the provider's document says of a
// request is without a vector.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { Place, inventoryOf, walk } from '../vectors/coverage.mjs'
import { isAlone, subjectAsValue, vectorFiles } from '../vectors/vectors.mjs'

/** @param {string} path from the repository's root */
const readJson = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))

const validate = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true }).compile(
  readJson('tests/vectors/vector.schema.json'),
)
const files = vectorFiles('recall')
const vectors = files.flatMap(({ vectors }) => vectors)
const document = readJson('wasm/specs/recall.json')
const rules = [...schemasWithRules(document)].flatMap((schema) => schema['x-rules'].map(({ id }) => id))
const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
const startRecording = operations.find(({ operationId }) => operationId === 'startRecording')
const body = new Place(document, startRecording.requestBody.content['application/json'].schema)
const inventory = inventoryOf(body)

/** Bodies as they were written and as they came out, of the vectors that are not refused. */
const accepted = vectors.flatMap((vector) => {
  const subject = subjectAsValue(vector)
  const came = vector.expect.request?.body ?? vector.expect.value
  if (came === undefined) return []
  return [{ vector, written: isAlone(vector) ? subject : subject?.body, came: JSON.parse(came) }]
})

/**
 * Everything in the document that rules stand on.
 * @param {any} value
 * @returns {Generator<any>}
 */
function* schemasWithRules(value) {
  if (value === null || typeof value !== 'object') return
  if (value['x-rules'] !== undefined) yield value
  for (const member of Object.values(value)) yield* schemasWithRules(member)
}

/**
 * What a reference leads to.
 * @param {any} value
 */
function resolved({ $ref, ...itself }) {
  return $ref === undefined ? itself : $ref.slice(2).split('/').reduce((part, name) => part[name], document)
}

/**
 * Fails with what is in one list and not in the other.
 * @param {Iterable<string>} all
 * @param {Iterable<string>} covered
 */
function expectAll(all, covered) {
  const there = new Set(covered)
  const missing = [...all].filter((each) => !there.has(each))
  assert.ok(missing.length === 0, `${missing.length} without a vector:\n${missing.join('\n')}`)
}

describe('vector files', () => {
  for (const { file, ...contents } of files) {
    it(`${basename(file)} is valid by its schema`, () => {
      validate(contents)
      assert.deepEqual(validate.errors ?? [], [])
    })
  }

  it('have no name twice', () => {
    const names = vectors.map(({ name }) => name)
    assert.deepEqual(names.filter((name, index) => names.indexOf(name) !== index), [])
  })
})

describe('the vectors', () => {
  const issues = vectors.flatMap(({ expect }) => expect.issues ?? expect.request?.issues ?? [])

  it('break every rule', () => expectAll(rules, issues.map(({ rule }) => rule ?? '')))

  it('come close to every rule without breaking it', (t) => {
    expectAll(rules, vectors.flatMap(({ nearMissOf = [] }) => nearMissOf))
    t.diagnostic(`${rules.length} rules are broken and nearly broken by vectors`)
  })

  for (const { operationId, parameters } of operations) {
    it(`have every parameter of ${operationId}, and every value of those that are lists`, () => {
      const sent = vectors.filter(({ operation, expect }) => operation === operationId && expect.request !== undefined)
      const inputs = sent.map(({ input }) => input)
      const variables = Object.entries(document.servers[0].variables).map(([name, { enum: values }]) => ({ name, values }))
      const listed = parameters.map((parameter) => {
        const { name, in: where, schema } = resolved(parameter)
        const called = where === 'header' ? name.toLowerCase().replace(/-(.)/g, (_, letter) => letter.toUpperCase()) : name
        return { name: called, values: schema.enum ?? [] }
      })
      for (const { name, values } of [...variables, ...listed]) {
        expectAll([name], inputs.flatMap(Object.keys))
        expectAll(values, inputs.map((input) => input[name]))
      }
    })
  }

  it('have every field in a body that is sent', (t) => {
    /** @type {string[]} */
    const seen = []
    for (const { written } of accepted) walk(body, written, ({ path }) => seen.push(path))
    expectAll(inventory.fields, seen)
    t.diagnostic(`${inventory.fields.size} fields are sent by vectors`)
  })

  it('have every value of every enum in a body that is sent', (t) => {
    /** @type {string[]} */
    const seen = []
    for (const { written } of accepted) {
      walk(body, written, ({ schema }, value) => {
        if (schema.enum !== undefined) seen.push(`${inventory.enums.get(schema)} ${value}`)
      })
    }
    const all = [...inventory.enums].flatMap(([schema, path]) => schema.enum.map((value) => `${path} ${value}`))
    expectAll(all, seen)
    t.diagnostic(`${all.length} values of ${inventory.enums.size} enums are sent by vectors`)
  })

  it('have every default filled in where nothing was written', (t) => {
    for (const [mode, defaults] of /** @type {const} */ ([['explicit', inventory.defaults], ['known', inventory.knownDefaults]])) {
      /** @type {string[]} */
      const filled = []
      for (const { vector, written, came } of accepted) {
        if ((vector.options?.defaults ?? 'explicit') !== mode) continue
        /** @type {Set<string>} */
        const there = new Set()
        walk(body, written, (_, __, pointer) => there.add(pointer))
        walk(body, came, ({ path }, value, pointer) => {
          if (!there.has(pointer) && isDeepStrictEqual(value, defaults.get(path))) filled.push(path)
        })
      }
      expectAll(defaults.keys(), filled)
    }
    t.diagnostic(`${inventory.defaults.size} defaults and ${inventory.knownDefaults.size} known defaults are filled in by vectors`)
  })

  it('use every option with every value', () => {
    const used = vectors.flatMap(({ options = {} }) => [
      `defaults ${options.defaults}`,
      `unknown ${options.unknown}`,
      ...Object.values(options.rules ?? {}).map((setting) => `rules ${setting}`),
      ...Object.keys(options.limits ?? {}).map((limit) => `limits ${limit}`),
      ...Object.keys(options).map((option) => `${option} at all`),
    ])
    const all = Object.entries({
      defaults: ['explicit', 'known', 'omit'],
      unknown: ['error', 'warn', 'allow'],
      rules: ['error', 'warning', 'info', 'off'],
      limits: ['bytes', 'depth', 'values', 'issues'],
      messages: ['at all'],
      extraBody: ['at all'],
      provenance: ['at all'],
    }).flatMap(([option, values]) => values.map((value) => `${option} ${value}`))
    expectAll(all, used)
  })
})
