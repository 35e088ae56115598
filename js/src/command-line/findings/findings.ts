// What a check of files found, ready to be shown in any format: where each issue begins and ends, and what must not be shown.
import type { Issue } from '../../issue.js'
import { positionAt } from '../../text-position.js'
import { type BodyFile, spanOf } from '../body-file.js'
import { type Span, withheldSpans } from './secrets.js'
import type { Subject } from '../subjects.js'
import { counted } from '../terminal.js'

/** Where an issue stands in a text. Lines and columns are from 1; columns count UTF-16 code units. */
export interface Place extends Span {
  readonly line: number
  readonly column: number
  readonly endLine: number
  /** Behind the last character. */
  readonly endColumn: number
}

export interface Finding {
  readonly issue: Issue
  /** undefined when it is not about a place in a text. */
  readonly place: Place | undefined
}

/** A file that was looked at. */
export interface CheckedFile {
  readonly file: BodyFile
  readonly subject: Subject
  readonly findings: readonly Finding[]
  readonly ok: boolean
  /** There is more than the limit of issues. */
  readonly truncated: boolean
  /** The parts of the text that must not be shown. */
  readonly hidden: readonly Span[]
}

/** Takes a report on a file. */
export function checkedFile(
  file: BodyFile,
  subject: Subject,
  report: { readonly ok: boolean; readonly issues: readonly Issue[]; readonly truncated: boolean },
): CheckedFile {
  const findings = report.issues.map((issue): Finding => ({ issue, place: placeOf(file, issue) }))
  const hidden = findings.length === 0 ? [] : withheldSpans(file.text, file.tree, subject)
  return { file, subject, findings: inOrder(findings), ok: report.ok, truncated: report.truncated, hidden }
}

/** What is shown of an issue as its name: the rule, or the code. */
export function nameOf({ rule, code }: Issue): string {
  return rule ?? code
}

export interface Counts {
  readonly error: number
  readonly warning: number
  readonly info: number
}

export function countFindings(files: readonly CheckedFile[]): Counts {
  const counts = { error: 0, warning: 0, info: 0 }
  for (const { findings } of files) for (const { issue } of findings) ++counts[issue.severity]
  return counts
}

/** `2 errors and 1 warning in 1 of 3 files` */
export function summaryOf(files: readonly CheckedFile[]): string {
  const { error, warning, info } = countFindings(files)
  const parts = [
    ...(error > 0 ? [counted(error, 'error')] : []),
    ...(warning > 0 ? [counted(warning, 'warning')] : []),
    ...(info > 0 ? [counted(info, 'note')] : []),
  ]
  if (parts.length === 0) return files.length === 1 ? '1 file is fine' : `${files.length} files are fine`
  const touched = files.filter(({ findings }) => findings.length > 0).length
  const where = files.length === 1 ? '' : ` in ${touched} of ${counted(files.length, 'file')}`
  const last = parts.pop() ?? ''
  return (parts.length === 0 ? last : `${parts.join(', ')} and ${last}`) + where
}

function placeOf(file: BodyFile, issue: Issue): Place | undefined {
  const span = spanOf(file, issue)
  const { line, column } = issue
  if (span === undefined || line === undefined || column === undefined) return undefined
  const end = positionAt(file.text, Math.max(span.end, span.start))
  return { ...span, line, column, endLine: end.line, endColumn: end.column }
}

// From the top of the file to its end; what blames no text stays first.
function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => (a.place?.start ?? -1) - (b.place?.start ?? -1))
}
