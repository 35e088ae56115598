// What the errors of calls over the network have in common.
import type { Issue } from '../issue.js'
import { RecreqError } from './recreq-error.js'

/** What is known of a call that failed. */
export interface CallFailure {
  readonly operation: string
  readonly url: string
  /** How often it was sent. */
  readonly attempts: number
  readonly status?: number | undefined
  /** The provider's own code. */
  readonly code?: string | undefined
  readonly issues?: readonly Issue[] | undefined
  /** Free of secrets. */
  readonly cause?: unknown
}

/**
 * A call that failed on the network or at the provider. Nothing in it holds a credential.
 *
 * @example
 * ```ts
 * const describe = (error: CallError) => `${error.operation} ${error.status ?? ''} ${error.message}`
 * ```
 */
export abstract class CallError extends RecreqError {
  /** The operation, for example `startRecording`. */
  readonly operation: string
  /** Where the request went. */
  readonly url: string
  /** The HTTP status of the last answer; undefined when there was none. */
  readonly status: number | undefined
  /** The provider's own code, for programs. */
  readonly code: string | undefined
  /** What the provider says of single fields, at their places in the input. */
  readonly issues: readonly Issue[]
  /** How often the request was sent. */
  readonly attempts: number

  constructor(message: string, { operation, url, status, code, issues = [], attempts, cause }: CallFailure) {
    super(message, cause === undefined ? undefined : { cause })
    this.operation = operation
    this.url = url
    this.status = status
    this.code = code
    this.issues = issues
    this.attempts = attempts
  }
}
