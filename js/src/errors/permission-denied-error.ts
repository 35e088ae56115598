// Thrown when the credential does not permit a call.
import { CallError } from './call-error.js'

/**
 * The provider knows the credential, and does not permit this: a permission is missing, the account has no credit left,
 * or a firewall turned the request away. `status` tells them apart.
 *
 * @example
 * ```ts
 * try {
 *   await client.startRecording({ id })
 * } catch (error) {
 *   if (error instanceof PermissionDeniedError) console.error(error.status, error.message)
 *   else throw error
 * }
 * ```
 */
export class PermissionDeniedError extends CallError {
  override get name() {
    return 'PermissionDeniedError' as const
  }
}
