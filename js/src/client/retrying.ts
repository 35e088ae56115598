// When the same request may be sent again, and how long to wait before.
import type { OperationPolicy } from './service.js'

/**
 * How often and how patiently a request is repeated; whether it may be is the provider's to say.
 *
 * @example
 * ```ts
 * const patient: RetryOptions = { limit: 5, maxRetryAfter: 300_000 }
 * ```
 */
export interface RetryOptions {
  /**
   * How many times a request is repeated at most.
   *
   * @default 3
   */
  readonly limit?: number | undefined
  /**
   * Milliseconds before the first repetition, where the provider does not say; doubled each time, and shortened at
   * random by up to half, so that callers do not come back all at once.
   *
   * @default 500
   */
  readonly backoff?: number | undefined
  /**
   * What those milliseconds may grow to.
   *
   * @default 8000
   */
  readonly backoffLimit?: number | undefined
  /**
   * What is waited at most when the provider says how long.
   *
   * @default 60000
   */
  readonly maxRetryAfter?: number | undefined
}

export type RetryPolicy = { readonly [Name in keyof RetryOptions]-?: number }

export const defaultRetryPolicy: RetryPolicy = {
  limit: 3,
  backoff: 500,
  backoffLimit: 8000,
  maxRetryAfter: 60_000,
}

/** Whether a status says that the same request may be sent again. */
export function mayRepeatAfter(status: number, policy: OperationPolicy, withKey: boolean): boolean {
  const { always = [], withKey: keyed = [] } = policy.retry ?? {}
  return always.includes(status) || (withKey && keyed.includes(status))
}

/** Milliseconds to wait before repetition `count` (from 1): what the answer asks for, within bounds, or a backoff. */
export function delayBefore(count: number, headers: Headers | undefined, retry: RetryPolicy): number {
  const asked = parseRetryAfter(headers?.get('retry-after') ?? undefined, Date.now())
  if (asked !== undefined) return Math.min(asked, retry.maxRetryAfter)
  const full = Math.min(retry.backoff * 2 ** (count - 1), retry.backoffLimit)
  return full * (1 - Math.random() / 2)
}

/** Milliseconds that a Retry-After asks for, as seconds or as a date; undefined for what is neither, or in the past. */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? ''
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000
  // Of what Date.parse takes beyond dates ("7", "-5"), nothing is meant as one.
  if (!/^[A-Za-z]{3,9}, /.test(text)) return undefined
  const moment = Date.parse(text)
  return Number.isNaN(moment) || moment <= now ? undefined : moment - now
}
