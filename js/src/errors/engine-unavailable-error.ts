// Thrown at first use when the engine cannot be started.
import { RecreqError } from './recreq-error.js'

/**
 * The WebAssembly engine cannot be started here: its file is missing or damaged, or the runtime forbids WebAssembly.
 * `cause` has the runtime's own error.
 *
 * @example
 * ```ts
 * try {
 *   recall.startRecording.check(input)
 * } catch (error) {
 *   if (error instanceof EngineUnavailableError) console.error(error.message, error.cause)
 * }
 * ```
 */
export class EngineUnavailableError extends RecreqError {
  override get name() {
    return 'EngineUnavailableError' as const
  }
}
