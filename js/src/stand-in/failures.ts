// Failures on demand: what a network and an overloaded service do to a call.
import { InvalidOptionsError } from '../errors/invalid-options-error.js'

/** One failure, read from its text. */
export interface Failure {
  /** As it was written. */
  readonly text: string
  /** Answer with this status; or what happens instead of a whole answer. */
  readonly kind: number | 'ok' | 'timeout' | 'reset' | 'html' | 'slow' | 'drip' | 'stall' | 'cut'
  /** The call takes effect before it fails: the answer is what gets lost. */
  readonly after: boolean
  /** Milliseconds of `slow` and `drip`, seconds of Retry-After, or the name of an example. */
  readonly argument: string | undefined
}

const form = /^(?<kind>ok|timeout|reset|html|slow|drip|stall|cut|[1-5]\d\d)(?<after>-after)?(?::(?<argument>[\w-]+))?$/
// Their answers are made before they fail.
const alwaysAfter = ['slow', 'drip', 'stall', 'cut']

/** Failures in the order in which they will strike. */
export class FailureQueue {
  readonly #waiting: Failure[] = []

  push(failures: string | readonly string[], option: string): void {
    const texts = typeof failures === 'string' ? failures.split(',') : failures
    this.#waiting.push(...texts.map((text) => readFailure(text.trim(), option)))
  }

  next(): Failure | undefined {
    return this.#waiting.shift()
  }
}

/** @throws {@link InvalidOptionsError} */
export function readFailure(text: string, option: string): Failure {
  const parts = form.exec(text)?.groups
  const kind = parts?.['kind']
  const status = Number(kind)
  if (kind === undefined || (status >= 100 && status < 300))
    throw new InvalidOptionsError(
      option,
      `There is no failure "${text}". Write a status such as 503, or timeout, reset, html, slow, drip, stall, cut or ok; ` +
        'reset-after strikes when the call has taken effect, slow:2000 takes two seconds, 429:5 says Retry-After: 5.',
    )
  return {
    text,
    kind: Number.isNaN(status) ? (kind as Failure['kind']) : status,
    after: parts?.['after'] !== undefined || alwaysAfter.includes(kind),
    argument: parts?.['argument'],
  }
}
