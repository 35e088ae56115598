// Thrown when a call that changes something may have taken effect.
import type { Reconciliation, ReconcileOptions } from '../client/reconciliation.js'
import { CallError, type CallFailure } from './call-error.js'

/**
 * The request was sent, and what became of it is unknown: the connection broke, no answer came in time, or the service
 * failed. It was not repeated, because a second start could make a second recording. The message says what to look at;
 * `reconcile()` looks at it.
 *
 * @example
 * ```ts
 * try {
 *   await client.startRecording({ body: { meeting_id } })
 * } catch (error) {
 *   if (!(error instanceof OutcomeUnknownError)) throw error
 *   const { tookEffect } = await error.reconcile()
 *   if (tookEffect === false) await client.startRecording({ body: { meeting_id } })
 * }
 * ```
 */
export class OutcomeUnknownError extends CallError {
  /** The key under which it was sent: the same call with the same key does not record twice while the key lives. */
  readonly idempotencyKey: string | undefined
  readonly #reconcile: (options: ReconcileOptions) => Promise<Reconciliation>

  constructor(
    message: string,
    failure: CallFailure,
    idempotencyKey: string | undefined,
    reconcile: (options: ReconcileOptions) => Promise<Reconciliation>,
  ) {
    super(message, failure)
    this.idempotencyKey = idempotencyKey
    this.#reconcile = reconcile
  }

  override get name() {
    return 'OutcomeUnknownError' as const
  }

  /**
   * Asks the service whether the call took effect. It changes nothing, and may be asked again: what was sent can take a
   * while to show.
   *
   * @example
   * ```ts
   * const { tookEffect, evidence } = await error.reconcile({ signal: AbortSignal.timeout(10_000) })
   * ```
   */
  reconcile(options: ReconcileOptions = {}): Promise<Reconciliation> {
    return this.#reconcile(options)
  }
}
