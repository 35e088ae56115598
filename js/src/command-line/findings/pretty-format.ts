// Findings for people, as a good compiler shows an error: the place, the line with a caret under it, what will happen, and what
// to write.
import type { Issue, PatchOperation, Severity } from '../../issue.js'
import { tokensOf } from '../../issue.js'
import type { JsonValue } from '../../types.js'
import { excerptAt } from './excerpt.js'
import { type CheckedFile, type Finding, nameOf, summaryOf } from './findings.js'
import { isWithheld, withheld } from './secrets.js'
import type { Subject } from '../subjects.js'
import { type Palette, printable, wrapped } from '../terminal.js'

/** How findings are shown. */
export interface PrettyStyle {
  readonly palette: Palette
  /** Columns of a line. */
  readonly width: number
}

const longestValue = 120

/** All findings, a paragraph each, and the summary. */
export function prettyFindings(files: readonly CheckedFile[], style: PrettyStyle): string {
  return `${prettyIssues(files, style)}${summaryLine(files, style)}\n`
}

/** All findings, a paragraph each. */
export function prettyIssues(files: readonly CheckedFile[], style: PrettyStyle): string {
  return files.map((file) => file.findings.map((finding) => `${paragraph(finding, file, style)}\n\n`).join('')).join('')
}

function summaryLine(files: readonly CheckedFile[], { palette }: PrettyStyle): string {
  const failed = files.some(({ ok }) => !ok)
  const colour = failed ? palette.red : palette.green
  const mended = files.flatMap(({ findings }) => findings).filter(({ issue }) => issue.fix !== undefined).length
  const cut = files.some(({ truncated }) => truncated) ? ' There is more: these are the first ones.' : ''
  const help = mended === 0 ? '' : ` "recreq fix" mends ${mended === 1 ? 'one of them' : `${mended} of them`}.`
  return `${colour(`${summaryOf(files)}.`)}${cut}${help}`
}

function paragraph({ issue, place }: Finding, checked: CheckedFile, { palette, width }: PrettyStyle): string {
  const { bold, dim } = palette
  const { file, hidden } = checked
  const colour = colourOf(issue.severity, palette)
  const name = printable(nameOf(issue))
  const at = place === undefined ? '' : `:${place.line}:${place.column}`
  const pointer = issue.pointer === '' ? '' : `  ${printable(shortened(issue.pointer))}`
  const lines = [`${colour(issue.severity)} ${bold(`${printable(file.name)}${at}`)}${dim(`${pointer}  ${name}`)}`]
  let margin = '  '
  if (place !== undefined) {
    const gutter = String(place.line)
    margin = ' '.repeat(gutter.length + 1)
    const { source, carets } = excerptAt(file.text, place, hidden, width - gutter.length - 3)
    lines.push(`${margin}${dim('|')}`, `${dim(`${gutter} |`)} ${source}`, `${margin}${dim('|')} ${colour(carets)}`)
  }
  for (const line of wrapped(printable(issue.message), width - margin.length - 2)) lines.push(`${margin}  ${line}`)
  for (const line of remarks(issue, checked.subject, palette)) lines.push(`${margin}${dim('=')} ${line}`)
  return lines.map((line) => line.trimEnd()).join('\n')
}

function remarks(issue: Issue, subject: Subject, { green, dim }: Palette): string[] {
  const { fix, suggestion, docs, confidence, message } = issue
  const advice =
    suggestion !== undefined && fix === undefined && !message.includes(suggestion)
      ? [`did you mean ${printable(suggestion)}?`]
      : []
  const fixes = (fix ?? []).map((operation) => `${green('fix:')} ${printable(describeOperation(operation, subject))}`)
  const sureness = confidence === undefined ? undefined : surenesses[confidence]
  return [
    ...advice,
    ...fixes,
    ...(sureness === undefined ? [] : [dim(sureness)]),
    ...(docs === undefined ? [] : [dim(`see ${printable(docs)}`)]),
  ]
}

const surenesses: Readonly<Record<string, string>> = {
  observed: 'seen in practice; the provider does not document it',
  inferred: 'our reading of what the provider says',
}

/** A change in words. */
function describeOperation(operation: PatchOperation, subject: Subject): string {
  const path = tokensOf(operation.path)
  const name = path.at(-1) ?? ''
  const inside = path.length > 1 ? ` in ${parentOf(operation.path)}` : ''
  if (operation.op === 'remove') return `take ${JSON.stringify(name)} out${inside}`
  if (operation.op === 'add') {
    const value = isWithheld(path, subject) ? withheld : valueText(operation.value)
    return `write ${JSON.stringify(name)}: ${value}${inside}`
  }
  if (operation.path === '')
    return `put the members of ${JSON.stringify(tokensOf(operation.from).at(-1))} into the body itself`
  if (parentOf(operation.from) === parentOf(operation.path))
    return `rename ${JSON.stringify(tokensOf(operation.from).at(-1))} to ${JSON.stringify(name)}${inside}`
  return `move ${operation.from} to ${operation.path}`
}

function valueText(value: JsonValue): string {
  const json = JSON.stringify(value)
  return json.length <= longestValue ? json : `${json.slice(0, longestValue - 1)}…`
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'))
}

function colourOf(severity: Severity, { red, yellow, cyan }: Palette): (text: string) => string {
  return { error: red, warning: yellow, info: cyan }[severity]
}

// A key can be as long as its writer likes.
function shortened(pointer: string): string {
  return pointer.length <= 100 ? pointer : `${pointer.slice(0, 99)}…`
}
