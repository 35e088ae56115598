// Thrown when an answer is not what the provider documents.
import { CallError } from './call-error.js'

/**
 * What came back is not an answer: a page of HTML, an answer that is cut off or too large, a redirect, or a success
 * that says of itself that it is none.
 *
 * @example
 * ```ts
 * try {
 *   await client.retrieveBot({ id })
 * } catch (error) {
 *   if (error instanceof ResponseUnreadableError) console.error(error.status, error.message)
 *   else throw error
 * }
 * ```
 */
export class ResponseUnreadableError extends CallError {
  override get name() {
    return 'ResponseUnreadableError' as const
  }
}
