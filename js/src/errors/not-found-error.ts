// Thrown when there is no such bot, meeting or recording.
import { CallError } from './call-error.js'

/**
 * There is no such bot, meeting, room or recording, or not for this credential.
 *
 * @example
 * ```ts
 * try {
 *   await client.startRecording({ id })
 * } catch (error) {
 *   if (error instanceof NotFoundError) console.error(error.status, error.message)
 *   else throw error
 * }
 * ```
 */
export class NotFoundError extends CallError {
  override get name() {
    return 'NotFoundError' as const
  }
}
