// Counts the requests of one bucket, so that no window of its length, wherever it begins, has more than are allowed. A
// request counts from when it is sent until the last moment at which the provider can have counted it is as old as the
// window: that of its answer, or, where none was waited for, of its latest arrival.
import type { RateObservation } from './limiter.js'

/** What a window remembers; moments are in milliseconds of the caller's clock. */
export interface WindowState {
  /** Requests on their way. */
  held: number
  /** By when each of those has been counted that still matter, the earliest first. Some of these moments may lie ahead. */
  counted: number[]
  /** What the provider says is left, less what it may not have counted; and until when it says so. */
  left: number
  leftUntil: number
}

export class SlidingWindow {
  readonly state: WindowState
  #requests: number
  #length: number

  constructor(requests: number, seconds: number, state?: WindowState) {
    this.state = state ?? { held: 0, counted: [], left: 0, leftUntil: -Infinity }
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
    const { held, counted, left, leftUntil } = this.state
    if (held + counted.length >= this.#requests) return false
    if (now < leftUntil && left <= 0) return false
    this.state.held += 1
    if (now < leftUntil) this.state.left -= 1
    return true
  }

  /** Milliseconds until one can be sent, if none ends before: infinite when it takes an end. */
  wait(now: number): number {
    this.#forget(now)
    const { held, counted, left, leftUntil } = this.state
    const provider = now < leftUntil && left <= 0 ? leftUntil - now : 0
    if (held + counted.length < this.#requests) return provider
    // Where the limit has shrunk, more than one of them has to go.
    const last = counted[held + counted.length - this.#requests]
    return last === undefined ? Infinity : Math.max(provider, last + this.#length - now)
  }

  /** One is no longer on its way: the provider has counted it by a moment, which may lie ahead. */
  count(by: number): void {
    this.state.held = Math.max(0, this.state.held - 1)
    this.countAnother(by)
  }

  /** One that was thought to be over was not. */
  countAnother(by: number): void {
    const { counted } = this.state
    let at = counted.length
    while (at > 0 && (counted[at - 1] ?? by) > by) --at
    counted.splice(at, 0, by)
  }

  /** One was not sent after all. */
  giveBack(now: number): void {
    this.state.held = Math.max(0, this.state.held - 1)
    if (now < this.state.leftUntil) this.state.left += 1
  }

  /** The provider says what is left. */
  observe(now: number, { remaining, seconds }: RateObservation): void {
    const { state } = this
    // What is on its way, or may be, is perhaps not counted yet in what the provider says.
    const left = remaining - state.held - state.counted.filter((moment) => moment > now).length
    const until = now + seconds * 1000
    const current = now < state.leftUntil
    // A word that allows more may be about the next window: it does not make the stricter one last longer.
    if (current && left > state.left) return
    state.left = left
    state.leftUntil = current ? Math.max(state.leftUntil, until) : until
  }

  /** True when nothing is remembered that could matter. */
  idle(now: number): boolean {
    this.#forget(now)
    return this.state.held === 0 && this.state.counted.length === 0 && now >= this.state.leftUntil
  }

  #forget(now: number): void {
    const { counted } = this.state
    let gone = 0
    while (gone < counted.length && (counted[gone] ?? now) <= now - this.#length) ++gone
    if (gone > 0) counted.splice(0, gone)
  }
}
