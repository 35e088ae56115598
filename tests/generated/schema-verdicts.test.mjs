// What the engine says of a body without its rules is what ajv says by the schema that the package has for editors: of
// the body as it was given, and of the one that would be sent. `node tests/generated/schema-verdicts.test.mjs
// --bodies 100000` does more of them, `--seed` others.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { it } from 'node:test'
import { parseArgs } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import * as providers from '../../dist/index.js'
import { bodiesOf } from './schema-bodies.mjs'

const { values: options } = parseArgs({
  options: { bodies: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
})
const total = Number(options.bodies)
const seed = Number(options.seed)
const folder = new URL('../../dist/schemas/', import.meta.url)

/** @typedef {import('./schema-bodies.mjs').Schema} Schema */

/** The schema as it stands for a body: `$schema` belongs to a file. @param {string} file @returns {Schema} */
function readSchema(file) {
  const schema = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  for (const { properties } of [schema, ...(schema.anyOf ?? [])]) delete properties?.$schema
  return schema
}

/** Every rule of a provider, turned off. @param {string} provider */
function withoutRules(provider) {
  const text = readFileSync(new URL(`../../wasm/specs/${provider}.json`, import.meta.url), 'utf8')
  const ids = [...text.matchAll(/"id": "([\w-]+\/[\w-]+)"/g)].map(([, id]) => id)
  return Object.fromEntries(ids.map((id) => [id, /** @type {const} */ ('off')]))
}

// The other schema there is that of the command line's own configuration.
for (const file of readdirSync(folder).filter((name) => name.split('.')[0] in providers)) {
  it(`${file.replace('.json', '')}: the same verdict on every body`, (t) => {
    const [provider, name] = file.split('.')
    const schema = readSchema(file)
    const ajv = addFormats.default(new Ajv2020({ strict: false, validateFormats: true }))
    const expected = ajv.compile(schema)
    const operation = providers[provider][name].with({ rules: withoutRules(provider) })
    const body = operation.body ?? operation

    const counts = { taken: 0, refused: 0 }
    /** @param {number} slips @param {number} numRuns */
    const compare = (slips, numRuns) => {
      fc.assert(
        fc.property(bodiesOf(schema, slips), (value) => {
          // A string would be read as JSON text.
          const report = body.check(typeof value === 'string' ? JSON.stringify(value) : value)
          const verdict = expected(value)
          const errors = () => JSON.stringify({ ajv: expected.errors, recreq: report.errors }, null, 1)
          assert.equal(report.ok, verdict, errors())
          assert.equal(expected(report.value), verdict, errors())
          counts[report.ok ? 'taken' : 'refused'] += 1
        }),
        { seed, numRuns, endOnFailure: false },
      )
    }
    // Without slips, with few, with many.
    compare(0, Math.ceil(total * 0.3))
    compare(3, Math.ceil(total * 0.5))
    compare(15, Math.ceil(total * 0.2))
    t.diagnostic(`${counts.taken} bodies of ${provider}.${name} taken and ${counts.refused} refused, like ajv (seed ${seed})`)
    assert.ok(counts.taken > total / 20 && counts.refused > total / 20, 'some of each kind')
  })
}
