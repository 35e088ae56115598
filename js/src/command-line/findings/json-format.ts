// Findings for programs. The shape is part of what the package promises: members are added, never changed.
import type { Issue } from '../../issue.js'
import { type CheckedFile, countFindings, type Place } from './findings.js'

/** What `--format json` prints. */
export interface JsonFindings {
  /** Whether no file has an error. */
  readonly ok: boolean
  readonly errors: number
  readonly warnings: number
  readonly infos: number
  readonly files: readonly {
    /** As it was named, or `<stdin>`. */
    readonly file: string
    /** For example `recall.startRecording`. */
    readonly operation: string
    readonly ok: boolean
    /** There are more issues than the limit. */
    readonly truncated: boolean
    /** As the library has them, with the end of the place beside its beginning. */
    readonly issues: readonly (Issue & Partial<Pick<Place, 'endLine' | 'endColumn'>>)[]
  }[]
}

export function jsonFindings(files: readonly CheckedFile[]): string {
  const { error, warning, info } = countFindings(files)
  const findings: JsonFindings = {
    ok: files.every(({ ok }) => ok),
    errors: error,
    warnings: warning,
    infos: info,
    files: files.map(({ file, subject, ok, truncated, findings: found }) => ({
      file: file.name,
      operation: subject.fullName,
      ok,
      truncated,
      issues: found.map(({ issue, place }) =>
        place === undefined ? issue : { ...issue, endLine: place.endLine, endColumn: place.endColumn },
      ),
    })),
  }
  return `${JSON.stringify(findings, undefined, 2)}\n`
}
