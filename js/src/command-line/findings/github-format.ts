// Findings as GitHub's workflow commands, which put them beside the lines of a change.
import { printable } from '../terminal.js'
import { type CheckedFile, nameOf } from './findings.js'
import { standardInputName } from '../body-file.js'

const commandOf = { error: 'error', warning: 'warning', info: 'notice' } as const

export function githubFindings(files: readonly CheckedFile[]): string {
  return files
    .flatMap(({ file, findings }) =>
      findings.map(({ issue, place }) => {
        const properties = {
          ...(file.name !== standardInputName && { file: file.name.replaceAll('\\', '/') }),
          ...(place !== undefined && { line: place.line, endLine: place.endLine }),
          // Columns are only understood within one line.
          ...(place?.line === place?.endLine &&
            place !== undefined && { col: place.column, endColumn: place.endColumn }),
          title: nameOf(issue),
        }
        const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
        const docs = issue.docs === undefined ? '' : `\n${issue.docs}`
        return `::${commandOf[issue.severity]} ${list.join(',')}::${escapeText(issue.message + docs)}\n`
      }),
    )
    .join('')
}

function escapeText(text: string): string {
  const lines = text.split('\n').map(printable)
  return lines.join('\n').replaceAll('%', '%25').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
