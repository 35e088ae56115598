// Thrown by `with` when an option is not one.
import { RecreqError } from './recreq-error.js'

/**
 * An option that does not exist, or has a value that it cannot have.
 *
 * @example
 * ```ts
 * try {
 *   recall.startRecording.with(JSON.parse(settings))
 * } catch (error) {
 *   if (error instanceof InvalidOptionsError) console.error(error.option, error.message)
 * }
 * ```
 */
export class InvalidOptionsError extends RecreqError {
  /** The option at fault, for example `limits.depth`; empty when it is the options as a whole. */
  readonly option: string

  constructor(option: string, message: string) {
    super(message)
    this.option = option
  }

  override get name() {
    return 'InvalidOptionsError' as const
  }
}
