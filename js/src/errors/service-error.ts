// Thrown when the provider fails to answer a question.
import { CallError, type CallFailure } from './call-error.js'

/**
 * The provider failed, and nothing was to be changed: ask again later. When something was to be changed, it is an
 * {@link OutcomeUnknownError}.
 *
 * @example
 * ```ts
 * try {
 *   await client.retrieveBot({ id })
 * } catch (error) {
 *   if (error instanceof ServiceError) console.error(error.status, error.message)
 *   else throw error
 * }
 * ```
 */
export class ServiceError extends CallError {
  /** Seconds to wait before another try, if the provider says so. */
  readonly retryAfter: number | undefined

  constructor(message: string, failure: CallFailure, retryAfter?: number) {
    super(message, failure)
    this.retryAfter = retryAfter
  }

  override get name() {
    return 'ServiceError' as const
  }
}
