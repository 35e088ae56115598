// The references of fields against the documents that they are made from, walked in another way: nothing is missing, and each
// pointer leads to where its field is.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as realtimekit from 'recreq/realtimekit/fields'
import * as recall from 'recreq/recall/fields'
import * as videosdk from 'recreq/videosdk/fields'
import { schemasOf } from '../../build/javascript/command-line/schema-walk.js'
import { parametersOf, subjectsOf } from '../../build/javascript/command-line/subjects.js'
import { tokensOf } from '../../build/javascript/issue.js'
import { providerDocument, providerNames } from '../../build/javascript/provider-document.js'

const { everyField, fieldsAt } = recall
const modules = { realtimekit, recall, videosdk }
const limits = ['minLength', 'maxLength', 'pattern', 'format', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties']
const notes = { description: 'description', default: 'default', knownDefault: 'x-known-default', examples: 'examples', confidence: 'x-confidence' }
const flags = { writeOnly: 'writeOnly', deprecated: 'deprecated', destination: 'x-destination', passThrough: 'x-pass-through' }

/** A schema, each that it refers to on the way, and all alternatives, flat. */
function schemasIn(document, schema) {
  const { $ref, anyOf = [], oneOf = [], allOf = [] } = schema
  const referred = $ref === undefined ? [] : [$ref.slice(2).split('/').reduce((place, token) => place[token], document)]
  return [schema, ...[...referred, ...anyOf, ...oneOf, ...allOf].flatMap((each) => schemasIn(document, each))]
}

function schemasBelow(document, schemas, step) {
  return schemasOf(schemas, step).flatMap((schema) => schemasIn(document, schema))
}

/** Every place of a body, with all schemas that speak of it. */
function* placesIn(document, schemas, pointer = '') {
  yield { pointer, schemas }
  const names = new Set(schemas.flatMap(({ properties = {} }) => Object.keys(properties)))
  for (const name of names) yield* placesIn(document, schemasBelow(document, schemas, name), `${pointer}/${name}`)
  const members = schemas.flatMap(({ additionalProperties }) => (typeof additionalProperties === 'object' ? schemasIn(document, additionalProperties) : []))
  const elements = schemasBelow(document, schemas, 0)
  for (const each of [members, elements]) if (each.length > 0) yield* placesIn(document, each, `${pointer}/*`)
}

const known = (list) => new Set(list.filter((value) => value !== undefined).map((value) => JSON.stringify(value)))

for (const provider of providerNames) {
  const module = modules[provider]
  const document = /** @type {any} */ (providerDocument(provider))
  const subjects = subjectsOf(provider)

  it(`${provider} has a reference for each operation and schema, and no other`, () => {
    const references = Object.keys(module).filter((name) => typeof module[name] === 'object')
    assert.deepEqual(references.sort(), subjects.map(({ name }) => name).sort())
  })

  for (const subject of subjects) {
    describe(`${provider}/fields ${subject.name}`, () => {
      const reference = module[subject.name]
      const root = reference.body ?? reference.value

      it('has the title, the method, the path and the parameters', () => {
        assert.equal(reference.name, subject.name)
        assert.equal(reference.title, subject.content.summary)
        assert.equal(reference.method, subject.request?.method)
        assert.equal(reference.path, subject.request?.path)
        const parameters = parametersOf(subject).map(({ name, in: place, required, description }) => ({ pointer: `/${name}`, place, required, description }))
        const listed = (reference.parameters ?? []).map(({ in: place, field }) => ({ pointer: field.pointer, place, required: field.required, description: field.description }))
        assert.deepEqual(listed, parameters)
      })

      it('has every place of the body, with all that is said of it', () => {
        assert.equal(root === undefined, subject.schema === undefined)
        if (subject.schema === undefined) return
        let leaves = 0
        for (const { pointer, schemas } of placesIn(document, schemasIn(document, subject.schema))) {
          /** @type {any[]} */
          const fields = fieldsAt(root, pointer).flatMap((field) => [field, ...[...everyField(field)].filter((below) => below.pointer === pointer)])
          assert.ok(fields.length > 0, `${pointer} is missing`)
          leaves += 1
          for (const field of fields) assert.equal(field.pointer, pointer)
          for (const keyword of limits) {
            const said = known(schemas.map((schema) => schema[keyword]))
            // The one key of a choice is what a choice is.
            if (keyword.endsWith('Properties') && fields.some(({ by }) => by === 'key')) continue
            assert.deepEqual(known(fields.map((field) => field[keyword])), said, `${keyword} at ${pointer}`)
          }
          for (const [member, keyword] of Object.entries(flags))
            assert.equal(fields.some((field) => field[member]), schemas.some((schema) => schema[keyword] === true), `${member} at ${pointer}`)
          const values = schemas.flatMap((schema) => (schema.const === undefined ? (schema.enum ?? []) : [schema.const]))
          assert.deepEqual(known(fields.flatMap((field) => field.values?.map(({ value }) => value) ?? [])), known(values), `values at ${pointer}`)
          // Where a reference and what it leads to both say something, the reference's own word counts.
          for (const [member, keyword] of Object.entries(notes)) {
            const said = known(schemas.map((schema) => schema[keyword]))
            const shown = known(fields.map((field) => field[member]))
            assert.ok([...shown].every((note) => said.has(note)), `${member} at ${pointer}`)
            assert.equal(shown.size > 0, said.size > 0, `${member} at ${pointer}`)
          }
          const isNull = ({ type }) => [type].flat().includes('null')
          assert.equal(fields.some(({ nullable }) => nullable), schemas.some(isNull), `nullable at ${pointer}`)
          const pages = new Set(schemas.flatMap((schema) => schema['x-source'] ?? []).map((id) => document['x-source'][id].url))
          for (const { url } of fields.flatMap(({ links }) => links)) assert.ok(pages.has(url), `${url} at ${pointer}`)
          if (!pages.has(undefined)) assert.equal(fields.some(({ links }) => links.length > 0), pages.size > 0, `links at ${pointer}`)
          for (const name of new Set(schemas.flatMap(({ properties = {} }) => Object.keys(properties)))) {
            if (fields.some(({ by }) => by === 'key')) continue
            const isRequired = schemas.some(({ required = [] }) => required.includes(name))
            assert.equal(fieldsAt(root, `${pointer}/${name}`).some(({ required }) => required), isRequired, `required at ${pointer}/${name}`)
          }
        }
        assert.ok(leaves >= 1)
      })

      it('leads to each field by its pointer, and to nothing else', () => {
        for (const field of everyField(root)) {
          assert.ok(fieldsAt(root, field.pointer).length > 0, field.pointer)
          let schemas = schemasIn(document, subject.schema)
          for (const token of tokensOf(field.pointer)) {
            const below = schemasBelow(document, schemas, token)
            schemas = below.length > 0 || token !== '*' ? below : schemasBelow(document, schemas, 0)
          }
          assert.ok(schemas.length > 0, field.pointer)
        }
      })

      it('says what is required, in words that a person can read', () => {
        for (const field of everyField(root)) {
          assert.match(field.label, /^[\p{Lu}\d]/u, field.pointer)
          assert.doesNotMatch(field.label, /_|undefined/, field.pointer)
          assert.ok(field.links.every(({ title, url }) => title !== '' && url.startsWith('https://')), field.pointer)
        }
        for (const { field } of reference.parameters ?? []) assert.equal(typeof field.description, 'string', field.pointer)
      })

      it('cannot be changed', () => {
        assert.ok(Object.isFrozen(reference) && Object.isFrozen(reference.links))
        for (const field of everyField(root)) assert.ok(Object.isFrozen(field) && Object.isFrozen(field.links), field.pointer)
      })
    })
  }
}

describe('a reference', () => {
  it('has what happens when a field is left out', () => {
    const [layout] = fieldsAt(recall.startRecording.body, '/video_mixed_layout')
    assert.equal(layout?.default, 'speaker_view')
    const [hours] = fieldsAt(recall.startRecording.body, '/retention/hours')
    assert.equal(hours?.knownDefault, 168)
    assert.equal(hours?.default, undefined)
    const [transcript] = fieldsAt(recall.startRecording.body, '/transcript')
    assert.ok(transcript?.nullable)
    assert.equal(transcript.default, null)
  })

  it('has values with labels', () => {
    const [layout] = fieldsAt(recall.startRecording.body, '/video_mixed_layout')
    assert.ok(layout?.type === 'string')
    assert.deepEqual(layout.values?.map(({ label }) => label), ['Speaker view', 'Gallery view', 'Gallery view v2', 'Audio only'])
    assert.equal(layout.otherValues, undefined)
    const [model] = fieldsAt(recall.startRecording.body, '/transcript/provider/speechmatics_streaming/operating_point')
    assert.ok(model?.type === 'string' && model.otherValues)
  })

  it('has one option for each key of an object that takes one', () => {
    const [provider] = fieldsAt(recall.startRecording.body, '/transcript/provider')
    assert.ok(provider?.type === 'choice' && provider.by === 'key')
    const deepgram = provider.options.find(({ choice }) => choice === 'deepgram_streaming')
    assert.equal(deepgram?.label, 'Deepgram streaming')
    assert.equal(deepgram?.field.pointer, '/transcript/provider/deepgram_streaming')
    assert.ok(deepgram.field.type === 'object' && deepgram.field.open && deepgram.field.passThrough)
  })

  it('has one option for each value of the member that tells', () => {
    const [endpoint] = fieldsAt(recall.startRecording.body, '/realtime_endpoints/0')
    assert.ok(endpoint?.type === 'choice' && endpoint.by === 'value')
    assert.equal(endpoint.property, 'type')
    assert.deepEqual(endpoint.options.map(({ choice }) => choice), ['websocket', 'webhook', 'rtmp', 'desktop_sdk_callback'])
    const urls = fieldsAt(recall.startRecording.body, '/realtime_endpoints/0/url')
    assert.equal(urls.length, 3)
    assert.ok(urls.every(({ destination, required }) => destination && required))
    const [storage] = fieldsAt(realtimekit.startRecording.body, '/storage_config')
    assert.ok(storage?.type === 'choice')
    assert.equal(storage.options.length, 6)
  })

  it('has one option for each type', () => {
    const [keyterm] = fieldsAt(recall.startRecording.body, '/transcript/provider/deepgram_streaming/keyterm')
    assert.ok(keyterm?.type === 'choice' && keyterm.by === 'type')
    assert.deepEqual(keyterm.options.map(({ choice, label }) => [choice, label]), [['string', 'Text'], ['array', 'List']])
  })

  it('has the name that people use by mistake, and what to write', () => {
    const misspelt = recall.startRecording.unlisted.find(({ pointer }) => pointer === '/real_time_endpoints')
    assert.match(misspelt?.rules[0]?.message ?? '', /realtime_endpoints/)
    const removed = realtimekit.startRecording.unlisted.map(({ pointer }) => pointer)
    assert.ok(removed.includes('/live_streaming_config') && removed.includes('/storage_config/secret_key'))
    assert.ok(recall.recordingConfig.unlisted.some(({ name }) => name === 'variant'))
    for (const { pointer } of recall.startRecording.unlisted) assert.deepEqual(fieldsAt(recall.startRecording.body, pointer), [])
  })

  it('is found by the pointers of issues', () => {
    const { body } = recall.startRecording
    assert.deepEqual(fieldsAt(body, '/metadata/team').map(({ pointer }) => pointer), ['/metadata/*'])
    assert.deepEqual(fieldsAt(body, ''), [body])
    assert.deepEqual(fieldsAt(body, '/realtime_endpoints/first'), [])
    assert.deepEqual(fieldsAt(body, '/video_mixed_layout/deeper'), [])
    assert.deepEqual(fieldsAt(recall.retrieveBot.body, '/a'), [])
    assert.deepEqual([...everyField(recall.retrieveBot.body)], [])
  })
})
