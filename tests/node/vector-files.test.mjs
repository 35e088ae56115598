// The vector files themselves: they have the form that their schema says, and nothing that a provider's document says of a
// request is without a vector.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { inventoryOf, operationsOf, rulesOf, schemasOf, walk } from '../vectors/coverage.mjs'
import { isAlone, matchFiles, subjectAsValue, vectorFiles } from '../vectors/vectors.mjs'

/** @param {string} path from the repository's root */
const readJson = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))

const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true })
const vectorSchema = readJson('tests/vectors/vector.schema.json')
ajv.addSchema(vectorSchema, 'vector.schema.json')
const validate = ajv.compile(vectorSchema)
const validateMatches = ajv.compile(readJson('tests/vectors/match.schema.json'))
const documents = readdirSync(new URL('../../wasm/specs/', import.meta.url)).filter((name) => name.endsWith('.json'))
const providers = documents.map((name) => basename(name, '.json')).map((provider) => {
  const files = vectorFiles(provider)
  const matches = matchFiles(provider)
  return {
    provider,
    files,
    matches,
    vectors: files.flatMap(({ vectors }) => vectors),
    matchVectors: matches.flatMap(({ vectors }) => vectors),
    document: readJson(`wasm/specs/${provider}.json`),
  }
})

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

/**
 * The values of enums that a value has, and those that there are.
 * @param {import('../vectors/coverage.mjs').Place} place
 */
function enumsOf(place) {
  const { enums } = inventoryOf(place)
  /** @type {string[]} */
  const seen = []
  return {
    all: [...enums].flatMap(([schema, path]) => schema.enum.map((value) => `${path} ${value}`)),
    seen,
    /** @param {unknown} value */
    look(value) {
      const see = ({ schema }, value) => {
        if (schema.enum !== undefined) seen.push(`${enums.get(schema)} ${value}`)
      }
      walk(place, value, see)
    },
  }
}

/**
 * Bodies as they were written and as they came out, of the vectors that are not refused.
 * @param {import('../vectors/vectors.mjs').Vector[]} vectors
 */
function acceptedOf(vectors) {
  return vectors.flatMap((vector) => {
    if (vector.expect.request === undefined && vector.expect.value === undefined) return []
    const subject = subjectAsValue(vector)
    const came = vector.expect.request?.body ?? vector.expect.value
    return [{
      vector,
      written: isAlone(vector) ? subject : subject?.body,
      came: came === undefined ? undefined : JSON.parse(came),
    }]
  })
}

/**
 * Tests that nothing of a body, or of a schema that stands for itself, is without a vector.
 * @param {string} name
 * @param {import('../vectors/coverage.mjs').Place} body
 * @param {ReturnType<typeof acceptedOf>} accepted
 * @param {Set<string>} [elsewhere] fields that a body has in the same place and in the same form: its vectors have them
 */
function expectValues(name, body, accepted, elsewhere = new Set()) {
  const inventory = inventoryOf(body)
  /** @param {Iterable<string>} paths perhaps with a value behind them */
  const own = (paths) => [...paths].filter((path) => !elsewhere.has(path.replace(/(\/\*)?( .*)?$/, '')))

  it(`of ${name} have every field in a body that is sent`, (t) => {
    /** @type {string[]} */
    const seen = []
    for (const { written } of accepted) walk(body, written, ({ path }) => seen.push(path))
    assert.ok(accepted.length > 0)
    const fields = own(inventory.fields)
    expectAll(fields, seen)
    t.diagnostic(`${fields.length} fields are sent by vectors`)
  })

  it(`of ${name} have every value of every enum in a body that is sent`, (t) => {
    const enums = enumsOf(body)
    for (const { written } of accepted) enums.look(written)
    const all = own(enums.all)
    expectAll(all, enums.seen)
    t.diagnostic(`${all.length} values of enums are sent by vectors`)
  })

  it(`of ${name} have every default filled in where nothing was written`, (t) => {
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
      expectAll(own(defaults.keys()), filled)
    }
    const counts = [inventory.defaults, inventory.knownDefaults].map((defaults) => own(defaults.keys()).length)
    t.diagnostic(`${counts[0]} defaults and ${counts[1]} known defaults are filled in by vectors`)
  })
}

for (const { provider, files, matches, vectors, matchVectors, document } of providers) {
  describe(`vector files of ${provider}`, () => {
    for (const { file, ...contents } of files) {
      it(`${basename(file)} is valid by its schema`, () => {
        validate(contents)
        assert.deepEqual(validate.errors ?? [], [])
      })
    }
    for (const { file, ...contents } of matches) {
      it(`matching/${basename(file)} is valid by its schema`, () => {
        validateMatches(contents)
        assert.deepEqual(validateMatches.errors ?? [], [])
      })
    }

    it('have no name twice', () => {
      const names = [...vectors, ...matchVectors].map(({ name }) => name)
      assert.deepEqual(names.filter((name, index) => names.indexOf(name) !== index), [])
    })
  })

  describe(`the vectors of ${provider}`, () => {
    const rules = rulesOf(document)
    const issues = [
      ...vectors.flatMap(({ expect }) => expect.issues ?? expect.request?.issues ?? []),
      ...matchVectors.flatMap(({ expect }) => expect.issues ?? []),
    ]

    it('break every rule', () => expectAll(rules, issues.map(({ rule }) => rule ?? '')))

    it('come close to every rule without breaking it', (t) => {
      expectAll(rules, [...vectors, ...matchVectors].flatMap(({ nearMissOf = [] }) => nearMissOf))
      t.diagnostic(`${rules.length} rules are broken and nearly broken by vectors`)
    })

    for (const { name, parameters, servers, requestBody } of operationsOf(document)) {
      const accepted = acceptedOf(vectors.filter(({ operation }) => operation === name))

      it(`of ${name} have every parameter, and every value of those that are lists`, () => {
        const inputs = accepted.flatMap(({ vector }) => (isAlone(vector) ? [] : [vector.input]))
        assert.ok(inputs.length > 0)
        expectAll(parameters.map(({ name }) => name), inputs.flatMap(Object.keys))
        for (const { name, place } of [...parameters, ...servers]) {
          const enums = enumsOf(place)
          for (const input of inputs) if (input[name] !== undefined) enums.look(input[name])
          expectAll(enums.all, enums.seen)
        }
      })

      if (requestBody !== undefined) expectValues(name, requestBody, accepted)
    }

    const bodies = operationsOf(document).flatMap(({ requestBody }) => requestBody ?? [])
    const inBodies = new Set(bodies.flatMap((body) => [...inventoryOf(body).fields]))
    for (const { name, place } of schemasOf(document)) {
      expectValues(name, place, acceptedOf(vectors.filter(({ schema }) => schema === name)), inBodies)
    }
  })
}

describe('the vectors of all providers', () => {
  it('use every option with every value', () => {
    const used = providers.flatMap(({ vectors }) => vectors).flatMap(({ options = {} }) => [
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
