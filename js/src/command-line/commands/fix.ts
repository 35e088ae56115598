// `recreq fix`: mends what has a fix, and says what is left.
import { writeFileSync } from 'node:fs'
import { type BodyFile, readBodyFile, reasonOf } from '../body-file.js'
import { operationAndFiles, subjectOf } from '../call-subject.js'
import { checkable } from './check.js'
import { type Arguments, type Command, oneOf } from '../command.js'
import { Configuration } from '../configuration.js'
import { checkerOf } from '../engine-of.js'
import { CallError, ExitCode } from '../exit.js'
import { type CheckedFile, checkedFile, summaryOf } from '../findings/findings.js'
import { mend, type Mended } from '../mending/mending.js'
import { prettyIssues } from '../findings/pretty-format.js'
import { type Span, withheld, withheldSpans } from '../findings/secrets.js'
import type { Subject } from '../subjects.js'
import { counted, lineWidth, type Palette, paletteFor, printable } from '../terminal.js'
import { type ShownText, unifiedDiff } from '../mending/text-diff.js'

const formats = ['diff', 'json'] as const

export const fix: Command = {
  words: '[operation] <files or patterns…>',
  about:
    'Mends configurations by the fixes that "recreq check" names, as far as there are any. It prints the change, and writes it with --write; ' +
    'what is not touched keeps its form. What is left to do is said on stderr.',
  examples: [
    'recreq fix recall.startRecording config.json',
    'recreq fix "recordings/**/*.json" --write',
    'recreq fix recall.startRecording config.json --format json > patch.json',
  ],
  options: () => ({
    write: { about: 'Writes the mended files.' },
    format: {
      value: formats.join('|'),
      about:
        'How to print the change: as lines (diff), in which secrets are withheld, or as a JSON Patch (json, RFC 6902).',
    },
    config: { value: 'file', about: 'The options are in this file, wherever it lies.' },
  }),
  async run(given) {
    const format = oneOf('format', given.value('format') ?? 'diff', formats)
    const { subject: called, files: names } = operationAndFiles(given)
    if (names.length === 0) throw new CallError('Which files? Name them, or - for standard input.')
    if (format === 'json' && names.length > 1)
      throw new CallError('--format json is for one file: a patch does not say whose it is.')
    if (given.has('write') && names.includes('-'))
      throw new CallError('--write has nowhere to write standard input to.')
    const all = await mendFiles(names, called, given)
    if (given.has('write')) for (const { mended } of all) write(mended)
    else process.stdout.write(format === 'json' ? asJson(all) : asDiff(all, paletteFor(process.stdout)))
    return sayWhatIsLeft(all, given.has('write'))
  },
}

interface MendedFile {
  readonly mended: Mended
  readonly subject: Subject
  readonly left: CheckedFile
}

async function mendFiles(
  names: readonly string[],
  called: Subject | undefined,
  given: Arguments,
): Promise<MendedFile[]> {
  const configuration = new Configuration(given.value('config'))
  const all: MendedFile[] = []
  for (const name of names) {
    const file = readBodyFile(name)
    const subject = checkable(subjectOf(file, called))
    const mended = mend(file, await checkerOf(subject, configuration, file.path))
    all.push({ mended, subject, left: checkedFile(mended.after, subject, mended.report) })
  }
  return all
}

function write({ before, after }: Mended): void {
  if (before.path === undefined || before.text === after.text) return
  try {
    writeFileSync(before.path, after.text)
  } catch (error) {
    throw new CallError(`${before.name} cannot be written: ${reasonOf(error)}.`, { cause: error })
  }
}

function asJson(all: readonly MendedFile[]): string {
  return all.map(({ mended }) => `${JSON.stringify(mended.patch, undefined, 2)}\n`).join('')
}

function asDiff(all: readonly MendedFile[], { red, green, cyan, bold }: Palette): string {
  const colourOf = (line: string, index: number) => {
    if (index < 2) return bold
    return line.startsWith('-')
      ? red
      : line.startsWith('+')
        ? green
        : line.startsWith('@')
          ? cyan
          : (text: string) => text
  }
  return all
    .flatMap(({ mended: { before, after }, subject }) =>
      unifiedDiff(before.name, linesOf(before, subject), linesOf(after, subject)).map((line, index) =>
        colourOf(line, index)(line),
      ),
    )
    .map((line) => `${line}\n`)
    .join('')
}

// What is shown has neither secrets nor control characters.
function linesOf({ text, tree }: BodyFile, subject: Subject): ShownText {
  const masked = linesIn(textWithout(text, withheldSpans(text, tree, subject)))
  return { lines: linesIn(text), shown: masked.map((line) => line.split('\n').map(printableLine).join('\n')) }
}

// The last line has a line break behind it, or the remark that diffs have instead.
function linesIn(text: string): string[] {
  const lines = text.split('\n')
  const last = lines.pop() ?? ''
  return last === '' ? lines : [...lines, `${last}\n\\ No newline at end of file`]
}

function printableLine(line: string): string {
  return line.replace(/\r$/, '').split('\t').map(printable).join('\t')
}

function textWithout(text: string, spans: readonly Span[]): string {
  let at = 0
  let masked = ''
  for (const { start, end } of spans) {
    masked += text.slice(at, start) + withheld
    at = end
  }
  return masked + text.slice(at)
}

function sayWhatIsLeft(all: readonly MendedFile[], written: boolean): number {
  const left = all.map((each) => each.left)
  const style = { palette: paletteFor(process.stderr), width: lineWidth(process.stderr) }
  process.stderr.write(prettyIssues(left, style))
  const changed = all.filter(({ mended }) => mended.before.text !== mended.after.text).length
  const done =
    changed === 0
      ? 'Nothing to mend'
      : `${counted(changed, 'file')} ${written ? 'mended' : 'can be mended with --write'}`
  const findings = left.some(({ findings: found }) => found.length > 0)
  process.stderr.write(`${done}${findings ? `; left: ${summaryOf(left)}` : ''}.\n`)
  return left.some(({ ok }) => !ok) ? ExitCode.configuration : ExitCode.fine
}
