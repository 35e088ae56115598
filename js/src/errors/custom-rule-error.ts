// Thrown when one of the caller's own rules fails.
import { RecreqError } from './recreq-error.js'

/**
 * A custom rule threw an exception, or returned something else than issues. Whether the body is right is unknown.
 * `cause` has what the rule threw.
 *
 * @example
 * ```ts
 * try {
 *   operation.check(input)
 * } catch (error) {
 *   if (error instanceof CustomRuleError) console.error(error.rule, error.message, error.cause)
 * }
 * ```
 */
export class CustomRuleError extends RecreqError {
  /** The id of the rule. */
  readonly rule: string

  constructor(rule: string, problem: string, options?: ErrorOptions) {
    super(`The custom rule "${rule}" ${problem}`, options)
    this.rule = rule
  }

  override get name() {
    return 'CustomRuleError' as const
  }
}
