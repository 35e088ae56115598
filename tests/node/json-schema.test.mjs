// Bodies that give themselves as JSON Schema: what the schemas accept is what checks accept, but for the rules between fields.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as recall from 'recreq/recall'
import * as realtimekitBodies from 'recreq/realtimekit/json-schema'
import * as recallBodies from 'recreq/recall/json-schema'
import * as videosdkBodies from 'recreq/videosdk/json-schema'
import { subjectsOf } from '../../build/javascript/command-line/subjects.js'
import { providerNames } from '../../build/javascript/provider-document.js'
import { vectorFiles } from '../vectors/vectors.mjs'

const modules = { realtimekit: realtimekitBodies, recall: recallBodies, videosdk: videosdkBodies }
const { startRecordingBody, recordingConfig } = recallBodies
const settings = { strict: true, allowUnionTypes: true, strictTypes: false, formats: /** @type {const} */ ({ uri: true, uuid: true }) }
// What readers say of a text or of a value that is no JSON, and the formats, which ajv has without ours.
const beyondSchemas = /^(?:format|number-range|lone-surrogate|too-deep|too-large|cycle|not-json)$/

/** The values that vectors check as the body, or as the schema, `name`. */
function valuesOf(provider, name) {
  const vectors = vectorFiles(provider).flatMap((file) => file.vectors)
  const about = vectors.filter(({ operation, schema }) => operation === name || schema === name)
  const bodies = about.map(({ subject, schema, input }) => (subject === 'body' || schema === name ? input : input?.body))
  return bodies.filter((body) => body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array))
}

/** Every object of a value. */
function* objectsIn(value) {
  if (typeof value !== 'object' || value === null) return
  yield value
  for (const member of Object.values(value)) yield* objectsIn(member)
}

for (const provider of providerNames) {
  const module = modules[provider]
  it(`${provider} has one for each body and each schema that stands for itself`, () => {
    const expected = subjectsOf(provider).filter(({ schema }) => schema !== undefined)
    const names = expected.map(({ name, request }) => (request === undefined ? name : `${name}Body`))
    assert.deepEqual(Object.keys(module).sort(), names.sort())
  })

  for (const [constant, schema] of Object.entries(module)) {
    describe(`${provider}/json-schema ${constant}`, () => {
      const { jsonSchema } = schema['~standard']

      it('accepts what a check accepts, and refuses what has another form, in both versions', () => {
        const current = new Ajv2020(settings).compile(jsonSchema.input({ target: 'draft-2020-12' }))
        const older = new Ajv(settings).compile(jsonSchema.input({ target: 'draft-07' }))
        const values = valuesOf(provider, schema.name)
        assert.ok(values.length >= 3, `${values.length} values`)
        for (const value of values) {
          const { ok, issues, errors } = schema.check(value)
          const accepted = current(value)
          assert.equal(older(value), accepted, JSON.stringify(value))
          // A rule may let an unlisted key through, with a warning.
          if (ok && issues.every(({ rule }) => rule === undefined)) assert.ok(accepted, `${JSON.stringify(value)}: ${JSON.stringify(current.errors)}`)
          const ofForm = errors.filter(({ code, rule }) => rule === undefined && !beyondSchemas.test(code))
          if (ofForm.length > 0) assert.ok(!accepted, `${JSON.stringify(value)} has ${ofForm[0]?.code}`)
        }
      })

      it('has in draft 7 what draft 7 looks at', () => {
        for (const each of objectsIn(jsonSchema.input({ target: 'draft-07' }))) {
          assert.ok(!('$defs' in each) && !('prefixItems' in each))
          if ('$ref' in each) assert.deepEqual(Object.keys(each), ['$ref'])
        }
      })

      it('has its members at its root, and no definition that it does not need', () => {
        const made = jsonSchema.output({ target: 'draft-2020-12' })
        assert.ok('properties' in made || 'anyOf' in made)
        assert.equal(typeof made.title, 'string')
        const names = [...JSON.stringify(made).matchAll(/"#\/\$defs\/(\w+)"/g)].map(([, name]) => name)
        assert.deepEqual([...new Set(names)].sort(), Object.keys(/** @type {object} */ (made.$defs)).sort())
        assert.doesNotMatch(JSON.stringify(made), /"x-|markdownDescription/)
      })
    })
  }
}

describe('a body that gives itself as JSON Schema', () => {
  it('is the same Standard Schema as without', () => {
    const { version, vendor, validate } = startRecordingBody['~standard']
    assert.deepEqual([version, vendor], [1, 'recreq'])
    const body = { real_time_endpoints: [], video_separate_mp4: {} }
    assert.deepEqual(validate(body), recall.startRecording.body['~standard'].validate(body))
    assert.deepEqual(startRecordingBody.check('{"retention":0}'), recall.startRecording.body.check('{"retention":0}'))
    assert.deepEqual(recordingConfig.check(null), recall.recordingConfig.check(null))
  })

  it('takes options, for checks', () => {
    for (const schema of [startRecordingBody, recordingConfig]) {
      const lenient = schema.with({ unknown: 'allow' }).with({ defaults: 'omit' })
      assert.deepEqual(lenient['~standard'].validate({ brand_new: 1 }), { value: { brand_new: 1 } })
      const target = { target: 'draft-2020-12' }
      assert.deepEqual(lenient['~standard'].jsonSchema.input(target), schema['~standard'].jsonSchema.input(target))
    }
    // @ts-expect-error no such option
    assert.throws(() => startRecordingBody.with({ unkown: 'allow' }), { name: 'InvalidOptionsError' })
  })

  it('names the version that it is written in', () => {
    const { input, output } = startRecordingBody['~standard'].jsonSchema
    assert.equal(input({ target: 'draft-2020-12' }).$schema, 'https://json-schema.org/draft/2020-12/schema')
    assert.equal(output({ target: 'draft-07' }).$schema, 'http://json-schema.org/draft-07/schema#')
    assert.deepEqual(Object.keys(input({ target: 'draft-07' })).includes('$defs'), false)
  })

  it('throws where it cannot be written', () => {
    const { input, output } = startRecordingBody['~standard'].jsonSchema
    for (const convert of [input, output]) {
      const expected = { name: 'InvalidOptionsError', option: 'target', message: /"openapi-3\.0".*"draft-2020-12" or "draft-07"/ }
      assert.throws(() => convert({ target: 'openapi-3.0' }), expected)
    }
  })

  it('gives each caller a copy', () => {
    const { input } = startRecordingBody['~standard'].jsonSchema
    input({ target: 'draft-2020-12' }).title = 'mine'
    assert.notEqual(input({ target: 'draft-2020-12' }).title, 'mine')
  })
})
