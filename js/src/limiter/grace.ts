// How long a request that was given up may still be on its way, as both limiters take it.
import { InvalidOptionsError } from '../errors/invalid-options-error.js'

/** Seconds, when nobody says. */
export const defaultGrace = 30

/** @throws {@link InvalidOptionsError} */
export function checkSeconds(name: string, seconds: number): void {
  if (!Number.isFinite(seconds) || seconds < 0)
    throw new InvalidOptionsError(name, `The option ${name} is a number of seconds, 0 or above.`)
}
