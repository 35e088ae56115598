// Counts the requests of one bucket, so that no window of its length, wherever it begins, has more than are allowed. A
// request counts from when it is sent until its answer is as old as the window: whenever in between the provider counted it.
import type { RateObservation } from './limiter.js'

/** What a window remembers; moments are in milliseconds of the caller's clock. */
export interface WindowState {
  /** Requests on their way. */
  held: number
  /** When those were answered that still count, the earliest first. */
  answered: number[]
  /** What the provider says is left, and until when it says so. */
  left: number
  leftUntil: number
}

export class SlidingWindow {
  readonly state: WindowState
  #requests: number
  #length: number

  constructor(requests: number, seconds: number, state?: WindowState) {
    this.state = state ?? { held: 0, answered: [], left: 0, leftUntil: -Infinity }
    this.#requests = requests
    this.#length = seconds * 1000
  }

  /** Takes other numbers: another version of a program may know another limit. */
  resize(requests: number, seconds: number): void {
    this.#requests = requests
    this.#length = seconds * 1000
  }

  /** Sends one, if it may be sent now. */
  take(now: number): boolean {
    this.#forget(now)
    const { held, answered, left, leftUntil } = this.state
    if (held + answered.length >= this.#requests) return false
    if (now < leftUntil && left <= 0) return false
    this.state.held += 1
    if (now < leftUntil) this.state.left -= 1
    return true
  }

  /** Milliseconds until one can be sent, if none is answered before: infinite when it takes an answer. */
  wait(now: number): number {
    this.#forget(now)
    const { held, answered, left, leftUntil } = this.state
    const provider = now < leftUntil && left <= 0 ? leftUntil - now : 0
    const first = answered[0]
    if (held + answered.length < this.#requests) return provider
    return first === undefined ? Infinity : Math.max(provider, first + this.#length - now)
  }

  /** One was answered. */
  answered(now: number, observed?: RateObservation): void {
    const { state } = this
    state.held = Math.max(0, state.held - 1)
    state.answered.push(now)
    if (observed === undefined) return
    // Requests on their way may not be counted yet in what the provider says.
    const left = Math.max(0, observed.remaining - state.held)
    const until = now + observed.seconds * 1000
    const current = now < state.leftUntil
    state.left = current ? Math.min(state.left, left) : left
    state.leftUntil = current ? Math.max(state.leftUntil, until) : until
  }

  /** True when nothing is remembered that could matter. */
  idle(now: number): boolean {
    this.#forget(now)
    return this.state.held === 0 && this.state.answered.length === 0 && now >= this.state.leftUntil
  }

  #forget(now: number): void {
    const { answered } = this.state
    let gone = 0
    while (gone < answered.length && (answered[gone] ?? now) <= now - this.#length) ++gone
    if (gone > 0) answered.splice(0, gone)
  }
}
