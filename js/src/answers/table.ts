// What reading answers needs of a provider's document, as the generated modules have it.
import type { FailureKind } from '../answer.js'

/** The answers of a provider. */
export interface AnswerTable {
  /** The server variable that a credential belongs to, with the host's URL before and behind its value. */
  readonly server?: ServerVariable
  /** Names of fields whose values are secrets. */
  readonly secrets: readonly string[]
  /** Where errors have their code and their words. */
  readonly errors: readonly ErrorMembers[]
  /** What results look like. */
  readonly results: readonly ResultForm[]
  /** What failures mean. */
  readonly failures: readonly DocumentedFailure[]
  readonly operations: Readonly<Record<string, OperationAnswers>>
}

export interface ServerVariable {
  readonly name: string
  /** The server's URL, with the variable in braces. */
  readonly url: string
  readonly values: readonly string[]
}

/** JSON Pointers in an error; `*` stands for each element. What is found first counts. */
export interface ErrorMembers {
  readonly code?: readonly string[]
  readonly message?: readonly string[]
  readonly fields?: FieldMessages
}

/**
 * How an error names fields. `nested`: as keys, nested like the body, and under the keys of `whole` what concerns the
 * object around them. `quoted`: in double quotes before what is wrong with them.
 */
export interface FieldMessages {
  readonly form: 'nested' | 'quoted'
  readonly whole?: readonly string[]
}

/**
 * JSON types, separated by spaces; `true` and `false` are constants. Of members that have to be there, `has` has all
 * types, and of others `may` those that are objects or arrays. Empty types: anything.
 */
export interface ResultForm {
  readonly types: string
  readonly has?: Readonly<Record<string, string>>
  readonly may?: Readonly<Record<string, string>>
}

export interface DocumentedFailure {
  readonly message: string
  readonly kind?: FailureKind
  /** Whether the credential may belong to another value of the server variable. */
  readonly elsewhere?: boolean
}

/** By status: `200`, or `4XX` for those that are not listed. The values are indices into the provider's lists. */
export interface OperationAnswers {
  readonly results: ByStatus
  readonly failures: ByStatus
  /** Failures that are HTML pages. */
  readonly pages?: ByStatus
}

export type ByStatus = Readonly<Record<string, number>>

/** What stands in the table for a status. */
export function entryOf<Entry>(
  entries: readonly Entry[],
  byStatus: ByStatus | undefined,
  status: number,
): Entry | undefined {
  const index = byStatus?.[String(status)] ?? byStatus?.[`${Math.floor(status / 100)}XX`]
  return index === undefined ? undefined : entries[index]
}
