// Starting the engine where the runtime forbids it, or allows it only asynchronously.
import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'

const real = { ...functionsOf(WebAssembly) }

const { EngineUnavailableError, preload, recall } = await import('recreq')
const { around, thrownBy } = await import('./recall-input.mjs')

const onTheMainThread = 'WebAssembly.Compile is disallowed on the main thread, if the buffer size is larger than 4KB.'

afterEach(() => Object.assign(WebAssembly, real))

describe('an engine that is refused', () => {
  /** @type {[string, Error, RegExp][]} */
  const refusals = [
    [
      'by a Content-Security-Policy in Chromium',
      new WebAssembly.CompileError(
        `WebAssembly.Module(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because 'unsafe-eval' is not an allowed source of script`,
      ),
      /Content-Security-Policy forbids WebAssembly\. Add 'wasm-unsafe-eval' to its script-src/,
    ],
    [
      'by a Content-Security-Policy in Firefox',
      new WebAssembly.CompileError('call to WebAssembly.Module() blocked by CSP'),
      /Add 'wasm-unsafe-eval' to its script-src/,
    ],
    [
      'by a Content-Security-Policy in WebKit',
      new EvalError("Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not allowed"),
      /Add 'wasm-unsafe-eval' to its script-src/,
    ],
    [
      'by whoever embeds V8',
      new WebAssembly.CompileError('WebAssembly.Module(): Wasm code generation disallowed by embedder'),
      /'wasm-unsafe-eval'.*'recreq\/recreq\.wasm'.*'recreq\/slim'/,
    ],
    ['on the main thread of an older Chromium', new RangeError(onTheMainThread), /Await preload\(\) once/],
  ]
  for (const [who, refusal, advice] of refusals) {
    it(`${who} says what to do`, () => {
      refuse('Module', refusal)
      const error = thrownBy(() => recall.startRecording.check(around({})))
      assert.ok(error instanceof EngineUnavailableError)
      assert.match(error.message, advice)
      assert.equal(error.cause, refusal)
    })
  }

  it('for want of 128-bit vectors names the browsers that have them', () => {
    refuse('Module', new WebAssembly.CompileError('invalid opcode 253'))
    Object.assign(WebAssembly, { validate: () => false })
    assert.match(/** @type {Error} */ (thrownBy(() => recall.startRecording.check(around({})))).message, /Safari 16\.4/)
  })

  it('asynchronously rejects with the same error', async () => {
    const refusal = new WebAssembly.CompileError('call to WebAssembly.compile() blocked by CSP')
    Object.assign(WebAssembly, { compile: () => Promise.reject(refusal) })
    await assert.rejects(preload(), (error) => {
      assert.ok(error instanceof EngineUnavailableError)
      assert.match(error.message, /'wasm-unsafe-eval'/)
      return error.cause === refusal
    })
  })
})

describe('preload', () => {
  it('starts the engine where nothing may be compiled or started synchronously', async () => {
    refuse('Module', new RangeError(onTheMainThread))
    refuse('Instance', new RangeError('WebAssembly.Instance is disallowed on the main thread'))
    await Promise.all([preload(), preload()])
    // A number with a fraction is written by JavaScript, which the engine calls.
    const body = { metadata: {}, transcript: { provider: { assembly_ai_v3_streaming: { vad_threshold: 0.25 } } } }
    const report = recall.startRecording.with({ unknown: 'allow' }).body.check(/** @type {object} */ (body))
    assert.match(JSON.stringify(report.value), /0\.25/)
  })

  it('does nothing when the engine is running', async () => {
    recall.startRecording.check(around({}))
    Object.assign(WebAssembly, { compile: () => assert.fail('compiled again') })
    await preload()
  })
})

/**
 * @param {'Module' | 'Instance'} name
 * @param {Error} refusal
 */
function refuse(name, refusal) {
  const Refusing = function () {
    throw refusal
  }
  // What is not a constructor's own still works.
  Object.assign(WebAssembly, { [name]: Object.assign(Refusing, { imports: real.Module.imports }) })
}

/** @param {typeof WebAssembly} namespace */
function functionsOf({ Module, Instance, compile, validate }) {
  return { Module, Instance, compile, validate }
}
