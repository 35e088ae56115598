// The engine's one instance: started at first use, replaced after a failure, with nothing of a call left in its memory.
import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { engine } from './engine-instance.mjs'

let compilations = 0
const RealModule = WebAssembly.Module
Object.assign(WebAssembly, {
  Module: class extends RealModule {
    /** @param {BufferSource} bytes */
    constructor(bytes) {
      compilations += 1
      super(bytes)
    }
  },
})

const { EngineFailureError, EngineUnavailableError, recall } = await import('recreq')
const { around, thrownBy } = await import('./recall-input.mjs')

const { startRecording } = recall
const lenient = { unknown: /** @type {const} */ ('allow') }

afterEach(() => {
  engine.failure = undefined
  engine.refusal = undefined
})

describe('the engine', () => {
  it('is not started by an import', () => {
    assert.equal(compilations, 0)
    assert.equal(engine.count, 0)
  })

  it('that cannot be started says why, and is tried again by the next call', () => {
    engine.refusal = new WebAssembly.CompileError('code generation disallowed by embedder')
    const error = thrownBy(() => startRecording.check(around({})))
    assert.ok(error instanceof EngineUnavailableError)
    assert.equal(error.name, 'EngineUnavailableError')
    assert.match(error.message, /code generation disallowed/)
    assert.equal(error.cause, engine.refusal)
    engine.refusal = undefined
    assert.equal(startRecording.check(around({})).ok, true)
  })

  it('is compiled and started once for all operations', () => {
    startRecording.with(lenient).check(around({}))
    assert.ok(recall.spec.date)
    assert.equal(compilations, 1)
    assert.equal(engine.count, 1)
  })

  it('that fails is thrown away, and the next call gets a fresh one with the same options', () => {
    const operation = startRecording.with(lenient)
    const input = around({ brand_new: 1 })
    assert.equal(operation.check(input).ok, true)
    for (const failure of [
      new WebAssembly.RuntimeError('unreachable'),
      new RangeError('Maximum call stack size exceeded'),
    ]) {
      const before = engine.count
      engine.failure = failure
      for (const call of [() => operation.check(input), () => operation.build(input)]) {
        const error = thrownBy(call)
        engine.failure = undefined
        assert.ok(error instanceof EngineFailureError)
        assert.equal(error.name, 'EngineFailureError')
        assert.equal(error.cause, failure)
        assert.equal(operation.check(input).ok, true)
        engine.failure = failure
      }
      engine.failure = undefined
      assert.equal(engine.count, before + 2)
      assert.equal(startRecording.check(input).ok, false)
      assert.equal(startRecording.check(around({})).ok, true)
    }
  })

  it('that fails while it learns of options is replaced, too', () => {
    engine.failure = new WebAssembly.RuntimeError('unreachable')
    assert.ok(
      thrownBy(() => startRecording.with({ unknown: 'warn', limits: { depth: 9 } })) instanceof EngineFailureError,
    )
    engine.failure = undefined
    assert.equal(startRecording.with({ unknown: 'warn' }).check(around({ a: 1 })).ok, true)
  })
})

describe('memory', () => {
  it('has nothing of a call in it afterwards', () => {
    const secret = 'placeholder-secret-0123456789'
    const body = { metadata: { secret }, surprising_key: secret }
    for (const given of [body, JSON.stringify(body), new TextEncoder().encode(JSON.stringify(body))]) {
      startRecording.with(lenient).build(around(given))
      assert.equal(engine.remembers(secret), false)
      startRecording.check(around(given))
      assert.equal(engine.remembers(secret), false)
      assert.equal(thrownBy(() => startRecording.build(around(given))).name, 'RequestInvalidError')
      assert.equal(engine.remembers(secret), false)
    }
  })

  it('of a failed instance has nothing of the call in it', () => {
    const failed = engine.memory
    const body = {
      metadata: { secret: 'placeholder-secret-9876543210' },
    }
    engine.failure = new WebAssembly.RuntimeError('unreachable')
    thrownBy(() => startRecording.check(around(body)))
    assert.ok(!Buffer.from(failed?.buffer ?? new ArrayBuffer(0)).includes('placeholder-secret'))
  })

  it('never sees a credential', () => {
    const apiKey = 'placeholder-key-0123456789'
    startRecording.build(around({})).toRequest({ apiKey })
    assert.equal(engine.remembers(apiKey), false)
  })

  it('is read anew when it grew', () => {
    const size = () => engine.memory?.buffer.byteLength ?? 0
    const operation = startRecording.with({ ...lenient, limits: { bytes: 16_000_000 } })
    assert.equal(startRecording.check(around({})).ok, true)
    const before = size()
    const large = { metadata: {}, large: 'é'.repeat(4_000_000) }
    for (const given of [large, JSON.stringify(large)]) {
      const { body } = operation.build(around(given))
      assert.equal(JSON.parse(String(body)).large, large.large)
    }
    assert.ok(size() > before)
    assert.equal(startRecording.check(around({})).ok, true)
  })

  it('holds as many large sets of options as anybody makes, one after another', () => {
    for (let i = 0; i < 80; ++i) {
      const extraBody = { picture: `${i}`.padEnd(400_000, 'é') }
      assert.equal(startRecording.with({ extraBody }).check(around({})).ok, true)
    }
  })

  it('does not grow with the number of calls', () => {
    const size = () => engine.memory?.buffer.byteLength
    const good = around({ metadata: { a: 'b' } })
    const bad = around('{"video_separate_mp4": {}, "unknown": [1, 2, 3]')
    startRecording.build(good)
    startRecording.check(bad)
    const before = size()
    for (let i = 0; i < 50_000; ++i) {
      startRecording.build(good)
      startRecording.check(bad)
    }
    assert.equal(size(), before)
  })
})
