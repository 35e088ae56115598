// Starting the engine ahead of its first use, where that cannot be done on the spot.
import { ownEngine } from './engine/own-engine.js'

/**
 * Compiles and starts the engine asynchronously. Nobody needs it but pages for browsers that refuse to compile WebAssembly
 * on the main thread (Chrome before 114), and those that want no work in their first call.
 *
 * @throws {@link EngineUnavailableError} (the promise is rejected) when the engine cannot be started here.
 * @example
 * ```ts
 * await recall.preload()
 * const report = recall.startRecording.check(input)
 * ```
 */
export function preload(): Promise<void> {
  return ownEngine.preload()
}
