// From a call's words and options to a request: what `build` shows and `send` sends.
import type { Issue, PatchOperation } from '../../issue.js'
import type { RecordingRequest, RequestContent } from '../../request.js'
import { type BodyFile, readBodyFile } from '../body-file.js'
import { operationAndFiles, subjectOf } from '../call-subject.js'
import type { Arguments, OptionDescriptions } from '../command.js'
import { Configuration } from '../configuration.js'
import { type AnyOperation, operationOf } from '../engine-of.js'
import { CallError, ExitCode } from '../exit.js'
import { checkedFile } from '../findings/findings.js'
import { prettyIssues } from '../findings/pretty-format.js'
import { inputOf, optionOf, parameterOptions } from './request-input.js'
import { parametersOf, type Subject } from '../subjects.js'
import { counted, lineWidth, paletteFor, printable } from '../terminal.js'

/** A request that can be sent, with what it was made from. */
export interface PreparedRequest {
  readonly subject: Subject
  readonly operation: AnyOperation
  readonly request: RecordingRequest<RequestContent, string>
}

/** The options that say what goes into a request. */
export function requestOptions(): OptionDescriptions {
  return {
    ...parameterOptions(),
    config: { value: 'file', about: 'The options of recreq are in this file, wherever it lies.' },
  }
}

/**
 * The request that a call describes. Everything there is to say of it goes to stderr; the exit code when it cannot be made.
 *
 * @throws {@link CallError}
 */
export async function prepareRequest(given: Arguments): Promise<PreparedRequest | number> {
  const { subject: called, files } = operationAndFiles(given)
  if (files.length > 1) throw new CallError(`One file with the body; "${files.slice(1).join(' ')}" is too much.`)
  const [name] = files
  const file = name === undefined ? undefined : readBodyFile(name)
  const subject = file === undefined ? called : subjectOf(file, called)
  if (subject === undefined) throw new CallError('Which operation? "recreq list" shows all.')
  if (subject.request === undefined)
    throw new CallError(
      `${subject.fullName} is a schema, so that there is no request of it; "recreq check" looks at a value.`,
    )
  if (file !== undefined && subject.schema === undefined)
    throw new CallError(`${subject.fullName} takes no body: leave ${file.name} out.`)

  const operation = await operationOf(subject, new Configuration(given.value('config')), file?.path)
  const input = { ...inputOf(subject, given), ...(file !== undefined && { body: file.body }) }
  const report = operation.check(input)
  const mistakes = report.issues.filter((issue) => !isOfBody(issue))
  const errors = mistakes.filter(({ severity }) => severity === 'error')
  if (file !== undefined)
    showBodyIssues(file, subject, { ...report, issues: report.issues.filter(isOfBody).map(belowBody) })
  for (const issue of mistakes) process.stderr.write(`recreq: ${printable(sentenceOf(issue, subject))}\n`)
  if (errors.length > 0) return ExitCode.call
  if (!report.ok) {
    process.stderr.write(`recreq: no request was made: ${counted(report.errors.length, 'error')}.\n`)
    return ExitCode.configuration
  }
  return { subject, operation, request: operation.build(input) }
}

function showBodyIssues(
  file: BodyFile,
  subject: Subject,
  report: { readonly ok: boolean; readonly issues: readonly Issue[]; readonly truncated: boolean },
): void {
  const style = { palette: paletteFor(process.stderr), width: lineWidth(process.stderr) }
  process.stderr.write(prettyIssues([checkedFile(file, subject, report)], style))
}

function isOfBody({ path }: Issue): boolean {
  return path[0] === 'body'
}

// A file holds the body: its places begin there.
function belowBody(issue: Issue): Issue {
  const { fix, ...rest } = issue
  const below = (pointer: string) => pointer.replace(/^\/body/, '')
  const operations = fix?.map((operation): PatchOperation =>
    operation.op === 'move'
      ? { ...operation, from: below(operation.from), path: below(operation.path) }
      : { ...operation, path: below(operation.path) },
  )
  return {
    ...rest,
    path: issue.path.slice(1),
    pointer: below(issue.pointer),
    ...(operations !== undefined && { fix: operations }),
  }
}

function sentenceOf({ code, path, message, params }: Issue, subject: Subject): string {
  const key = params['key']
  if (code === 'required' && path.length === 0 && key === 'body')
    return `${subject.fullName} needs a body: name a file that holds it, or - for standard input.`
  if (code === 'required' && path.length === 0 && typeof key === 'string') {
    const description = parametersOf(subject).find(({ name }) => name === key)?.description
    return `${optionOf(key)} is missing.${description === undefined ? '' : ` ${description}`}`
  }
  const [name] = path
  return typeof name === 'string' ? `${optionOf(name)}: ${message}` : message
}
