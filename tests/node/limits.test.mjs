// Inputs made to hurt: each is one clear issue, soon, and the next call works.
import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { engine } from './engine-instance.mjs'
import * as recall from 'recreq/recall'
import { around, places } from './recall-input.mjs'

const { startRecording } = recall
const check = (/** @type {any} */ body) => startRecording.check(around(body))

/** @param {number} levels */
function nested(levels) {
  let value = {}
  for (let i = 1; i < levels; ++i) value = { a: value }
  return value
}

afterEach(() => {
  assert.equal(check({ metadata: { next: 'call' } }).ok, true)
})

describe('an input that is too much', () => {
  it('is refused: 100,000 levels, as object and as text', () => {
    const levels = 100_000
    assert.equal(check(nested(levels)).errors[0]?.code, 'too-deep')
    for (const text of ['['.repeat(levels) + ']'.repeat(levels), '{"a":'.repeat(levels) + '1' + '}'.repeat(levels)]) {
      assert.deepEqual(
        check(text).errors.map(({ code }) => code),
        ['too-deep'],
      )
      assert.deepEqual(
        check(new TextEncoder().encode(text)).errors.map(({ code }) => code),
        ['too-deep'],
      )
    }
  })

  it('is refused: 100 MB of text, at its place', () => {
    const text = 'x'.repeat(100_000_000)
    assert.deepEqual(places(check(text).errors), ['too-large /body'])
    assert.deepEqual(places(check({ metadata: { a: text } }).errors), ['too-large /body/metadata/a'])
    assert.deepEqual(places(check({ [text]: 1 }).errors).length, 1)
    assert.deepEqual(places(check(new Uint8Array(100_000_000)).errors), ['too-large /body'])
    assert.deepEqual(places(startRecording.body.check(text).errors), ['too-large '])
  })

  it('is refused: a million keys, a million elements', () => {
    const keys = Object.fromEntries(Array.from({ length: 1_000_000 }, (_, i) => [`key${i}`, i]))
    assert.deepEqual(
      check(keys).errors.map(({ code }) => code),
      ['too-large'],
    )
    assert.deepEqual(
      check({ realtime_endpoints: Array(1_000_000).fill(0) }).errors.map(({ code }) => code),
      ['too-large'],
    )
  })

  it('is refused before the engine has any of it', () => {
    check({})
    const bytes = engine.memory?.buffer.byteLength
    const text = `needle${'x'.repeat(100_000_000)}`
    for (const body of [text, new TextEncoder().encode(text), { metadata: { a: text } }, { [text]: 1 }]) {
      assert.equal(check(body).ok, false)
      assert.equal(engine.remembers('needle'), false)
    }
    check(Object.fromEntries(Array.from({ length: 1_000_000 }, (_, i) => [`needle${i}`, i])))
    assert.equal(engine.remembers('needle'), false)
    assert.equal(engine.memory?.buffer.byteLength, bytes)
  })

  it('is refused: text that fits as characters and not as bytes', () => {
    const text = JSON.stringify({ metadata: { a: '€'.repeat(400_000) } })
    assert.deepEqual(
      check(text).errors.map(({ code }) => code),
      ['too-large'],
    )
    assert.deepEqual(
      check(JSON.parse(text)).errors.map(({ code }) => code),
      ['too-large'],
    )
  })

  it('has no more issues than the limit says', () => {
    const report = check({ realtime_endpoints: Array(10_000).fill(0) })
    assert.equal(report.issues.length, 100)
    assert.equal(report.truncated, true)
    const unknown = check(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`unknown_key_${i}`, 0])))
    assert.equal(unknown.issues.length, 100)
    assert.equal(unknown.truncated, true)
  })

  it('has no more issues than the limit says, even of a million wrong elements', () => {
    const generous = startRecording.with({ limits: { values: 1_100_000, bytes: 16_000_000 } })
    const body = { realtime_endpoints: Array(1_000_000).fill(0) }
    for (const given of [body, JSON.stringify(body)]) {
      const report = generous.check(around(given))
      assert.deepEqual(places(report.issues), Array.from({ length: 100 }, (_, i) => `type /body/realtime_endpoints/${i}`))
      assert.equal(report.truncated, true)
    }
  })

  it('is an issue also where the memory ends before the limits do', () => {
    const boundless = startRecording.with({ limits: { values: 10_000_000, bytes: 100_000_000 } })
    const { issues } = boundless.check(around({ realtime_endpoints: Array(4_000_000).fill(0) }))
    assert.deepEqual(places(issues), ['too-large '])
  })

  it('is read once from its beginning to its end: 50,000 letters as an address or an id', (t) => {
    const long = 'a'.repeat(50_000)
    const endpoint = (/** @type {string} */ url) => ({ type: 'webhook', url, events: ['participant_events.join'] })
    const start = performance.now()
    for (const url of [long, `https://${long}`, `https://${long}@${long}`, `https://a.example/${long}?${long}`, `mailto:${long}@${long}`]) {
      for (const { severity, pointer } of check({ realtime_endpoints: [endpoint(url)] }).issues) {
        assert.match(`${severity} ${pointer}`, /^(error|warning) \/body\/realtime_endpoints\/0\/url$/)
      }
    }
    assert.deepEqual(places(startRecording.check({ region: long, id: long }).errors), ['unknown-value /region', 'format /id'])
    t.diagnostic(`six calls with 50,000 letters and more took ${(performance.now() - start).toFixed(1)} ms`)
  })

  it('is dealt with soon: a key of 60,000 characters', () => {
    const report = check({ ['k'.repeat(60_000)]: 1 })
    assert.equal(report.errors[0]?.code, 'unknown-key')
  })
})

describe('nesting up to the limit', () => {
  it('is the same for an object, text and bytes', () => {
    const lenient = startRecording.with({ unknown: 'allow' })
    for (const [levels, ok] of /** @type {const} */ ([
      [64, true],
      [65, false],
    ])) {
      const body = nested(levels)
      const text = JSON.stringify(body)
      for (const given of [body, text, new TextEncoder().encode(text)]) {
        assert.equal(lenient.check(around(given)).ok, ok, `${levels} levels as ${typeof given}`)
      }
    }
  })
})

describe('a value that JSON does not carry', () => {
  it('is refused at its place: NaN, a cycle, a lone surrogate', () => {
    /** @type {Record<string, unknown>} */
    const cycle = { metadata: {} }
    cycle.transcript = cycle
    assert.deepEqual(places(check({ retention: { type: 'timed', hours: NaN } }).errors), [
      'not-json /body/retention/hours',
    ])
    assert.deepEqual(places(check(cycle).errors), ['cycle /body/transcript'])
    assert.deepEqual(places(check({ metadata: { a: '\ud800' } }).errors), ['lone-surrogate /body/metadata/a'])
  })
})

describe('prototypes', () => {
  it('stay as they are', () => {
    const body = JSON.parse(
      '{"__proto__":{"polluted":1},"metadata":{"__proto__":"a","constructor":"b","prototype":"c"}}',
    )
    for (const given of [body, JSON.stringify(body)]) {
      const report = check(given)
      assert.deepEqual(places(report.errors), ['unknown-key /body/__proto__'])
      assert.equal(Reflect.get({}, 'polluted'), undefined)
    }
    const metadata = JSON.parse('{"__proto__":"a","constructor":"b"}')
    const { value } = check({ metadata })
    assert.deepEqual(Object.entries(value?.body?.metadata ?? {}).sort(), [
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ])
    assert.equal(Object.getPrototypeOf(value?.body?.metadata), Object.prototype)
  })

  it('that are polluted change nothing', () => {
    const before = startRecording.build(around({})).body
    try {
      Object.assign(Object.prototype, { retention: null, region: 'eu-central-1', toJSON: () => 'polluted' })
      assert.equal(startRecording.build(around({})).body, before)
      assert.equal(startRecording.check(/** @type {any} */ ({ id: around().id })).ok, false)
    } finally {
      for (const key of ['retention', 'region', 'toJSON']) Reflect.deleteProperty(Object.prototype, key)
    }
  })
})

describe('an object that runs code when it is read', () => {
  it('is read once: what is checked is what is sent', () => {
    let reads = 0
    const body = {
      get realtime_endpoints() {
        reads += 1
        const url = reads === 1 ? 'https://hooks.example.com/recall/' : 'http://127.0.0.1/'
        return [{ type: 'webhook', url, events: ['participant_events.join'] }]
      },
    }
    const request = startRecording.build(around(body))
    assert.match(String(request.body), /hooks\.example\.com/)
    assert.equal(reads, 1)
  })

  it('is read once also when it is a proxy', () => {
    let reads = 0
    const url = 'https://hooks.example.com/recall/'
    const endpoint = new Proxy(
      { type: 'webhook', url, events: ['participant_events.join'] },
      { get: (target, key) => (key === 'url' && reads++ > 0 ? 'http://127.0.0.1/' : Reflect.get(target, key)) },
    )
    const request = startRecording.build(around({ realtime_endpoints: [endpoint] }))
    assert.equal(JSON.parse(String(request.body)).realtime_endpoints[0].url, url)
    assert.equal(reads, 1)
  })

  it('has no say in how it is written: toJSON is a function like any other', () => {
    const body = { metadata: { a: 'b' }, toJSON: () => ({ metadata: { a: 'another' } }) }
    assert.deepEqual(places(check(body).errors), ['not-json /body/toJSON'])
    const inherited = Object.create({ toJSON: () => ({}) })
    assert.deepEqual(places(check({ metadata: inherited }).errors), ['not-json /body/metadata'])
  })

  it('may call the package meanwhile', () => {
    const request = startRecording.build(
      around({
        metadata: { first: 'a' },
        get start_recording_on() {
          startRecording.build(around({ metadata: { inner: 'x'.repeat(500) } }))
          return 'call_join'
        },
      }),
    )
    const body = JSON.parse(String(request.body))
    assert.deepEqual([body.metadata, body.start_recording_on], [{ first: 'a' }, 'call_join'])
  })

  it('may fail: an issue, not an exception', () => {
    const body = {
      get metadata() {
        throw new Error('not today')
      },
    }
    assert.deepEqual(places(check(body).errors), ['not-json /body/metadata'])
    assert.deepEqual(
      places(
        startRecording.check(
          new Proxy(around(), {
            ownKeys: () => {
              throw new Error('no')
            },
          }),
        ).errors,
      ),
      ['not-json '],
    )
  })
})
