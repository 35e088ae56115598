// Thrown when an answer did not come in time.
import { CallError } from './call-error.js'

/**
 * The answer did not come within `timeout`, and nothing was to be changed. When something was to be changed, it is an
 * {@link OutcomeUnknownError} with this error as its cause.
 *
 * @example
 * ```ts
 * try {
 *   await client.retrieveBot({ id })
 * } catch (error) {
 *   if (error instanceof TimeoutError) console.error(error.status, error.message)
 *   else throw error
 * }
 * ```
 */
export class TimeoutError extends CallError {
  override get name() {
    return 'TimeoutError' as const
  }
}
