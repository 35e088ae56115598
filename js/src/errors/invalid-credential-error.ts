// Thrown by `toRequest` when a credential cannot be right.
import { RecreqError } from './recreq-error.js'

/**
 * A credential is missing or cannot be sent as it is. The message never has the credential in it.
 *
 * @example
 * ```ts
 * try {
 *   request.toRequest({ apiKey: process.env.RECALL_API_KEY ?? '' })
 * } catch (error) {
 *   if (error instanceof InvalidCredentialError) console.error(error.message)
 * }
 * ```
 */
export class InvalidCredentialError extends RecreqError {
  /** The credential at fault, for example `apiKey`. */
  readonly credential: string

  constructor(credential: string, message: string) {
    super(message)
    this.credential = credential
  }

  override get name() {
    return 'InvalidCredentialError' as const
  }
}
