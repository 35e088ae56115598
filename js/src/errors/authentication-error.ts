// Thrown when the provider does not know the credential.
import { CallError } from './call-error.js'

/**
 * The provider does not accept the credential: it is wrong, outdated, or, where a key belongs to one region, at home in
 * another. The message says which regions there are.
 *
 * @example
 * ```ts
 * try {
 *   await client.startRecording({ id })
 * } catch (error) {
 *   if (error instanceof AuthenticationError) console.error(error.status, error.message)
 *   else throw error
 * }
 * ```
 */
export class AuthenticationError extends CallError {
  override get name() {
    return 'AuthenticationError' as const
  }
}
