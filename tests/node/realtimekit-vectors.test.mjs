// Nothing that RealtimeKit's document says of a request is without a vector.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { vectorFiles } from '../vectors/vectors.mjs'

const document = JSON.parse(readFileSync(new URL('../../wasm/specs/realtimekit.json', import.meta.url), 'utf8'))
const vectors = vectorFiles('realtimekit').flatMap((file) => file.vectors)
const sent = vectors.filter(({ expect }) => expect.request !== undefined)

/** @param {any} value */
function resolve(value) {
  while (value.$ref !== undefined) value = value.$ref.slice(2).split('/').reduce((at, key) => at[key], document)
  return value
}

const operations = Object.values(document.paths).flatMap(({ parameters = [], ...methods }) =>
  Object.values(methods).map(({ operationId, parameters: own = [], requestBody }) => ({
    name: operationId,
    parameters: [...parameters, ...own].map(resolve),
    body: requestBody && resolve(requestBody.content['application/json'].schema),
  })),
)

/**
 * Every `Schema.field` and `Schema.field value` below a schema, the schemas of unions by their constants.
 * @param {any} listed
 * @param {string} name
 * @param {Set<string>} found
 */
function inventory(listed, name, found) {
  const schema = resolve(listed)
  for (const branch of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) inventory(branch, name, found)
  if (schema.items !== undefined) inventory(schema.items, name, found)
  for (const value of schema.enum ?? []) found.add(`${name} ${value}`)
  const kind = schema.properties?.type?.const
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const path = `${kind === undefined ? name : `${name}(${kind})`}/${key}`
    found.add(path)
    inventory(property, path, found)
  }
}

/**
 * The same of a value.
 * @param {any} value
 * @param {string} name
 * @param {Set<string>} found
 */
function seen(value, name, found) {
  if (Array.isArray(value)) value.forEach((element) => seen(element, name, found))
  else if (typeof value !== 'object' || value === null) found.add(`${name} ${value}`)
  else {
    for (const [key, member] of Object.entries(value)) {
      for (const place of new Set([name, `${name}(${value.type})`])) {
        found.add(`${place}/${key}`)
        seen(member, `${place}/${key}`, found)
      }
    }
  }
}

/**
 * Fails with what is in one list and not in the other.
 * @param {Iterable<string>} all
 * @param {Iterable<string>} covered
 */
function expectAll(all, covered) {
  const there = new Set(covered)
  assert.deepEqual([...all].filter((each) => !there.has(each)), [])
}

describe("RealtimeKit's vectors", () => {
  const rules = operations.flatMap(({ body }) => body?.['x-rules'] ?? []).map(({ id }) => id)

  it('break every rule', () => {
    const issues = vectors.flatMap(({ expect }) => expect.issues ?? expect.request?.issues ?? [])
    expectAll(rules, issues.map(({ rule }) => rule ?? ''))
  })

  it('come close to every rule without breaking it', () => {
    expectAll(rules, vectors.flatMap(({ nearMissOf = [] }) => nearMissOf))
  })

  for (const { name, parameters, body } of operations) {
    const inputs = sent.filter(({ operation }) => operation === name).map(({ input }) => input)

    it(`of ${name} have every parameter with every value`, () => {
      /** @type {Set<string>} */
      const all = new Set()
      /** @type {Set<string>} */
      const given = new Set()
      for (const parameter of parameters) {
        all.add(parameter.name)
        inventory(parameter.schema, parameter.name, all)
      }
      for (const [key, value] of inputs.flatMap((input) => Object.entries(input))) {
        given.add(key)
        seen(value, key, given)
      }
      expectAll(all, given)
    })

    if (body !== undefined) {
      it(`of ${name} send every field with every value`, () => {
        /** @type {Set<string>} */
        const all = new Set()
        /** @type {Set<string>} */
        const given = new Set()
        inventory(body, '', all)
        for (const input of inputs) seen(input.body, '', given)
        // What storage needs is the same wherever it stands.
        expectAll([...all].filter((each) => !each.includes('/outputs/storage_config(')), given)
      })
    }
  }
})
