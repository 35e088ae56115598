// What a gateway spends on those who ask, and how it makes them wait.
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import type { Limiter } from '../limiter/limiter.js'
import { Problem } from './problem.js'

/**
 * What a gateway spends on a request.
 *
 * @example
 * ```ts
 * const limits: GatewayLimits = { perCaller: { requests: 10, seconds: 60 } }
 * ```
 */
export interface GatewayLimits {
  /**
   * Bytes of what is posted.
   *
   * @default 65536
   */
  readonly bytes?: number | undefined
  /**
   * Milliseconds in which all of it has to be there.
   *
   * @default 10000
   */
  readonly readTimeout?: number | undefined
  /**
   * Milliseconds that a request waits for each limit of the service, at each try. Then it is answered with 429.
   *
   * @default 10000
   */
  readonly wait?: number | undefined
  /**
   * Requests that wait at once. Others are answered with 429 immediately.
   *
   * @default 1000
   */
  readonly waiting?: number | undefined
  /** Requests of one caller within some seconds. Callers are told apart by the option `identify`. */
  readonly perCaller?: { readonly requests: number; readonly seconds: number } | undefined
}

export type CheckedLimits = Readonly<Record<'bytes' | 'readTimeout' | 'wait' | 'waiting', number>> &
  Pick<GatewayLimits, 'perCaller'>

const standard = { bytes: 0x1_0000, readTimeout: 10_000, wait: 10_000, waiting: 1000 }

/** @throws {@link InvalidOptionsError} */
export function checkLimits(limits: GatewayLimits = {}): CheckedLimits {
  const names = [...Object.keys(standard), 'perCaller']
  for (const [name, value] of Object.entries<unknown>({ ...limits })) {
    if (!names.includes(name))
      throw new InvalidOptionsError(`limits.${name}`, `limits has no "${name}". There are ${names.join(', ')}.`)
    if (value === undefined || name === 'perCaller') continue
    if (!Number.isSafeInteger(value) || Number(value) < 0 || Number(value) >= 2 ** 31)
      throw new InvalidOptionsError(`limits.${name}`, `limits.${name} is a whole number, 0 or above.`)
  }
  const { perCaller } = limits
  if (perCaller !== undefined && !(perCaller.requests >= 1 && perCaller.seconds > 0))
    throw new InvalidOptionsError('limits.perCaller', 'limits.perCaller is like { requests: 10, seconds: 60 }.')
  const { bytes, readTimeout, wait, waiting } = standard
  return {
    bytes: limits.bytes ?? bytes,
    readTimeout: limits.readTimeout ?? readTimeout,
    wait: limits.wait ?? wait,
    waiting: limits.waiting ?? waiting,
    perCaller,
  }
}

/** A limiter that lets nobody wait longer than the limits say, and no more than so many at once. */
export function limitWaiting(limiter: Limiter, { wait, waiting }: CheckedLimits): Limiter {
  // Until when each of them waits at most: of whoever is stopped before that, with all its timers, nobody hears again.
  const waits = new Set<{ readonly until: number }>()
  return {
    async acquire(bucket, { signal } = {}) {
      const busy = () =>
        new Problem('rate-limit', 'There are too many requests to wait for their turn.', {
          retryAfter: Math.min(bucket.seconds, 60),
        })
      const now = performance.now()
      for (const each of waits) if (each.until < now) waits.delete(each)
      if (waits.size >= waiting) throw busy()
      signal?.throwIfAborted()
      const controller = new AbortController()
      const abort = () => {
        controller.abort(signal?.reason)
      }
      signal?.addEventListener('abort', abort, { once: true })
      const timer = setTimeout(() => {
        controller.abort(busy())
      }, wait)
      const own = { until: now + wait }
      waits.add(own)
      try {
        return await limiter.acquire(bucket, { signal: controller.signal })
      } finally {
        waits.delete(own)
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
      }
    },
  }
}
