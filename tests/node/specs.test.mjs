// Lints every provider document as OpenAPI 3.1 with a public linter, and checks that its own references hold:
// sources that are named exist and are used, rules have unique names of their provider.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'node:test'
import { createConfig, lint } from '@redocly/openapi-core'

const folder = new URL('../../wasm/specs/', import.meta.url)
const documents = readdirSync(folder).filter((name) => name.endsWith('.json'))

const config = await createConfig({
  extends: ['recommended'],
  rules: {
    // The path of a provider is a fact; Recall.ai's end with a slash.
    'no-path-trailing-slash': 'off',
    'operation-tag-defined': 'error',
    'operation-description': 'error',
    'parameter-description': 'error',
    'path-params-defined': 'error',
    'spec-strict-refs': 'off',
  },
})

/** Every `x-source` list in the document, with the place that it stands at. */
function* citations(value, pointer = '') {
  if (value === null || typeof value !== 'object') return
  for (const [key, member] of Object.entries(value)) {
    const place = `${pointer}/${key}`
    if (key === 'x-source' && Array.isArray(member)) yield { place, ids: member }
    else yield* citations(member, place)
  }
}

/** Every list of rules in the document. */
function* ruleLists(value) {
  if (value === null || typeof value !== 'object') return
  for (const [key, member] of Object.entries(value)) {
    if (key === 'x-rules') yield Object.values(member)
    else yield* ruleLists(member)
  }
}

it('finds provider documents', () => assert.ok(documents.length > 0))

for (const name of documents) {
  describe(name, () => {
    const file = fileURLToPath(new URL(name, folder))
    const document = JSON.parse(readFileSync(file, 'utf8'))

    it('is a clean OpenAPI 3.1 document', async () => {
      assert.match(document.openapi, /^3\.1\.\d+$/)
      const problems = await lint({ ref: file, config })
      assert.deepEqual(
        problems.map(({ ruleId, severity, message, location }) => ({
          ruleId,
          severity,
          message,
          place: location[0]?.pointer,
        })),
        [],
      )
    })

    it('is dated', () => assert.match(document.info.version, /^\d{4}-\d{2}-\d{2}$/))

    it('names the sources of its facts', () => {
      const sources = document['x-source']
      for (const [id, source] of Object.entries(sources)) {
        assert.ok(source.title, `${id} has a title`)
        assert.match(source.read, /^\d{4}-\d{2}-\d{2}$/, `${id} has a date`)
        if (source.url !== undefined) assert.equal(new URL(source.url).protocol, 'https:', `${id} has a public URL`)
      }
      const cited = new Set()
      for (const { place, ids } of citations(document)) {
        for (const id of ids) {
          assert.ok(Object.hasOwn(sources, id), `${place} cites ${id}, which is no source`)
          cited.add(id)
        }
      }
      assert.deepEqual(Object.keys(sources).filter((id) => !cited.has(id)), [], 'every source is cited')
    })

    it('says with documented answers what the service does', () => {
      const conduct = document['x-service']
      assert.ok(['ignores', 'refuses'].includes(conduct.unlisted))
      assert.equal(typeof conduct.messages.otherwise, 'string')
      const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
      const withBody = operations.filter(({ requestBody }) => requestBody !== undefined)
      const rules = [...ruleLists(document)].flat().filter((rule) => rule['x-service'] !== undefined)
      for (const status of [conduct.refusal, ...rules.map((rule) => rule['x-service'].status)])
        for (const { operationId, responses } of withBody)
          assert.ok(String(status) in responses, `${operationId} has the answer ${status}`)
    })

    it('gives each rule one name of its own', () => {
      const seen = new Set()
      for (const { id } of [...ruleLists(document)].flat().filter((rule) => rule.id)) {
        assert.ok(id.startsWith(`${basename(name, '.json')}/`), `${id} begins with the name of the provider`)
        assert.ok(!seen.has(id), `${id} is there once`)
        seen.add(id)
      }
    })
  })
}
