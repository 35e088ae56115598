// Thrown when the state of things does not allow a call now.
import { CallError } from './call-error.js'

/**
 * The state of things does not allow this now: a recording runs already, or a request with the same idempotency key does.
 *
 * @example
 * ```ts
 * try {
 *   await client.startRecording({ id })
 * } catch (error) {
 *   if (error instanceof ConflictError) console.error(error.status, error.message)
 *   else throw error
 * }
 * ```
 */
export class ConflictError extends CallError {
  override get name() {
    return 'ConflictError' as const
  }
}
