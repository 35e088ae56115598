// `check`: what the report of an operation and of its body says, for objects, text and bytes.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as recall from 'recreq/recall'
import { around, errorsIn, id, places } from './recall-input.mjs'

const { startRecording } = recall

/** @param {any} input */
const check = (input) => startRecording.check(input)
const utf8 = (text) => new TextEncoder().encode(text)

describe('a report', () => {
  it('on a good input has its effective value and no errors', () => {
    const report = check(around({ video_mixed_layout: 'gallery_view_v2' }))
    assert.equal(report.ok, true)
    assert.deepEqual(report.errors, [])
    assert.equal(report.truncated, false)
    assert.equal(report.value?.region, 'us-west-2')
    assert.equal(report.value?.id, id)
    assert.equal(report.value?.body?.video_mixed_layout, 'gallery_view_v2')
    assert.equal(report.value?.body?.start_recording_on, 'participant_join')
  })

  it('has the same keys whether it is good or bad', () => {
    const keys = ['ok', 'value', 'issues', 'errors', 'warnings', 'truncated'].sort()
    for (const input of [around(), around({ unknown_thing: 1 }), around({ a: NaN }), undefined]) {
      assert.deepEqual(Object.keys(check(input)).sort(), keys)
    }
  })

  it('names the layout that separate video needs, with a fix that mends it', () => {
    const body = { video_separate_mp4: {} }
    const { errors } = check(around(body))
    const issue = errors.find(({ message }) => message.includes('gallery_view_v2'))
    assert.ok(issue)
    assert.equal(issue.code, 'rule')
    assert.equal(issue.pointer, '/body/video_mixed_layout')
    assert.ok(issue.rule?.startsWith('recall/'))
    assert.deepEqual(issue.fix, [{ op: 'add', path: '/body/video_mixed_layout', value: 'gallery_view_v2' }])
    assert.equal(check(around({ ...body, video_mixed_layout: 'gallery_view_v2' })).ok, true)
  })

  it('asks whether a misspelt field was meant', () => {
    const [issue] = check(around({ real_time_endpoints: [] })).errors
    assert.ok(issue)
    assert.equal(issue.pointer, '/body/real_time_endpoints')
    assert.deepEqual(issue.path, ['body', 'real_time_endpoints'])
    assert.match(issue.message, /realtime_endpoints/)
  })

  it('says what replaced a removed field', () => {
    const [issue] = check(around({ transcription_options: { provider: 'deepgram' } })).errors
    assert.equal(issue?.pointer, '/body/transcription_options')
    assert.match(issue?.message ?? '', /transcript/)
  })

  it('speaks of inputs beside the body at their places', () => {
    assert.deepEqual(
      places(check({ region: 'us-west-2', id: '..' }).errors).map((place) => place.split(' ')[1]),
      ['/id'],
    )
    assert.deepEqual(places(check({ region: 'us-east-2', id }).errors), ['unknown-value /region'])
    assert.equal(check({ id }).ok, false)
    assert.equal(check({ region: 'us-west-2' }).ok, false)
    assert.deepEqual(places(check({ region: 'us-west-2', id, regoin: 'x' }).errors), ['unknown-key /regoin'])
  })
})

describe('an input that is no object', () => {
  it('is one issue at its root', () => {
    for (const input of [undefined, null, 5, 'text', true, [], () => {}, new Uint8Array(2), new Date()]) {
      const report = check(input)
      assert.equal(report.ok, false)
      assert.equal(report.errors[0]?.pointer, '')
    }
  })
})

describe('a body as text or bytes', () => {
  const text = '{\n  "metadata": { "équipe": "ü" },\n  "video_mixed_layuot": "gallery_view_v2"\n}'

  it('has issues with positions in UTF-16 units for text, and in bytes for bytes', () => {
    const [inText] = check(around(text)).errors
    const [inBytes] = check(around(utf8(text))).errors
    assert.equal(inText?.pointer, '/body/video_mixed_layuot')
    assert.equal(inBytes?.pointer, '/body/video_mixed_layuot')
    assert.equal(inText?.line, 3)
    assert.equal(inBytes?.line, 3)
    assert.equal(inText?.column, inBytes?.column)
    assert.equal((inBytes?.offset ?? 0) - (inText?.offset ?? 0), 2)
    assert.ok(text.slice(inText?.offset).startsWith('"'))
  })

  it('has no positions when it is an object', () => {
    const [issue] = check(around(JSON.parse(text))).errors
    assert.equal(issue?.pointer, '/body/video_mixed_layuot')
    assert.equal(issue?.line, undefined)
  })

  it('gives the same value as an object', () => {
    const body = { metadata: { team: 'équipe 😀' }, retention: { type: 'timed', hours: 24 } }
    const expected = check(around(body)).value
    assert.deepEqual(check(around(JSON.stringify(body))).value, expected)
    assert.deepEqual(check(around(utf8(JSON.stringify(body)))).value, expected)
    assert.deepEqual(check(around(Buffer.from(JSON.stringify(body)))).value, expected)
  })

  it('has clear errors: one with its place for what is not JSON', () => {
    for (const [bad, code] of [
      ['', 'syntax'],
      ['{', 'syntax'],
      ['{"metadata":{},}', 'syntax'],
      ['\ufeff{}', 'byte-order-mark'],
      ['{"metadata":{},"metadata":{}}', 'duplicate-key'],
      ['{"retention":{"type":"timed","hours":9007199254740993}}', 'number-range'],
      ['{"metadata":{"a":"\ud800"}}', 'lone-surrogate'],
    ]) {
      const report = check(around(bad))
      assert.equal(report.errors.length, 1, bad)
      const [issue] = report.errors
      assert.equal(issue?.code, code, bad)
      assert.ok(issue?.pointer.startsWith('/body'))
      if (bad !== '') assert.deepEqual([issue?.line, typeof issue?.offset], [1, 'number'], bad)
      assert.equal(report.value, undefined)
      assert.equal(check(around('{}')).ok, true)
    }
  })

  it('has the place of a lone surrogate', () => {
    const [issue] = check(around('{\n"metadata": {"a": "\udc00"}}')).errors
    assert.deepEqual(
      [issue?.code, issue?.pointer, issue?.offset, issue?.line, issue?.column],
      ['lone-surrogate', '/body', 21, 2, 20],
    )
  })

  it('may not be bytes that are no UTF-8', () => {
    const bytes = Buffer.from('{"metadata":{"a":"\xff"}}', 'latin1')
    const [issue] = check(around(bytes)).errors
    assert.equal(issue?.code, 'encoding')
    assert.equal(issue?.offset, 18)
  })
})

describe('bytes', () => {
  it('may be a part of a larger buffer', () => {
    const bytes = utf8('xx{"metadata":{"a":"b"}}yy')
    assert.equal(check(around(bytes.subarray(2, -2))).ok, true)
  })

  it('may be shared memory', () => {
    const text = utf8('{"metadata":{"a":"b"}}')
    const shared = new Uint8Array(new SharedArrayBuffer(text.length))
    shared.set(text)
    assert.equal(check(around(shared)).ok, true)
  })

  it('count as they are, whatever length they claim to have', () => {
    const bytes = utf8(`{"metadata":{"a":"${'b'.repeat(400)}"}}`)
    Object.defineProperties(bytes, {
      length: { value: 2 },
      byteLength: { value: 2 },
      [Symbol.toStringTag]: { value: 'Nothing' },
    })
    assert.equal(check(around(bytes)).ok, true)
  })

  it('of another kind are no body', () => {
    for (const bytes of [new Uint16Array(2), new DataView(new ArrayBuffer(2)), new ArrayBuffer(2)]) {
      assert.deepEqual(places(check(around(bytes)).errors), ['not-json /body'])
    }
  })
})

describe('a body alone', () => {
  it('has issues whose places begin at the body', () => {
    assert.deepEqual(errorsIn({ video_mixed_layuot: 'gallery_view_v2' }), ['unknown-key /video_mixed_layuot'])
  })

  it('may be text or bytes, with positions', () => {
    const [issue] = startRecording.body.check('{\n "video_mixed_layuot": "x" }').errors
    assert.deepEqual([issue?.pointer, issue?.line, issue?.column], ['/video_mixed_layuot', 2, 2])
    assert.equal(startRecording.body.check(utf8('{"metadata":{}}')).ok, true)
  })

  it('has its defaults in its value', () => {
    const report = startRecording.body.check({})
    assert.equal(report.ok, true)
    assert.equal(report.value?.video_mixed_layout, 'speaker_view')
    assert.equal(Object.hasOwn(report.value ?? {}, 'retention'), false)
  })

  it('never changes the object that was given', () => {
    const body = Object.freeze({ metadata: Object.freeze({ a: 'b' }) })
    startRecording.body.check(body)
    assert.deepEqual(body, { metadata: { a: 'b' } })
  })
})

describe('options that go on to a third party', () => {
  it('come out exactly as they went in', () => {
    const provider = { assembly_ai_v3_streaming: { language_detection: true } }
    const report = startRecording.body.check({ transcript: { provider } })
    assert.deepEqual(report.value?.transcript?.provider, provider)
  })
})
