// Which operation a call is about: its first word, or what a file says itself.
import { type BodyFile, subjectOfReference } from './body-file.js'
import type { Arguments } from './command.js'
import { CallError } from './exit.js'
import { filesNamed, looksLikeFile } from './file-names.js'
import { type Subject, subjectNamed } from './subjects.js'

/** The operation and the files that a call names: the first word is an operation, unless it is a file. */
export function operationAndFiles(given: Arguments): { subject: Subject | undefined; files: string[] } {
  const [first, ...rest] = given.words
  if (first === undefined || looksLikeFile(first)) return { subject: undefined, files: filesNamed(given.words) }
  return { subject: subjectNamed(first), files: filesNamed(rest) }
}

/**
 * The operation that a file is for: the one of the call, or what the file says itself.
 *
 * @throws {@link CallError} when there is none, or when the two differ.
 */
export function subjectOf(file: BodyFile, called: Subject | undefined): Subject {
  const own = subjectOfReference(file)
  if (called !== undefined && own !== undefined && own.fullName !== called.fullName)
    throw new CallError(
      `${file.name} is for ${own.fullName}, as its $schema says, and the call is for ${called.fullName}.`,
    )
  const subject = called ?? own
  if (subject !== undefined) return subject
  const reference = file.schemaReference === undefined ? '' : ' Its $schema names none.'
  throw new CallError(
    `Which operation is ${file.name} for?${reference} Name it before the file, for example recall.startRecording; "recreq list" shows all.`,
  )
}
