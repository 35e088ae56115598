// Thrown when a request is wrong: before it is sent, or by the word of the provider.
import { version } from '../generated/version.js'
import type { Issue } from '../issue.js'
import { RecreqError } from './recreq-error.js'

const shownIssues = 3

/** Which facts a request was checked by, and, when the provider refused it, what is known of its answer. */
export interface RefusalContext {
  /** The date of the facts. */
  readonly date?: string | undefined
  readonly status?: number | undefined
  readonly url?: string | undefined
  readonly code?: string | undefined
  /** What the provider says. */
  readonly said?: string | undefined
}

/**
 * The input has errors, and no request was built; or the provider refused the request, and `status` is set. The message
 * has the first of the errors, `issues` has all.
 *
 * @example
 * ```ts
 * try {
 *   recall.startRecording.build(input)
 * } catch (error) {
 *   if (!(error instanceof RequestInvalidError)) throw error
 *   for (const { pointer, message } of error.issues) console.error(pointer, message)
 * }
 * ```
 */
export class RequestInvalidError extends RecreqError {
  /** The operation, for example `startRecording`. */
  readonly operation: string
  /** Everything that was found, warnings too. */
  readonly issues: readonly Issue[]
  /** True when there were more issues than `limits.issues`; the rest is left out. */
  readonly truncated: boolean
  /** The HTTP status; undefined when nothing was sent. */
  readonly status: number | undefined
  /** Where the request went; undefined when nothing was sent. */
  readonly url: string | undefined
  /** The provider's own code, for programs. */
  readonly code: string | undefined

  constructor(operation: string, issues: readonly Issue[], truncated: boolean, context: RefusalContext = {}) {
    super(summarize(operation, issues, truncated, context))
    this.operation = operation
    this.issues = issues
    this.truncated = truncated
    this.status = context.status
    this.url = context.url
    this.code = context.code
  }

  override get name() {
    return 'RequestInvalidError' as const
  }
}

function summarize(operation: string, issues: readonly Issue[], truncated: boolean, context: RefusalContext): string {
  const errors = issues.filter((issue) => issue.severity === 'error')
  const lines = errors
    .slice(0, shownIssues)
    .map(({ pointer, message }) => `  ${pointer === '' ? 'input' : shorten(pointer)}: ${message}`)
  const more = errors.length - lines.length
  if (more > 0) lines.push(`  and ${more}${truncated ? ' or more' : ''} more`)
  const facts = context.date === undefined ? '' : `, facts of ${context.date}`
  const outcome = context.said ?? 'no request was built.'
  return [`${operation}: ${outcome}`, ...lines, `  (recreq ${version}${facts})`].join('\n')
}

// A key can be as long as its writer likes; a message should not.
function shorten(pointer: string): string {
  return pointer.length <= 200 ? pointer : `${pointer.slice(0, 199)}…`
}
