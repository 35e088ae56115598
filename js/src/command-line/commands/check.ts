// `recreq check`: says what is wrong with configurations in files, and where.
import { readBodyFile } from '../body-file.js'
import { operationAndFiles, subjectOf } from '../call-subject.js'
import { type Arguments, type Command, oneOf } from '../command.js'
import { Configuration } from '../configuration.js'
import { checkerOf } from '../engine-of.js'
import { CallError, ExitCode } from '../exit.js'
import { type CheckedFile, checkedFile, countFindings } from '../findings/findings.js'
import { githubFindings } from '../findings/github-format.js'
import { jsonFindings } from '../findings/json-format.js'
import { prettyFindings } from '../findings/pretty-format.js'
import { sarifFindings } from '../findings/sarif-format.js'
import type { Subject } from '../subjects.js'
import { counted, lineWidth, paletteFor } from '../terminal.js'

const formats = ['pretty', 'json', 'github', 'sarif'] as const

export const check: Command = {
  words: '[operation] <files or patterns…>',
  about:
    'Says what is wrong with configurations, where, and how to mend it. A file holds the body of an operation, as JSON; - is standard input. ' +
    'Patterns such as config/**/*.json work in every shell.\n' +
    'The operation may be left out where a file says it itself: "$schema": "./node_modules/recreq/dist/schemas/recall.startRecording.json" at its root. ' +
    'That member is never sent.\n' +
    'Severities of rules and other options come from recreq.config.json, in the folder of the file or one above it.',
  examples: [
    'recreq check recall.startRecording config.json',
    'recreq check "recordings/**/*.json" --format github --max-warnings 0',
    'jq .recording config.json | recreq check recall.startRecording -',
  ],
  options: () => ({
    format: { value: formats.join('|'), about: 'How to say it; pretty unless something else is asked for.' },
    'max-warnings': { value: 'N', about: 'More warnings than N are a failure, too.' },
    config: { value: 'file', about: 'The options are in this file, wherever it lies.' },
  }),
  async run(given) {
    const format = oneOf('format', given.value('format') ?? 'pretty', formats)
    const most = warningsAllowed(given)
    const checked = await checkFiles(given)
    const style = { palette: paletteFor(process.stdout), width: lineWidth(process.stdout) }
    process.stdout.write(
      {
        pretty: () => prettyFindings(checked, style),
        json: () => jsonFindings(checked),
        github: () => githubFindings(checked),
        sarif: () => sarifFindings(checked),
      }[format](),
    )
    const { warning } = countFindings(checked)
    const tooMany = warning > most
    if (tooMany)
      process.stderr.write(
        `recreq: ${counted(warning, 'warning')} ${warning === 1 ? 'is' : 'are'} more than --max-warnings ${most} allows.\n`,
      )
    return tooMany || checked.some(({ ok }) => !ok) ? ExitCode.configuration : ExitCode.fine
  },
}

/**
 * The same subject.
 *
 * @throws {@link CallError} when there is nothing in it that a file could hold.
 */
export function checkable(subject: Subject): Subject {
  if (subject.schema === undefined)
    throw new CallError(`${subject.fullName} takes no body: there is nothing to look at.`)
  return subject
}

async function checkFiles(given: Arguments): Promise<CheckedFile[]> {
  const { subject: called, files } = operationAndFiles(given)
  if (files.length === 0) throw new CallError('Which files? Name them, or - for standard input.')
  const configuration = new Configuration(given.value('config'))
  const checked: CheckedFile[] = []
  for (const name of files) {
    const file = readBodyFile(name)
    const subject = checkable(subjectOf(file, called))
    const checker = await checkerOf(subject, configuration, file.path)
    checked.push(checkedFile(file, subject, checker.check(file.body)))
  }
  return checked
}

function warningsAllowed(given: Arguments): number {
  const most = given.value('max-warnings')
  if (most === undefined) return Number.POSITIVE_INFINITY
  if (!/^\d{1,9}$/.test(most)) throw new CallError(`--max-warnings is a number, 0 or more; "${most}" is not.`)
  return Number(most)
}
