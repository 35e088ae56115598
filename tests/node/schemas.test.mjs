// The package's JSON Schemas: one for each body and each schema that stands for itself, each in JSON Schema's own words,
// complete in itself, with a description for every field.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { documentedOperations, providerDocument, providerNames } from '../../build/javascript/provider-document.js'

const folder = new URL('../../dist/schemas/', import.meta.url)
const files = readdirSync(folder)
const read = (file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))

/** Every schema of one, with its place. */
function* schemasIn(schema, place = '#') {
  yield { schema, place }
  for (const keyword of ['properties', '$defs', 'patternProperties']) {
    for (const [name, each] of Object.entries(schema[keyword] ?? {})) yield* schemasIn(each, `${place}/${keyword}/${name}`)
  }
  for (const keyword of ['anyOf', 'oneOf', 'allOf', 'prefixItems']) {
    for (const [index, each] of (schema[keyword] ?? []).entries()) yield* schemasIn(each, `${place}/${keyword}/${index}`)
  }
  for (const keyword of ['items', 'additionalProperties', 'propertyNames', 'contains', 'not', 'if', 'then', 'else']) {
    if (typeof schema[keyword] === 'object') yield* schemasIn(schema[keyword], `${place}/${keyword}`)
  }
}

it("has one for each body, each schema that stands for itself, and the command line's configuration", () => {
  const expected = providerNames.flatMap((provider) => {
    const bodies = documentedOperations(provider).filter(({ content }) => content.requestBody !== undefined)
    const standalone = Object.keys(providerDocument(provider)['x-schemas'] ?? {})
    return [...bodies.map(({ name }) => name), ...standalone].map((name) => `${provider}.${name}.json`)
  })
  assert.deepEqual(files.toSorted(), [...expected, 'recreq.config.json'].toSorted())
})

it('exports them by name', () => {
  const { exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  assert.equal(exports['./schemas/*'], './dist/schemas/*')
  const resolved = import.meta.resolve('recreq/schemas/recall.startRecording.json')
  assert.equal(fileURLToPath(resolved), fileURLToPath(new URL('recall.startRecording.json', folder)))
})

for (const file of files) {
  describe(file, () => {
    const schema = read(file)

    it('is a JSON Schema that ajv takes in strict mode', () => {
      const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictTypes: false, formats: { uri: true, uuid: true } })
      ajv.addKeyword('markdownDescription')
      assert.equal(typeof ajv.compile(schema), 'function')
    })

    it('refers to nothing outside of itself, and has nothing that is not referred to', () => {
      const references = [...schemasIn(schema)].flatMap((found) => found.schema.$ref ?? [])
      assert.deepEqual([...new Set(references)].toSorted(), Object.keys(schema.$defs).map((name) => `#/$defs/${name}`).toSorted())
    })

    it('describes every field, except those that tell the alternatives of a union apart', () => {
      const described = ({ description, $ref }) => description || schema.$defs[$ref?.replace('#/$defs/', '')]?.description
      const silent = [...schemasIn(schema)].flatMap((holder) =>
        Object.entries(holder.schema.properties ?? {}).flatMap(([name, field]) =>
          described(field) || field.const !== undefined ? [] : [`${holder.place}/properties/${name}`],
        ),
      )
      assert.deepEqual(silent, [])
    })

    it('lets a file name it by $schema', () => {
      const branches = schema.anyOf ?? [schema]
      assert.ok(branches.some(({ properties }) => properties?.$schema?.type === 'string'))
      assert.match(schema.$id, /^urn:recreq:schema:\w+\.\w+$/)
    })
  })
}

it('tells a known default, a limit and the sources on hover', () => {
  const { hours } = read('recall.startRecording.json').$defs.RetentionTimed.properties
  assert.match(hours.markdownDescription, /\n\nUsed when absent: `168`\.\n\n/)
  assert.match(hours.markdownDescription, /\]\(https:\/\/docs\.recall\.ai\/\S+\)/)
  const { max_seconds: limited } = read('realtimekit.startRecording.json').properties
  assert.match(limited.markdownDescription, /60|86400/)
})

it('leaves open what goes on to a third party, and completes its values all the same', () => {
  const { $defs } = read('recall.startRecording.json')
  const open = [...schemasIn($defs.Flag)].find(({ schema }) => schema.enum !== undefined)
  assert.deepEqual(open?.schema.enum, ['true', 'false'])
  assert.ok($defs.AssemblyAiAsyncChunkedOptions.additionalProperties === false)
  assert.equal($defs.DeepgramStreamingOptions.additionalProperties, undefined)
})
