// Thrown when the engine fails in the middle of a call.
import { RecreqError } from './recreq-error.js'

/**
 * The engine failed in the middle of a call; whether the input was right is unknown. The failed instance is thrown
 * away, and the next call gets a fresh one. An input cannot cause this by being wrong: please report it.
 *
 * @example
 * ```ts
 * try {
 *   recall.startRecording.check(input)
 * } catch (error) {
 *   if (error instanceof EngineFailureError) console.error(error.message, error.cause)
 * }
 * ```
 */
export class EngineFailureError extends RecreqError {
  override get name() {
    return 'EngineFailureError' as const
  }
}
