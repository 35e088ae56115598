// Thrown when the provider could not be reached.
import { CallError } from './call-error.js'

/**
 * The provider could not be reached, or the connection broke while nothing was to be changed. When something may have
 * been changed, it is an {@link OutcomeUnknownError} with this error as its cause.
 *
 * @example
 * ```ts
 * try {
 *   await client.retrieveBot({ id })
 * } catch (error) {
 *   if (error instanceof ConnectionError) console.error(error.status, error.message)
 *   else throw error
 * }
 * ```
 */
export class ConnectionError extends CallError {
  override get name() {
    return 'ConnectionError' as const
  }
}
