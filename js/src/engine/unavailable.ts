// Says why the engine cannot be started, and what to do about it.
import { EngineUnavailableError } from '../errors/engine-unavailable-error.js'

// A function that makes a vector: engines without 128-bit vectors do not take it for a module.
const vectorModule = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]

/** The error to throw instead of what the runtime threw. */
export function unavailable(cause: unknown): EngineUnavailableError {
  return new EngineUnavailableError(`The recreq engine cannot be started: ${reasonOf(cause)}`, { cause })
}

function reasonOf(cause: unknown): string {
  if (typeof WebAssembly !== 'object') return 'this runtime has no WebAssembly.'
  const said = cause instanceof Error ? cause.message : String(cause)
  if (/content.security.policy|\bCSP\b|unsafe-eval/i.test(said))
    return `the Content-Security-Policy forbids WebAssembly. Add 'wasm-unsafe-eval' to its script-src; eval stays forbidden. (${said})`
  if (/disallowed by embedder/i.test(said))
    return `WebAssembly may not be made of bytes here. In a page, add 'wasm-unsafe-eval' to the script-src of its Content-Security-Policy; in an edge runtime, import the module 'recreq/recreq.wasm' and give it to 'recreq/slim'. (${said})`
  if (/disallowed on the main thread/i.test(said))
    return `this browser starts it only asynchronously, or in a Worker. Await preload() once, before the first call. (${said})`
  if (!WebAssembly.validate(new Uint8Array(vectorModule)))
    return `it needs WebAssembly's 128-bit vectors: Chrome 91, Firefox 89, Safari 16.4 or newer. (${said})`
  return said
}
