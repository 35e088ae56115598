// The engine traps or runs out of memory, for real: that call says so, and the next one finds everything in order.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { engine } from './engine-instance.mjs'

const { EngineFailureError, recall } = await import('recreq')
const { around, thrownBy } = await import('./recall-input.mjs')

const { startRecording } = recall
const secret = 'placeholder-secret-0123456789'
const good = around({ metadata: { secret } })
const expected = startRecording.build(good).body
const roomy = startRecording.with({ limits: { bytes: 1_000_000_000 }, messages: { type: '{actual}?' } })

/** Calls of every kind give what they gave before. */
function expectGoodHealth() {
  assert.equal(startRecording.build(good).body, expected)
  assert.equal(startRecording.body.check('{"metadata":').errors[0]?.code, 'syntax')
  assert.match(roomy.body.check(/** @type {any} */ ({ metadata: true })).errors[0]?.message ?? '', /\?$/)
}

describe('an engine that fails', () => {
  it('traps when its memory is overwritten, and is replaced', () => {
    for (const rubbish of [0xff, 0x7f]) {
      expectGoodHealth()
      const { count, memory } = engine
      new Uint8Array(memory?.buffer ?? new ArrayBuffer(0)).fill(rubbish)
      const error = thrownBy(() => startRecording.build(good))
      assert.ok(error instanceof EngineFailureError, String(error))
      assert.ok(error.cause instanceof WebAssembly.RuntimeError || error.cause instanceof RangeError, String(error.cause))
      assert.ok(!error.message.includes(secret))
      expectGoodHealth()
      assert.equal(engine.count, count + 1)
      assert.ok(!Buffer.from(memory?.buffer ?? new ArrayBuffer(0)).includes(secret), 'nothing stays in the one that failed')
    }
  })

  it('has no room for the text of an input, and is replaced', () => {
    const large = `{"metadata":{"a":"${'x'.repeat(120_000_000)}"}}`
    for (const call of [() => roomy.check(around(large)), () => roomy.build(around(large))]) {
      assert.ok(thrownBy(call) instanceof EngineFailureError)
      expectGoodHealth()
    }
  })

  it('runs out of memory in the middle of a call: an issue or a typed error, and then everything is as before', () => {
    const operation = startRecording.with({ limits: { bytes: 100_000_000, values: 100_000_000 } })
    for (const values of [200_000, 2_000_000]) {
      try {
        const report = operation.body.check(`[${'{},'.repeat(values)}{}]`)
        assert.equal(report.ok, false)
        assert.ok(['too-large', 'type'].includes(report.errors[0]?.code ?? ''), report.errors[0]?.code)
      } catch (error) {
        assert.ok(error instanceof EngineFailureError, String(error))
      }
      expectGoodHealth()
    }
  })

  it('does so again and again without harm', () => {
    for (let i = 0; i < 20; ++i) {
      expectGoodHealth()
      engine.failure = new WebAssembly.RuntimeError('unreachable')
      assert.ok(thrownBy(() => startRecording.build(good)) instanceof EngineFailureError)
      engine.failure = undefined
      expectGoodHealth()
    }
  })
})
