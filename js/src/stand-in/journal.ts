// What the stand-in was asked and what it answered, for tests: without credentials and secrets.
import type { ProviderName } from '../provider-document.js'
import type { JsonValue } from '../types.js'

/**
 * One call, as the stand-in saw it.
 *
 * @example
 * ```ts
 * const starts = standIn.journal.filter((entry) => entry.started !== undefined)
 * assert.equal(starts.length, 1, 'recorded once, whatever was repeated')
 * ```
 */
export interface JournalEntry {
  /** From 1, in the order of arrival. */
  readonly number: number
  /** When its head arrived, by the stand-in's clock. */
  readonly time: string
  /** When the whole of it was there; undefined as long as that is not so, and when it was broken off. */
  readonly received?: string
  /** Undefined when nothing is at this address. */
  readonly provider: ProviderName | undefined
  /** The operation's name; undefined when nothing is at this address. */
  readonly operation: string | undefined
  readonly method: string
  /** With the query. */
  readonly path: string
  /** In lower case. Of the one with the credential only the form is there: `Token (hidden)`. */
  readonly headers: Readonly<Record<string, string>>
  /** Secrets are replaced by `(hidden)`. Text that is not JSON is left out. */
  readonly body?: JsonValue
  /** What was answered; undefined while nothing is, and when there was no whole answer. */
  readonly status?: number
  /** The failure that struck, as it was asked for. */
  readonly failure?: string
  /** The answer was that of an earlier call with the same idempotency key. */
  readonly replayed?: boolean
  /** The id of the recording that this call began. */
  readonly started?: string
}

/** An entry that is still being written. */
export type OpenEntry = { -readonly [Member in keyof JournalEntry]: JournalEntry[Member] }

export const hidden = '(hidden)'

// Enough for any test, and an end to what a server that runs for weeks keeps.
const mostEntries = 100_000

export class Journal {
  entries: OpenEntry[] = []
  #count = 0

  begin(entry: Omit<OpenEntry, 'number'>): OpenEntry {
    const open: OpenEntry = { number: ++this.#count, ...entry }
    if (this.entries.length >= mostEntries) this.entries = this.entries.slice(mostEntries / 2)
    this.entries.push(open)
    return open
  }

  clear(): void {
    this.entries = []
  }
}

/** The same value without what stands under the names of secrets. */
export function withoutSecrets(value: JsonValue, secrets: ReadonlySet<string>): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((element: JsonValue) => withoutSecrets(element, secrets))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      secrets.has(name) && member !== null ? hidden : withoutSecrets(member, secrets),
    ]),
  )
}
