// A limiter for one process: callers wait in the order in which they came.
import type { AcquireOptions, Limiter, Permit, RateBucket, RateObservation } from './limiter.js'
import { SlidingWindow } from './sliding-window.js'

// More buckets than that, and those that nobody uses are looked for.
const manyBuckets = 256

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
  const waiting = new Set<() => void>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const permit = (): Permit => {
    let open = true
    return {
      release(observed?: RateObservation) {
        if (!open) return
        open = false
        window.answered(performance.now(), observed)
        serve()
      },
    }
  }

  const serve = () => {
    clearTimeout(timer)
    timer = undefined
    for (const grant of waiting) {
      if (!window.take(performance.now())) break
      waiting.delete(grant)
      grant()
    }
    if (waiting.size === 0) return
    const wait = window.wait(performance.now())
    // A timer may fire a moment early.
    if (wait !== Infinity) timer = setTimeout(serve, Math.min(Math.ceil(wait) + 1, 2 ** 31 - 1))
  }

  return {
    acquire(bucket, signal) {
      window.resize(bucket.requests, bucket.seconds)
      return new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason as Error)
          return
        }
        const abort = () => {
          waiting.delete(grant)
          reject(signal?.reason as Error)
          serve()
        }
        const grant = () => {
          signal?.removeEventListener('abort', abort)
          resolve(permit())
        }
        signal?.addEventListener('abort', abort, { once: true })
        waiting.add(grant)
        // Whoever came before is served before.
        if (waiting.size === 1) serve()
      })
    },
    idle: () => waiting.size === 0 && window.idle(performance.now()),
  }
}
