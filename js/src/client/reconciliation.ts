// Finds out whether a call took effect whose answer was lost: by what the service shows since.
import { tokensOf } from '../issue.js'
import type { ReconcileDescription, StateDescription } from './service.js'

/**
 * What goes along with the question whether a call took effect.
 *
 * @example
 * ```ts
 * const options: ReconcileOptions = { signal: AbortSignal.timeout(10_000) }
 * ```
 */
export interface ReconcileOptions {
  readonly signal?: AbortSignal | null | undefined
  /** Milliseconds for each try. */
  readonly timeout?: number | undefined
}

/**
 * Whether a call took effect, as far as the service shows.
 *
 * @example
 * ```ts
 * const { tookEffect, message }: Reconciliation = await error.reconcile()
 * if (tookEffect === undefined) alert(message)
 * ```
 */
export interface Reconciliation {
  /** True: it did. False: there is no sign of it so far. Undefined: the service does not tell. */
  readonly tookEffect: boolean | undefined
  /** What shows that it did, for example the recording, as the service has it. */
  readonly evidence: unknown
  /** What was found, for people. */
  readonly message: string
}

/** A page of what the service answers, and by how much its clock is ahead. */
export interface AskedPage {
  readonly value: unknown
  /** Milliseconds. */
  readonly clockAhead: number
}

// The moments of answers are whole seconds, and those of recordings may be rounded.
const tolerance = 2000

/** The input for the operation that knows, out of the input of the call. */
export function questionFor({ input, fixed }: ReconcileDescription, asked: unknown): Record<string, unknown> {
  const question: Record<string, unknown> = { ...fixed }
  for (const [name, pointer] of Object.entries(input)) {
    const value = valueAt(asked, pointer)
    if (value !== undefined) question[name] = value
  }
  return question
}

/** Looks through what the service shows. `sent`: when the call was first sent, by this clock. */
export async function judgeEffect(
  description: ReconcileDescription,
  asked: unknown,
  sent: number,
  pages: AsyncIterable<AskedPage>,
): Promise<Reconciliation> {
  const { times, state, unless, items: place } = description
  let isUndated = false
  for await (const { value, clockAhead } of pages) {
    const found = place === undefined ? value : valueAt(value, place)
    for (const item of Array.isArray(found) ? found : found === undefined ? [] : [found]) {
      if (unless !== undefined && matches(unless, item, asked) === true) continue
      const matched = state === undefined ? true : matches(state, item, asked)
      if (matched === undefined) return untold(description)
      if (!matched) continue
      const moment = times === undefined ? Infinity : firstMoment(item, times)
      if (moment === undefined) isUndated = true
      else if (moment >= sent + clockAhead - tolerance)
        return { tookEffect: true, evidence: item, message: 'It took effect: the service shows it.' }
    }
  }
  if (isUndated) return untold(description)
  const message = `There is no sign of it so far. A call that is still on its way may show later: ${description.look}`
  return { tookEffect: false, evidence: undefined, message }
}

/** When nothing can be said. */
export function untold(description: ReconcileDescription | undefined): Reconciliation {
  const look = description === undefined ? 'what it was to change.' : description.look
  return { tookEffect: undefined, evidence: undefined, message: `The service does not tell. Look at ${look}` }
}

/** What stands at a JSON Pointer. */
export function valueAt(value: unknown, pointer: string): unknown {
  let at = value
  for (const token of tokensOf(pointer)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, token)) return undefined
    at = (at as Record<string, unknown>)[token]
  }
  return at
}

function matches({ at, by, is }: StateDescription, item: unknown, asked: unknown): boolean | undefined {
  let values: readonly string[] | undefined
  if (Array.isArray(is)) values = is as readonly string[]
  else if (by !== undefined) values = valueAt(is, `/${String(valueAt(asked, by))}`) as readonly string[] | undefined
  return values?.includes(String(valueAt(item, at)))
}

function firstMoment(item: unknown, times: readonly string[]): number | undefined {
  const values = times.map((place) => valueAt(item, place))
  const moment = values
    .map((value) => (typeof value === 'string' ? Date.parse(value) : NaN))
    .find((each) => !Number.isNaN(each))
  // null is an answer, too: what has not ended did not end since.
  return moment ?? (values.includes(null) ? -Infinity : undefined)
}
