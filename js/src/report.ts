// What a check answers.
import type { Issue } from './issue.js'

interface ReportDetails {
  /** Everything that was found: errors, warnings and infos, in the order of their places. */
  readonly issues: readonly Issue[]
  /** The issues that keep a request from being built. */
  readonly errors: readonly Issue[]
  /** The issues that do not, and yet mean that something will not happen as written. */
  readonly warnings: readonly Issue[]
  /** True when there were more issues than `limits.issues`; the rest is left out. */
  readonly truncated: boolean
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
  | (ReportDetails & { readonly ok: true; readonly value: Value })
  | (ReportDetails & { readonly ok: false; readonly value: Value | undefined })

/** Sorts issues into a report. `ok` is the engine's word: the list may have been cut off before the first error. */
export function makeReport<Value>(
  ok: boolean,
  value: Value | undefined,
  issues: readonly Issue[],
  truncated: boolean,
): Report<Value> {
  const errors = issues.filter((issue) => issue.severity === 'error')
  const warnings = issues.filter((issue) => issue.severity === 'warning')
  if (!ok) return { ok: false, value, issues, errors, warnings, truncated }
  return { ok: true, value: value as Value, issues, errors, warnings, truncated }
}
