// What a check answers.
import type { Issue } from './issue.js'

/**
 * Where a value of the effective body comes from: the input, the provider's defaults, or the option `extraBody`.
 *
 * @example
 * ```ts
 * const colour: Record<Origin, string> = { input: 'black', default: 'grey', extra: 'green' }
 * ```
 */
export type Origin = 'input' | 'default' | 'extra'

/**
 * Where a value of a body that matches a bot comes from: the overrides, the bot's configuration, or the provider's
 * defaults.
 *
 * @example
 * ```ts
 * const colour: Record<MatchOrigin, string> = { override: 'green', bot: 'black', default: 'grey' }
 * ```
 */
export type MatchOrigin = 'override' | 'bot' | Extract<Origin, 'default'>

interface ReportDetails {
  /** Everything that was found: errors, warnings and infos, in the order of their places. */
  readonly issues: readonly Issue[]
  /** The issues that keep a request from being built. */
  readonly errors: readonly Issue[]
  /** The issues that do not, and yet mean that something will not happen as written. */
  readonly warnings: readonly Issue[]
  /** True when there were more issues than `limits.issues`; the rest is left out. */
  readonly truncated: boolean
  /** Where each value of the effective body comes from, by JSON Pointer; only with the option `provenance`. */
  readonly provenance?: Readonly<Record<string, Origin>>
}

/**
 * What a check found. `value` is what would be sent, with defaults filled in; it is undefined when the input could
 * not even be read.
 *
 * @example
 * ```ts
 * const report = recall.startRecording.body.check({ video_separate_mp4: {} })
 * if (report.ok) save(report.value)
 * else for (const { pointer, message } of report.errors) console.error(pointer, message)
 * ```
 */
export type Report<Value> =
  | (ReportDetails & {
      /** Whether there are no errors. */
      readonly ok: true
      /** What would be sent, with its defaults. */
      readonly value: Value
    })
  | (ReportDetails & {
      /** Whether there are no errors. */
      readonly ok: false
      /** What would be sent, if it could be read. */
      readonly value: Value | undefined
    })

/** Sorts issues into a report. `ok` is the engine's word: the list may have been cut off before the first error. */
export function makeReport<Value>(
  ok: boolean,
  value: Value | undefined,
  issues: readonly Issue[],
  truncated: boolean,
  provenance?: Readonly<Record<string, Origin>>,
): Report<Value> {
  const errors = issues.filter((issue) => issue.severity === 'error')
  const warnings = issues.filter((issue) => issue.severity === 'warning')
  const report: Report<Value> = ok
    ? { ok, value: value as Value, issues, errors, warnings, truncated }
    : { ok, value, issues, errors, warnings, truncated }
  return provenance === undefined ? report : { ...report, provenance }
}
