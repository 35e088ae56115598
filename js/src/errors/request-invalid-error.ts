// Thrown by `build` when the input has errors.
import type { Issue } from '../issue.js'
import { RecreqError } from './recreq-error.js'

const shownIssues = 3

/**
 * No request was built: the input has errors. The message has the first of them, `issues` has all.
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

  constructor(operation: string, issues: readonly Issue[], truncated: boolean) {
    super(summarize(operation, issues, truncated))
    this.operation = operation
    this.issues = issues
    this.truncated = truncated
  }

  override get name() {
    return 'RequestInvalidError' as const
  }
}

function summarize(operation: string, issues: readonly Issue[], truncated: boolean): string {
  const errors = issues.filter((issue) => issue.severity === 'error')
  const lines = errors
    .slice(0, shownIssues)
    .map(({ pointer, message }) => `  ${pointer === '' ? 'input' : shorten(pointer)}: ${message}`)
  const more = errors.length - lines.length
  if (more > 0) lines.push(`  and ${more}${truncated ? ' or more' : ''} more`)
  return `${operation}: no request was built.\n${lines.join('\n')}`
}

// A key can be as long as its writer likes; a message should not.
function shorten(pointer: string): string {
  return pointer.length <= 200 ? pointer : `${pointer.slice(0, 199)}…`
}
