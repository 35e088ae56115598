// One thing that is wrong with a configuration, or worth knowing about it.
import type { IssueCode } from './generated/issue-code.js'
import type { JsonValue } from './types.js'

export type { IssueCode }

/**
 * `error`: no request is built. `warning`: the request is built and something in it will probably not do what it says.
 * `info`: good to know.
 *
 * @example
 * ```ts
 * const colour: Record<Severity, string> = { error: 'red', warning: 'orange', info: 'blue' }
 * ```
 */
export type Severity = 'error' | 'warning' | 'info'

/**
 * One operation of a fix, as JSON Patch (RFC 6902) writes it. It applies to the input that was checked.
 *
 * @example
 * ```ts
 * const operation: PatchOperation = { op: 'add', path: '/body/video_mixed_layout', value: 'gallery_view_v2' }
 * ```
 */
export type PatchOperation =
  | { readonly op: 'add'; readonly path: string; readonly value: JsonValue }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move'; readonly from: string; readonly path: string }

/**
 * One problem: what it is, where, and how to mend it. The value of a secret field never appears in an issue.
 *
 * @example
 * ```ts
 * for (const issue of report.issues) console.log(issue.severity, issue.pointer, issue.message)
 * ```
 */
export interface Issue {
  /** What kind of problem it is: stable, for programs. */
  readonly code: IssueCode
  /** The rule that speaks, when `code` is `rule`: the name to use in the option `rules`. */
  readonly rule?: string
  readonly severity: Severity
  /** The place as keys and indices. */
  readonly path: readonly (string | number)[]
  /** The place as a JSON Pointer (RFC 6901). */
  readonly pointer: string
  /** What will happen, where, and what to write: for people. */
  readonly message: string
  /** The details in the message, for programs that word it themselves. */
  readonly params: Readonly<Record<string, string | number>>
  /** The JSON type or the values that may stand here. */
  readonly expected?: string | readonly JsonValue[]
  /** Did you mean this? */
  readonly suggestion?: string
  /** What to do to the input so that this issue goes away. */
  readonly fix?: readonly PatchOperation[]
  /** How sure it is that the provider minds: its own pages say so, it was seen in traffic, or it is our reading. */
  readonly confidence?: 'documented' | 'observed' | 'inferred'
  /** The page where the provider says so. */
  readonly docs?: string
  /** For text and bytes: where it is, in the units of what was given (UTF-16 code units of a string, or bytes). */
  readonly offset?: number
  /** For text and bytes: the line, from 1. */
  readonly line?: number
  /** For text and bytes: the column in UTF-16 code units, from 1, as editors count. */
  readonly column?: number
}

/** A path as a JSON Pointer (RFC 6901). */
export function pointerOf(path: readonly (string | number)[]): string {
  let pointer = ''
  for (const token of path) {
    pointer += '/' + (typeof token === 'number' ? String(token) : token.replaceAll('~', '~0').replaceAll('/', '~1'))
  }
  return pointer
}

/** The keys of a JSON Pointer. */
export function tokensOf(pointer: string): string[] {
  const tokens = pointer.split('/').slice(1)
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}
