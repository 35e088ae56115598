// A limiter for one process: callers wait in the order in which they came.
import type { AcquireOptions, Limiter, Permit, RateBucket, RateObservation } from './limiter.js'
import { createLine } from './line.js'
import { SlidingWindow } from './sliding-window.js'

// More buckets than that, and those that nobody uses are looked for.
const manyBuckets = 256
// Milliseconds after which a request counts as answered, if nobody has said so.
const lease = 300_000

/**
 * A limiter that keeps its counts in memory. Clients that are given the same one share its limits; without an option
 * `limiter`, all clients of a process do.
 *
 * @example
 * ```ts
 * const limiter = createMemoryLimiter()
 * const client = createClient(realtimekit, { credentials, limiter })
 * ```
 */
export function createMemoryLimiter(): Limiter {
  const queues = new Map<string, Queue>()
  return {
    acquire(bucket: RateBucket, { signal }: AcquireOptions = {}): Promise<Permit> {
      let queue = queues.get(bucket.key)
      if (queue === undefined) {
        if (queues.size >= manyBuckets) for (const [key, { idle }] of queues) if (idle()) queues.delete(key)
        queue = createQueue(bucket)
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

function createQueue({ requests, seconds }: RateBucket): Queue {
  const window = new SlidingWindow(requests, seconds)
  // Of whoever was stopped in the middle of a call, nobody hears again.
  const leases = new Map<Permit, number>()
  const line = createLine(window, (now) => {
    for (const [permit, until] of leases) {
      if (now < until) break
      void permit.release()
    }
  })

  const permit = (): Permit => {
    let open = true
    const given: Permit = {
      release(observed?: RateObservation) {
        if (!open) return
        open = false
        leases.delete(given)
        window.answered(performance.now(), observed)
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
    idle: () => line.isEmpty() && window.idle(performance.now()),
  }
}
