// A limiter for one process: callers wait in the order in which they came.
import { checkSeconds, defaultGrace } from './grace.js'
import type { AcquireOptions, Limiter, Permit, RateBucket, RequestOutcome } from './limiter.js'
import { createLine } from './line.js'
import { SlidingWindow } from './sliding-window.js'

/**
 * How a limiter in memory behaves.
 *
 * @example
 * ```ts
 * const options: MemoryLimiterOptions = { grace: 60 }
 * ```
 */
export interface MemoryLimiterOptions {
  /**
   * Seconds in which a request that was given up may still reach the provider. It keeps its place for so long, and then
   * for as long as the limit's window.
   *
   * @default 30
   */
  readonly grace?: number | undefined
}

// More buckets than that, and those that nobody uses are looked for.
const manyBuckets = 256
// Milliseconds after which a request counts as given up, if nobody has said what became of it.
const lease = 300_000

/**
 * A limiter that keeps its counts in memory. Clients that are given the same one share its limits; without an option
 * `limiter`, all clients of a process do.
 *
 * @throws {@link InvalidOptionsError}
 * @example
 * ```ts
 * const limiter = createMemoryLimiter()
 * const client = createClient(realtimekit, { credentials, limiter })
 * ```
 */
export function createMemoryLimiter({ grace = defaultGrace }: MemoryLimiterOptions = {}): Limiter {
  checkSeconds('grace', grace)
  const queues = new Map<string, Queue>()
  return {
    acquire(bucket: RateBucket, { signal }: AcquireOptions = {}): Promise<Permit> {
      let queue = queues.get(bucket.key)
      if (queue === undefined) {
        if (queues.size >= manyBuckets) for (const [key, { idle }] of queues) if (idle()) queues.delete(key)
        queue = createQueue(bucket, grace)
        queues.set(bucket.key, queue)
      }
      return queue.acquire(bucket, signal ?? undefined)
    },
  }
}

interface Queue {
  acquire(bucket: RateBucket, signal: AbortSignal | undefined): Promise<Permit>
  idle(): boolean
}

function createQueue({ requests, seconds }: RateBucket, grace: number): Queue {
  const window = new SlidingWindow(requests, seconds)
  // Of whoever was stopped in the middle of a call, nobody hears again.
  const leases = new Map<Permit, number>()
  const endLeases = (now: number) => {
    for (const [permit, until] of leases) {
      if (now < until) break
      leases.delete(permit)
      window.count(until + grace * 1000)
    }
  }
  const line = createLine(window, endLeases)

  const permit = (): Permit => {
    let open = true
    const given: Permit = {
      release({ arrival, observed }: RequestOutcome = {}) {
        if (!open) return
        open = false
        const now = performance.now()
        const isHeld = leases.delete(given)
        const by = arrival === 'unknown' ? now + grace * 1000 : now
        if (arrival !== 'never') {
          // One that was taken for gone was not: the provider may have counted its request only now.
          if (isHeld) window.count(by)
          else window.countAnother(by)
        } else if (isHeld) {
          window.giveBack(now)
        }
        if (observed !== undefined) window.observe(now, observed)
      },
    }
    leases.set(given, performance.now() + lease)
    return given
  }

  return {
    async acquire(bucket, signal) {
      window.resize(bucket.requests, bucket.seconds)
      await line.acquire(signal)
      return permit()
    },
    idle() {
      const now = performance.now()
      endLeases(now)
      return line.isEmpty() && window.idle(now)
    },
  }
}
