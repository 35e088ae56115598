// Custom rules and extra bodies that misbehave: a typed error, an end, and nothing assigned through prototypes.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { applyFixes, CustomRuleError, InvalidOptionsError } from 'recreq'
import * as recall from 'recreq/recall'
import { around, thrownBy } from './recall-input.mjs'

const { startRecording } = recall
const bare = startRecording.with({ defaults: 'omit' })

/** @param {(body: any) => any} check */
const withRule = (check) => startRecording.with({ customRules: [{ id: 'team/hostile', check }] })

describe('a custom rule', () => {
  it('that throws anything at all is a typed error with its cause', () => {
    for (const cause of [new Error('x'), 'text', undefined, null, Symbol('x'), { toString: null }]) {
      const error = thrownBy(() => withRule(() => { throw cause }).check(around({})))
      assert.ok(error instanceof CustomRuleError)
      assert.equal(error.cause, cause)
    }
  })

  it('that throws a value of the body does not put it into the message', () => {
    const secret = 'placeholder-secret-0123456789'
    const error = thrownBy(() => withRule(({ metadata }) => { throw new Error(metadata.secret) }).check(around({ metadata: { secret } })))
    assert.ok(!error.message.includes(secret))
  })

  it('that calls its own operation without end is a typed error', () => {
    /** @type {recall.Operation<any, any>} */
    const operation = withRule(() => { operation.check(around({})); return undefined })
    let error = thrownBy(() => operation.check(around({})))
    assert.ok(error instanceof CustomRuleError)
    while (error instanceof CustomRuleError) error = error.cause
    assert.ok(error instanceof RangeError, String(error))
    assert.equal(startRecording.check(around({})).ok, true)
  })

  it('that reports for ever is stopped', () => {
    let made = 0
    const error = thrownBy(() =>
      withRule(function* () {
        for (;;) yield { message: `${++made}` }
      }).check(around({})),
    )
    assert.ok(error instanceof CustomRuleError)
    assert.ok(made <= 101, `${made}`)
  })

  it('that returns issues whose members are getters and proxies gives plain data', () => {
    let reads = 0
    const issue = { get message() { return `read ${++reads}` }, pointer: '/metadata', params: new Proxy({ a: 1 }, {}) }
    const [found] = withRule(() => [issue]).check(around({})).issues
    assert.equal(found?.message, 'read 1')
    assert.equal(reads, 1)
    assert.equal(Object.getOwnPropertyDescriptor(found, 'message')?.value, 'read 1')
  })

  it('that writes `__proto__` changes nobody’s prototype', () => {
    const report = withRule((body) => {
      Reflect.set(body.__proto__, 'polluted', undefined)
      Reflect.deleteProperty(Object.prototype, 'polluted')
      return {
        message: 'x',
        pointer: '/__proto__/polluted',
        params: JSON.parse('{"__proto__":"a"}'),
        fix: [{ op: 'add', path: '/__proto__', value: { polluted: true } }, { op: 'add', path: '/constructor', value: {} }],
      }
    }).check(around({}))
    assert.deepEqual(report.issues[0]?.path, ['body', '__proto__', 'polluted'])
    const mended = applyFixes(around({}), report)
    assert.equal(/** @type {any} */ ({}).polluted, undefined)
    assert.equal(Object.getPrototypeOf(mended.body), Object.prototype)
    assert.deepEqual(Object.keys(mended.body ?? {}), ['__proto__', 'constructor'])
  })
})

describe('an extra body', () => {
  it('with the key `__proto__` is sent with it, and nothing is assigned', () => {
    const extraBody = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"metadata":{"__proto__":"a"}}')
    for (const body of [{ metadata: { b: 'c' } }, '{"metadata":{"b":"c"}}']) {
      const operation = bare.with({ extraBody })
      assert.equal(
        operation.build(around(body)).body,
        '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"metadata":{"__proto__":"a","b":"c"}}',
      )
      const value = /** @type {any} */ (operation.check(around(body)).value?.body)
      assert.equal(Object.getPrototypeOf(value), Object.prototype)
      assert.equal(Object.getPrototypeOf(value.metadata), Object.prototype)
      assert.ok(Object.hasOwn(value, '__proto__'))
    }
    assert.equal(/** @type {any} */ ({}).polluted, undefined)
  })

  it('that is inherited is not there', () => {
    try {
      Object.assign(Object.prototype, { extraBody: { a: 1 } })
      assert.equal(bare.with({}).build(around({})).body, '{}')
    } finally {
      Reflect.deleteProperty(Object.prototype, 'extraBody')
    }
  })

  it('that throws when it is read, that never ends or that is too much is a typed error', () => {
    const circle = {}
    Object.assign(circle, { circle })
    const deep = JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`)
    const wide = Object.fromEntries(Array.from({ length: 100_001 }, (_, index) => [`k${index}`, 1]))
    const throwing = { get a() { throw new Error('no') } }
    for (const extraBody of [circle, deep, wide, throwing, { a: 1n }, { a: 'x'.repeat(2 ** 20) }, { a: '\ud800' }]) {
      assert.ok(thrownBy(() => bare.with({ extraBody: /** @type {any} */ (extraBody) })) instanceof InvalidOptionsError)
    }
  })

  it('that is as large as it may be is laid on', () => {
    const operation = bare.with({ extraBody: { a: 'x'.repeat(900_000) } })
    assert.equal(String(operation.build(around({})).body).length, 900_008)
    assert.equal(operation.check(around('{')).ok, false)
  })
})

describe('messages', () => {
  it('with placeholders of placeholders are filled in once', () => {
    const operation = startRecording.with({ messages: { 'unknown-key': '{key}{key}{nothing}{', 'not-json': '{found}{advice}', 'advice.other': '{found}' } })
    assert.equal(operation.body.check(/** @type {any} */ ({ '{key}zzzzzz': 1 })).errors[0]?.message, '{key}zzzzzz{key}zzzzzz{nothing}{')
    assert.equal(operation.body.check(/** @type {any} */ ({ a: () => 1 })).errors[0]?.message, 'function{found}')
  })

  it('named like members of Object are no messages', () => {
    for (const key of ['toString', '__proto__', 'constructor']) {
      const messages = JSON.parse(`{"${key}":"x"}`)
      assert.ok(thrownBy(() => startRecording.with({ messages })) instanceof InvalidOptionsError, key)
    }
  })
})
