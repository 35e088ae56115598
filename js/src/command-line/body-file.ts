// A file that holds a body: its text, the `$schema` that may stand at its root, and where an issue stands in it. `$schema` is
// for editors and for choosing the operation: blanks take its place before the body is looked at, so that every
// position stays that of the file.
import { readFileSync } from 'node:fs'
import type { Issue } from '../issue.js'
import { CallError } from './exit.js'
import { type JsonNode, type JsonTree, memberOf, nodeAt, readTree } from './json-text.js'
import type { Span } from './findings/secrets.js'
import { type Subject, subjectIfNamed } from './subjects.js'

/** A body as it stands in a file or came from standard input. */
export interface BodyFile {
  /** As it was named; `<stdin>` for standard input. */
  readonly name: string
  /** undefined for standard input. */
  readonly path: string | undefined
  readonly text: string
  readonly tree: JsonTree
  /** What the root member `$schema` says. */
  readonly schemaReference: string | undefined
  /** The body for the engine: text without `$schema`, or, when they are no UTF-8, the file's bytes. */
  readonly body: string | Uint8Array
}

/** What stands for standard input among the names of files. */
export const standardInput = '-'

/** What standard input is called in what is shown. */
export const standardInputName = '<stdin>'

/**
 * Reads a file, or standard input.
 *
 * @throws {@link CallError} when it cannot be read.
 */
export function readBodyFile(name: string): BodyFile {
  const isInput = name === standardInput
  const bytes = readBytes(isInput ? 0 : name, isInput ? 'Standard input' : name)
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const named = { name: isInput ? standardInputName : name, path: isInput ? undefined : name }
  const file = bodyFileOf(named, text)
  return Buffer.from(text).equals(bytes) ? file : { ...file, body: bytes }
}

/** A file with another text. */
export function bodyFileOf({ name, path }: Pick<BodyFile, 'name' | 'path'>, text: string): BodyFile {
  const tree = readTree(text)
  const member = memberOf(tree.root, '$schema')
  const schemaReference = member?.kind === 'string' ? stringAt(text, member) : undefined
  // What is no JSON is refused as it is.
  const body = tree.complete ? withoutMember(text, tree.root, member) : text
  return { name, path, text, tree, schemaReference, body }
}

/**
 * The operation or schema that `$schema` names: its last part is `<provider>.<name>`, with or without `.json`, wherever the
 * schema lies. undefined when there is none, or when it speaks of something else.
 */
export function subjectOfReference({ schemaReference }: BodyFile): Subject | undefined {
  const name = /(?:^|[/\\:])(\w+\.\w+?)(?:\.json)?(?:[?#].*)?$/.exec(schemaReference ?? '')?.[1]
  return name === undefined ? undefined : subjectIfNamed(name)
}

/** The part of the text that an issue blames; undefined when it blames no text. */
export function spanOf({ text, tree }: BodyFile, { offset, path }: Issue): Span | undefined {
  if (offset === undefined) return undefined
  const node = tree.root === undefined ? undefined : nodeAt(tree.root, path)
  if (node?.key?.start === offset) return { start: offset, end: node.key.end }
  if (node?.start === offset)
    return endsOnItsLine(text, node) ? { start: offset, end: node.end } : { start: offset, end: offset + 1 }
  const token = /"(?:[^"\\\n]|\\.)*"|[\w.+-]+|[^]/y
  token.lastIndex = offset
  return { start: offset, end: offset + (token.exec(text)?.[0].length ?? 0) }
}

function endsOnItsLine(text: string, { start, end }: JsonNode): boolean {
  return !text.slice(start, end).includes('\n')
}

function stringAt(text: string, { start, end }: Span): string {
  return JSON.parse(text.slice(start, end)) as string
}

// Blanks in place of a member and the comma beside it: as many characters, on as many lines.
function withoutMember(text: string, root: JsonNode | undefined, member: JsonNode | undefined): string {
  if (root === undefined || member?.key === undefined) return text
  const index = root.children.indexOf(member)
  const next = root.children[index + 1]
  const before = root.children[index - 1]
  let { start } = member.key
  let { end } = member
  if (next?.key !== undefined) end = next.key.start
  else if (before !== undefined) start = before.end
  return text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ') + text.slice(end)
}

function readBytes(source: string | number, name: string): Buffer {
  try {
    return readFileSync(source)
  } catch (error) {
    throw new CallError(`${name} cannot be read: ${reasonOf(error)}.`, { cause: error })
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; name the files in it, for example with /*.json behind it',
  EACCES: 'reading it is not permitted',
  EPERM: 'reading it is not permitted',
  EAGAIN: 'nothing is there; give it with | or <',
}

/** Why a file could not be used, in words. */
export function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  return reasons[code] ?? message
}
