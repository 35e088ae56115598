// Counts calls against the documented rate limits: so many in a time, which begins with the first of them.
import type { RateLimit, Route } from './service-document.js'

/** What is left of a limit after a call. */
export interface Allowance {
  readonly limit: RateLimit
  readonly remaining: number
  /** Seconds until there is a whole allowance again. */
  readonly reset: number
  readonly exceeded: boolean
}

export class RateLimits {
  readonly #windows = new Map<string, { begin: number; count: number }>()
  readonly #instead: Omit<RateLimit, 'shared'> | false | undefined

  /** `instead`: other numbers than the documented ones; false: no limits. */
  constructor(instead: Omit<RateLimit, 'shared'> | false | undefined) {
    this.#instead = instead
  }

  /** Counts a call; undefined where there is no limit. */
  count({ provider, name, rateLimit }: Route, credential: string, now: number): Allowance | undefined {
    if (this.#instead === false || (rateLimit === undefined && this.#instead === undefined)) return undefined
    const limit: RateLimit = { requests: 0, seconds: 60, shared: false, ...rateLimit, ...this.#instead }
    const key = JSON.stringify([provider, limit.shared ? '' : name, credential])
    let window = this.#windows.get(key)
    if (window === undefined || now >= window.begin + limit.seconds * 1000) {
      window = { begin: now, count: 0 }
      this.#windows.set(key, window)
    }
    const exceeded = window.count >= limit.requests
    if (!exceeded) window.count += 1
    const reset = Math.max(1, Math.ceil((window.begin + limit.seconds * 1000 - now) / 1000))
    return { limit, remaining: limit.requests - window.count, reset, exceeded }
  }
}
