// `build`: the request that comes out, or the error that is thrown instead.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import { RecreqError, RequestInvalidError, recall as fromIndex } from 'recreq'
import * as recall from 'recreq/recall'
import { around, id, thrownBy } from './recall-input.mjs'

const { startRecording } = recall

describe('a request', () => {
  it('has method, URL, headers and a canonical body', () => {
    const request = startRecording.build({ region: 'us-west-2', id, body: { metadata: { b: '2', a: '1' } } })
    assert.equal(request.method, 'POST')
    assert.equal(request.url, `https://us-west-2.recall.ai/api/v1/bot/${id}/start_recording/`)
    assert.match(new Headers(request.headers).get('content-type') ?? '', /^application\/json/)
    assert.equal(typeof request.body, 'string')
    assert.match(String(request.body), /"metadata":\{"a":"1","b":"2"\}/)
  })

  it('has every safe default in its body, and no retention', () => {
    const body = JSON.parse(String(startRecording.build({ region: 'us-west-2', id }).body))
    assert.equal(body.video_mixed_layout, 'speaker_view')
    assert.deepEqual(body.realtime_endpoints, [])
    assert.equal(Object.hasOwn(body, 'retention'), false)
  })

  it('carries header parameters', () => {
    const { headers } = startRecording.build({ region: 'us-west-2', id, idempotencyKey: 'a-key-of-mine' })
    assert.equal(new Headers(headers).get('idempotency-key'), 'a-key-of-mine')
  })

  it('has the same body from an object, text and bytes, as text for the first two', () => {
    const body = { metadata: { name: 'Ångström 😀', other: '"\\\n' } }
    const fromObject = startRecording.build(around(body)).body
    const fromText = startRecording.build(around(JSON.stringify(body, null, 2))).body
    const fromBytes = startRecording.build(around(new TextEncoder().encode(JSON.stringify(body)))).body
    assert.equal(fromText, fromObject)
    assert.ok(fromBytes instanceof Uint8Array)
    assert.equal(new TextDecoder().decode(fromBytes), fromObject)
  })

  it('has bytes of its own', () => {
    const bytes = new TextEncoder().encode('{"metadata":{"a":"b"}}')
    const first = startRecording.build(around(bytes)).body
    const text = new TextDecoder().decode(/** @type {Uint8Array} */ (first))
    startRecording.build(around(new TextEncoder().encode('{"metadata":{"something":"else"}}')))
    assert.equal(new TextDecoder().decode(/** @type {Uint8Array} */ (first)), text)
  })

  it('has its warnings with it, and only those', () => {
    const input = around({ transcript: { provider: { meeting_captions: { language_code: 'en' } } } })
    const report = startRecording.check(input)
    assert.equal(report.ok, true)
    assert.ok(report.warnings.length > 0)
    assert.deepEqual(startRecording.build(input).issues, report.issues)
    assert.deepEqual(
      startRecording.build(around({})).issues.filter(({ severity }) => severity === 'error'),
      [],
    )
  })

  it('is plain to look at', () => {
    const request = startRecording.build(around({}))
    assert.deepEqual(Object.keys(request), ['method', 'url', 'headers', 'body', 'issues'])
    assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(request))), Object.keys(request))
    assert.match(inspect(request), /^RecordingRequest \{\n {2}method: 'POST',/)
  })

  it('is the same from both entry points', () => {
    assert.equal(fromIndex.startRecording, startRecording)
  })
})

describe('an input with errors', () => {
  const bad = around({ one_thing: 1, another_thing: 2, a_third_thing: 3, a_fourth_thing: 4, video_mixed_layout: 7 })

  it('throws an error that says what is wrong, where, and how much more there is', () => {
    const error = thrownBy(() => startRecording.build(bad))
    assert.ok(error instanceof RequestInvalidError)
    assert.ok(error instanceof RecreqError)
    assert.ok(error instanceof Error)
    assert.equal(error.name, 'RequestInvalidError')
    assert.equal(error.operation, 'startRecording')
    assert.match(error.message, /^startRecording: /)
    assert.equal(error.message.split('\n').filter((line) => line.startsWith('  /body/')).length, 3)
    assert.match(error.message, /and 2 more\n {2}\(recreq \d.*, facts of \d{4}-\d\d-\d\d\)$/)
    assert.match(error.stack ?? '', /^RequestInvalidError: startRecording/)
  })

  it('has the same issues in the error as in the report', () => {
    const error = thrownBy(() => startRecording.build(bad))
    assert.deepEqual(error.issues, startRecording.check(bad).issues)
  })

  it('throws the same kind of error for what JSON cannot carry', () => {
    const error = thrownBy(() => startRecording.build(around({ metadata: { a: NaN } })))
    assert.equal(error.name, 'RequestInvalidError')
    assert.equal(error.issues[0].pointer, '/body/metadata/a')
    assert.match(error.message, /\/body\/metadata\/a: .*NaN/)
  })

  it('has no long keys in the message', () => {
    const error = thrownBy(() => startRecording.build(around({ metadata: { ['k'.repeat(60_000)]: NaN } })))
    assert.ok(error.message.length < 1_000)
  })
})

describe('path parameters', () => {
  it('cannot leave their place in the URL', () => {
    for (const bad of ['', '.', '..', '%2e%2e', 'a/b', 'a?x=1', 'a#b', 'a\\b', '%2f', `${id}/../..`]) {
      const error = thrownBy(() => startRecording.build({ region: 'us-west-2', id: bad }))
      assert.equal(error.issues[0].pointer, '/id')
    }
    for (const bad of ['evil.com/#', 'us-east-2', '', 'us-west-2.evil.com']) {
      const error = thrownBy(() => startRecording.build({ region: bad, id }))
      assert.equal(error.issues[0].pointer, '/region')
    }
  })
})

describe('the facts behind it', () => {
  it('have a date, a hash and sources', () => {
    const { date, hash, sources } = recall.spec
    assert.match(date, /^\d{4}-\d\d-\d\d$/)
    assert.ok(hash.length >= 8)
    assert.ok(sources.length > 0)
    assert.deepEqual(Object.keys(sources[0] ?? {}).sort(), ['id', 'read', 'title', 'url'])
    assert.equal(JSON.parse(JSON.stringify(recall.spec)).date, date)
    assert.match(inspect(recall.spec), new RegExp(date))
  })
})
