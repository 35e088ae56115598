// `with`: other defaults, other severities, other limits; what is no option is refused.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { InvalidOptionsError, RecreqError } from 'recreq'
import * as recall from 'recreq/recall'
import { around, id, thrownBy } from './recall-input.mjs'

const { startRecording } = recall
const separate = around({ video_separate_mp4: {} })
const rule = startRecording.check(separate).errors[0]?.rule ?? ''

/** @param {recall.Operation<any, any>} operation */
const bodyOf = (operation, body = {}) => JSON.parse(String(operation.build(around(body)).body))

describe('options', () => {
  it('choose which defaults are written', () => {
    assert.deepEqual(bodyOf(startRecording.with({ defaults: 'omit' })), {})
    assert.deepEqual(bodyOf(startRecording.with({ defaults: 'explicit' })), bodyOf(startRecording))
    const known = bodyOf(startRecording.with({ defaults: 'known' }))
    for (const [key, value] of Object.entries(bodyOf(startRecording))) assert.deepEqual(known[key], value)
  })

  it('choose what an unlisted field is', () => {
    const input = around({ brand_new_field: { a: 1 } })
    assert.equal(startRecording.check(input).ok, false)
    const warned = startRecording.with({ unknown: 'warn' }).check(input)
    assert.equal(warned.ok, true)
    assert.equal(warned.warnings[0]?.pointer, '/body/brand_new_field')
    assert.deepEqual(startRecording.with({ unknown: 'allow' }).check(input).issues, [])
    assert.deepEqual(bodyOf(startRecording.with({ unknown: 'allow', defaults: 'omit' }), input.body), input.body)
  })

  it('choose the severity of a rule', () => {
    assert.ok(rule)
    assert.equal(startRecording.with({ rules: { [rule]: 'off' } }).check(separate).ok, true)
    const warned = startRecording.with({ rules: { [rule]: 'warning' } }).check(separate)
    assert.equal(warned.ok, true)
    assert.equal(warned.warnings[0]?.rule, rule)
    const informed = startRecording.with({ rules: { [rule]: 'info' } }).check(separate)
    assert.deepEqual([informed.warnings, informed.issues.some((issue) => issue.rule === rule)], [[], true])
    assert.equal(
      startRecording
        .with({ rules: { [rule]: 'off' } })
        .with({ rules: { [rule]: 'error' } })
        .check(separate).ok,
      false,
    )
  })

  it('set limits', () => {
    const small = startRecording.with({ limits: { bytes: 1_000, depth: 3, issues: 2 } })
    assert.equal(small.check(around({ metadata: { a: 'x'.repeat(1_000) } })).errors[0]?.code, 'too-large')
    assert.equal(small.check(around(`{"metadata":{"a":"${'x'.repeat(1_000)}"}}`)).errors[0]?.code, 'too-large')
    assert.equal(
      small.check(around({ transcript: { provider: { deepgram_streaming: {} } } })).errors[0]?.code,
      'too-deep',
    )
    const many = small.check(around({ a: 1, b: 2, c: 3, d: 4 }))
    assert.equal(many.issues.length, 2)
    assert.equal(many.truncated, true)
  })

  it('apply to the body alone and to an operation of the same type', () => {
    const lenient = startRecording.with({ unknown: 'allow', defaults: 'omit' })
    assert.equal(lenient.name, 'startRecording')
    assert.deepEqual(lenient.body.check(/** @type {any} */ ({ a: 1 })).value, { a: 1 })
    assert.equal(startRecording.body.check(/** @type {any} */ ({ a: 1 })).ok, false)
  })

  it('are laid over those from before', () => {
    const first = startRecording.with({ defaults: 'omit', unknown: 'allow', limits: { depth: 10 } })
    const second = first.with({ unknown: 'warn', limits: { bytes: 500 } })
    assert.deepEqual(bodyOf(second), {})
    assert.equal(second.check(around({ a: 1 })).warnings.length, 1)
    assert.equal(second.check(around({ metadata: { a: 'x'.repeat(500) } })).ok, false)
    assert.equal(first.check(around({ a: 1 })).warnings.length, 0)
  })

  it('that are undefined are not there', () => {
    const same = startRecording.with({ defaults: undefined, rules: undefined, limits: { depth: undefined } })
    assert.deepEqual(bodyOf(same), bodyOf(startRecording))
  })

  it('are read once, and never from prototypes', () => {
    try {
      Object.assign(Object.prototype, { unknown: 'allow' })
      assert.equal(startRecording.with({}).check(around({ a: 1 })).ok, false)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'unknown')
    }
    const options = { unknown: /** @type {const} */ ('allow') }
    const lenient = startRecording.with(options)
    Object.assign(options, { unknown: 'error' })
    assert.equal(lenient.check(around({ a: 1 })).ok, true)
  })

  it('can be made without end', () => {
    for (let bytes = 1_000; bytes < 4_000; ++bytes) startRecording.with({ limits: { bytes } })
    assert.equal(startRecording.check({ region: 'us-west-2', id }).ok, true)
  })
})

describe('what is no option', () => {
  for (const [name, options, option, message] of /** @type {[string, unknown, string, RegExp][]} */ ([
    ['an unknown name', { default: 'omit' }, 'default', /no option "default".*"defaults"/],
    ['a name like no other', { colour: 'red' }, 'colour', /There are defaults, unknown, rules, limits/],
    ['a wrong value', { defaults: 'none' }, 'defaults', /one of "explicit", "known", "omit"/],
    ['a misspelt value', { unknown: 'wran' }, 'unknown', /Did you mean "warn"/],
    ['a value of another type', { unknown: true }, 'unknown', /one of/],
    [
      'a misspelt rule',
      { rules: { [`${rule.slice(0, -1)}x`]: 'off' } },
      `rules.${rule.slice(0, -1)}x`,
      new RegExp(`Did you mean "${rule}"`),
    ],
    ['a wrong severity', { rules: { [rule]: 'warn' } }, `rules["${rule}"]`, /Did you mean "warning"/],
    ['rules that are no object', { rules: ['off'] }, 'rules', /is an object/],
    ['an unknown limit', { limits: { byte: 1 } }, 'limits.byte', /Did you mean "bytes"/],
    ['a limit of 0', { limits: { issues: 0 } }, 'limits.issues', /whole number/],
    ['a limit that is no number', { limits: { bytes: '1MB' } }, 'limits.bytes', /whole number/],
    ['more depth than there is', { limits: { depth: 100_000 } }, 'limits.depth', /from 1 to 256/],
    ['a fraction', { limits: { depth: 1.5 } }, 'limits.depth', /whole number/],
    ['nothing', undefined, '', /Options are an object/],
    ['null', null, '', /Options are an object/],
    ['text', 'omit', '', /Options are an object/],
  ])) {
    it(`is refused at once: ${name}`, () => {
      const error = thrownBy(() => startRecording.with(/** @type {any} */ (options)))
      assert.ok(error instanceof InvalidOptionsError)
      assert.ok(error instanceof RecreqError)
      assert.equal(error.name, 'InvalidOptionsError')
      assert.equal(error.option, option)
      assert.match(error.message, message)
    })
  }
})
