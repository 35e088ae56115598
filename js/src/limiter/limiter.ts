// What paces calls to the limits that a provider publishes. Implement it to share a limit between processes.

/**
 * Requests that a provider counts together.
 *
 * @example
 * ```ts
 * const bucket: RateBucket = { key: 'recall:5f0c1a:startRecording', requests: 300, seconds: 60 }
 * ```
 */
export interface RateBucket {
  /** What is counted together, and for whom. Credentials are in it as a hash, never as they are. */
  readonly key: string
  /** How many requests there may be … */
  readonly requests: number
  /** … within so many seconds. */
  readonly seconds: number
}

/**
 * What an answer says about the limit.
 *
 * @example
 * ```ts
 * const pause: RateObservation = { remaining: 0, seconds: 30 }
 * ```
 */
export interface RateObservation {
  /** How many requests are left … */
  readonly remaining: number
  /** … for so many seconds. */
  readonly seconds: number
}

/**
 * Whether the provider has a request:
 *
 * - `arrived`: it has, and it has counted it by now, since it answered.
 * - `unknown`: nobody knows. The wait for its answer was given up, or the connection broke, and it may still be on its way.
 * - `never`: it has not, and never will: nothing was sent.
 *
 * @example
 * ```ts
 * const arrival: RequestArrival = response === undefined ? 'unknown' : 'arrived'
 * ```
 */
export type RequestArrival = 'arrived' | 'unknown' | 'never'

/**
 * What became of a request.
 *
 * @example
 * ```ts
 * const outcome: RequestOutcome = { arrival: 'arrived', observed: { remaining: 0, seconds: 30 } }
 * ```
 */
export interface RequestOutcome {
  /**
   * Whether the provider has it.
   *
   * @default 'arrived'
   */
  readonly arrival?: RequestArrival | undefined
  /** What its answer says about the limit. */
  readonly observed?: RateObservation | undefined
}

/**
 * Leave to send one request.
 *
 * @example
 * ```ts
 * const permit = await limiter.acquire(bucket)
 * let arrival: RequestArrival = 'unknown'
 * try {
 *   await fetch(request)
 *   arrival = 'arrived'
 * } finally {
 *   await permit.release({ arrival })
 * }
 * ```
 */
export interface Permit {
  /**
   * Says that nobody waits for the request any longer, and what became of it. Only then does its time begin to run out:
   * the provider may have counted it at any moment before. One that may still arrive counts for longer, and one that was
   * never sent gives its place back at once.
   */
  release(outcome?: RequestOutcome): void | Promise<void>
}

/**
 * Paces calls. `createMemoryLimiter` is one for a process, `recreq/limiter/durable-object` one for many isolates.
 *
 * @example
 * ```ts
 * const client = createClient(recall, { region, credentials, limiter: createMemoryLimiter() })
 * ```
 */
export interface Limiter {
  /** Waits until a request may be sent. Rejects at once with the signal's reason when it is aborted. */
  acquire(bucket: RateBucket, options?: AcquireOptions): Promise<Permit>
}

/**
 * What goes along with a wait.
 *
 * @example
 * ```ts
 * const options: AcquireOptions = { signal: AbortSignal.timeout(10_000) }
 * ```
 */
export interface AcquireOptions {
  readonly signal?: AbortSignal | null | undefined
}
