// Fields laid on after the check, and where every value of an effective body comes from.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { InvalidOptionsError } from 'recreq'
import * as recall from 'recreq/recall'
import { around, thrownBy } from './recall-input.mjs'

const bare = recall.startRecording.with({ defaults: 'omit' })

/**
 * @param {Record<string, any>} extraBody
 * @param {any} body
 */
const bodyWith = (extraBody, body) => String(bare.with({ extraBody }).build(around(body)).body)

describe('an extra body', () => {
  it('is laid on without being checked, whatever the body was given as', () => {
    const body = { metadata: { a: 'b' } }
    const expected = '{"metadata":{"a":"b"},"not_yet_known":{"x":[1]}}'
    assert.equal(bodyWith({ not_yet_known: { x: [1] } }, body), expected)
    assert.equal(bodyWith({ not_yet_known: { x: [1] } }, JSON.stringify(body)), expected)
    const bytes = bare.with({ extraBody: { not_yet_known: { x: [1] } } }).build(around(new TextEncoder().encode(JSON.stringify(body)))).body
    assert.equal(new TextDecoder().decode(/** @type {any} */ (bytes)), expected)
    assert.deepEqual(bare.with({ extraBody: { n: 1 } }).body.check(body).value, { metadata: { a: 'b' }, n: 1 })
  })

  it('is laid on a body that is left out', () => {
    assert.equal(bare.with({ extraBody: { n: 1 } }).build(around(undefined)).body, '{"n":1}')
  })

  it('is merged member by member at any depth; anything else replaces', () => {
    const body = { transcript: { provider: { deepgram_streaming: { model: 'nova-3' } } }, metadata: { a: 'b' } }
    assert.equal(
      bodyWith({ transcript: { provider: { deepgram_streaming: { new_option: [true] } }, z: null }, metadata: 3 }, body),
      '{"metadata":3,"transcript":{"provider":{"deepgram_streaming":{"model":"nova-3","new_option":[true]}},"z":null}}',
    )
    const endpoints = [{ type: 'webhook', url: 'https://example.com/a', events: ['participant_events.join'] }]
    assert.equal(bodyWith({ realtime_endpoints: [] }, { realtime_endpoints: endpoints }), '{"realtime_endpoints":[]}')
    assert.equal(bodyWith({ retention: { b: 'c' } }, { retention: null }), '{"retention":{"b":"c"}}')
  })

  it('leaves the bytes canonical', () => {
    assert.equal(bodyWith({ é: 1e21, a: -0, '\u{1f600}': 0.1, Z: 'ü' }, { metadata: {} }), '{"Z":"ü","a":0,"metadata":{},"é":1e+21,"😀":0.1}')
  })

  it('holds numbers as the doubles that they are, and long texts', () => {
    const text = 'a"é\n'.repeat(200)
    const { n, big, t } = JSON.parse(bodyWith({ n: -1.5, big: 2 ** 70, t: text }, {}))
    assert.deepEqual([n, big, t], [-1.5, 2 ** 70, text])
  })

  it('is read once', () => {
    let reads = 0
    const extraBody = { get n() { return ++reads } }
    assert.equal(bodyWith(extraBody, {}), '{"n":1}')
    assert.equal(reads, 1)
  })

  it('is taken when it is given, and a later one takes its place', () => {
    const extraBody = { n: 1 }
    const operation = bare.with({ extraBody })
    extraBody.n = 2
    assert.equal(operation.build(around({})).body, '{"n":1}')
    assert.equal(operation.with({ extraBody: { m: 1 } }).build(around({})).body, '{"m":1}')
    assert.equal(operation.with({ extraBody: undefined }).build(around({})).body, '{"n":1}')
  })

  it('does not make a wrong body right', () => {
    const report = bare.with({ extraBody: { metadata: {} } }).check(around({ metadata: 7 }))
    assert.equal(report.ok, false)
    assert.deepEqual(report.value?.body?.metadata, {})
  })

  for (const [name, extraBody, message] of /** @type {[string, any, RegExp][]} */ ([
    ['a list', [1], /is an object/],
    ['text', '{"a":1}', /is an object/],
    ['null', null, /is an object/],
    ['what JSON cannot carry', { a: { b: NaN } }, /"\/a\/b".*NaN/],
  ])) {
    it(`is refused at once when it is ${name}`, () => {
      const error = thrownBy(() => bare.with({ extraBody }))
      assert.ok(error instanceof InvalidOptionsError)
      assert.equal(error.option, 'extraBody')
      assert.match(error.message, message)
    })
  }
})

describe('provenance', () => {
  const operation = recall.startRecording.with({ provenance: true, extraBody: { n: { m: [1] }, metadata: { b: 'c' } } })

  it('is given when it is asked for, and only then', () => {
    assert.equal('provenance' in recall.startRecording.check(around({})), false)
    assert.equal('provenance' in operation.with({ provenance: false }).check(around({})), false)
    assert.ok(operation.check(around({})).provenance)
  })

  it('says of every value of the effective body where it comes from', () => {
    const { value, provenance = {} } = operation.check(around({ metadata: { a: 'b' }, retention: { type: 'timed', hours: 1 } }))
    assert.equal(provenance['/body'], 'input')
    assert.equal(provenance['/body/metadata'], 'input')
    assert.equal(provenance['/body/metadata/a'], 'input')
    assert.equal(provenance['/body/metadata/b'], 'extra')
    assert.equal(provenance['/body/n/m/0'], 'extra')
    assert.equal(provenance['/body/video_mixed_mp4'], 'default')
    assert.deepEqual(Object.keys(provenance).sort(), pointersIn(value?.body, '/body').sort())
  })

  it('begins at the body when it is alone', () => {
    assert.equal(operation.body.check('{}').provenance?.[''], 'input')
    assert.equal(recall.startRecording.with({ provenance: true }).check(around(undefined)).provenance?.['/body'], 'default')
    assert.equal(operation.body.check('{').provenance, undefined)
  })
})

/**
 * @param {any} value
 * @param {string} pointer
 * @returns {string[]}
 */
function pointersIn(value, pointer) {
  if (typeof value !== 'object' || value === null) return [pointer]
  return [pointer, ...Object.entries(value).flatMap(([key, child]) => pointersIn(child, `${pointer}/${key}`))]
}
