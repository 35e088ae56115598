// A line of callers. Each waits by a timer of its own and takes its turn by itself: where requests are kept apart, as in Cloudflare's
// Workers, nobody can wake another's, and who goes away says nothing.
import { sleep } from '../client/waiting.js'
import type { SlidingWindow } from './sliding-window.js'

/** Where a caller stands. */
interface Place {
  /** When it looks again whether it is its turn. */
  looksAt: number
}

export interface Line {
  /** Resolves when the caller has had its turn. Rejects at once with the signal's reason when it is aborted. */
  acquire(signal: AbortSignal | undefined): Promise<void>
  isEmpty(): boolean
}

// Who is later than that is gone.
const lateness = 1000
// How often to look when it takes an answer until there is room: the first of the line, and all others.
const patience = { first: 10, others: 50 }
// However long it takes until there is room by itself: a place may be given back at any moment before.
const longestSleep = 500

/** `before` is called whenever somebody looks. */
export function createLine(window: SlidingWindow, before: (now: number) => void): Line {
  const places = new Set<Place>()

  const first = (now: number): Place | undefined => {
    for (const place of places) {
      if (now < place.looksAt + lateness) return place
      places.delete(place)
    }
    return undefined
  }

  // Milliseconds until it can be a caller's turn, who stands behind another or is the first. A timer may fire a moment early.
  const delayOf = (front: Place | undefined, now: number): number => {
    const room = window.wait(now)
    const sleepFor = (unknown: number) => (room === Infinity ? unknown : Math.min(Math.ceil(room) + 1, longestSleep))
    if (front === undefined) return sleepFor(patience.first)
    return Math.max(sleepFor(patience.others), front.looksAt - now) + 2
  }

  return {
    async acquire(signal) {
      signal?.throwIfAborted()
      const place: Place = { looksAt: performance.now() }
      places.add(place)
      try {
        for (;;) {
          const now = performance.now()
          before(now)
          // One that was late was taken for gone.
          place.looksAt = now
          places.add(place)
          const front = first(now)
          if (front === place && window.take(now)) return
          const wait = delayOf(front === place ? undefined : front, now)
          place.looksAt = now + wait
          await sleep(wait, signal)
        }
      } finally {
        places.delete(place)
      }
    },
    isEmpty: () => places.size === 0,
  }
}
