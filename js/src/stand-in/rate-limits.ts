// Counts calls against the documented rate limits: so many in a time, which begins with the first of them.
import type { RateLimit, Route } from './service-document.js'

/** What is left of a limit after a call. */
export interface Allowance {
  readonly limit: RateLimit
  readonly remaining: number
  /** Seconds until there is a whole allowance again. */
  readonly reset: number
}

/** Where a call stands with all limits that count it. */
export interface Allowances {
  /** All limits that count it. */
  readonly all: readonly Allowance[]
  /** The one that it would pass, and which is free again last. */
  readonly exceeded: Allowance | undefined
}

/** Who calls. */
export interface Caller {
  readonly credential: string
  readonly address: string
}

interface Window {
  begin: number
  count: number
}

export class RateLimits {
  readonly #windows = new Map<string, Window>()
  readonly #instead: Pick<RateLimit, 'requests' | 'seconds'> | false | undefined

  /** `instead`: other numbers than the documented ones; false: no limits. */
  constructor(instead: Pick<RateLimit, 'requests' | 'seconds'> | false | undefined) {
    this.#instead = instead
  }

  /** Counts a call, unless it passes one of its limits. */
  count({ provider, name, rateLimits }: Route, { credential, address }: Caller, now: number): Allowances {
    const counted = this.#limits(rateLimits).map((limit) => {
      const who = limit.scope === 'address' ? ['address', address] : ['credential', credential]
      const key = JSON.stringify([provider, limit.together ? '' : name, limit.seconds, ...who])
      return { limit, window: this.#window(key, limit, now) }
    })
    const passed = counted.filter(({ limit, window }) => window.count >= limit.requests)
    if (passed.length === 0) for (const { window } of counted) window.count += 1
    const allowances = (list: typeof counted): Allowance[] =>
      list.map(({ limit, window }) => ({
        limit,
        remaining: Math.max(0, limit.requests - window.count),
        reset: Math.max(1, Math.ceil((window.begin + limit.seconds * 1000 - now) / 1000)),
      }))
    const [exceeded] = allowances(passed).sort((one, other) => other.reset - one.reset)
    return { all: allowances(counted), exceeded }
  }

  #limits(documented: readonly RateLimit[]): readonly RateLimit[] {
    if (this.#instead === false) return []
    if (this.#instead === undefined) return documented
    const { together = false, scope = 'credential', header } = documented[0] ?? {}
    return [{ together, scope, header, ...this.#instead }]
  }

  #window(key: string, { seconds }: RateLimit, now: number): Window {
    let window = this.#windows.get(key)
    if (window === undefined || now >= window.begin + seconds * 1000) {
      window = { begin: now, count: 0 }
      this.#windows.set(key, window)
    }
    return window
  }
}
