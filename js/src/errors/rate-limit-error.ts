// Thrown when a provider's limit stays reached.
import { CallError, type CallFailure } from './call-error.js'

/**
 * Too many requests, and further tries met the same answer. Nothing was done.
 *
 * @example
 * ```ts
 * try {
 *   await client.startRecording({ id })
 * } catch (error) {
 *   if (error instanceof RateLimitError) queue.push(job, { delaySeconds: error.retryAfter ?? 60 })
 *   else throw error
 * }
 * ```
 */
export class RateLimitError extends CallError {
  /** Seconds to wait before another try, if the provider says so. */
  readonly retryAfter: number | undefined

  constructor(message: string, failure: CallFailure, retryAfter: number | undefined) {
    super(message, failure)
    this.retryAfter = retryAfter
  }

  override get name() {
    return 'RateLimitError' as const
  }
}
