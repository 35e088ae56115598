// From the content of an answer to its meaning: the result, or a failure.
import type { Answer, ReadAnswerOptions } from '../answer.js'
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import type { Issue } from '../issue.js'
import { messageText, type Translations } from '../messages.js'
import type { JsonValue } from '../types.js'
import { readFailure, unreadableAnswer } from './failure.js'
import { isPage } from './page.js'
import type { Received } from './received.js'
import { type Redaction, withholding } from './redaction.js'
import { type SentRequest, sentRequest } from './request-places.js'
import { problemOfResult } from './result.js'
import { type AnswerTable, entryOf, type ResultForm } from './table.js'

/** The operation whose answer is read. */
export interface AnsweredOperation {
  readonly provider: string
  readonly name: string
  readonly takesBody: boolean
  readonly table: AnswerTable
  readonly messages: Translations
  /** What recreq's document says of a body, with nothing relaxed, and how old the document is. */
  judge(body: string | Uint8Array): { readonly date: string; readonly issues: readonly Issue[] }
}

/** What a reading works with. */
export interface Reading {
  readonly operation: AnsweredOperation
  readonly received: Received
  readonly sent: SentRequest
  readonly redaction: Redaction
}

/** Reads an answer. */
export function readReceived(
  operation: AnsweredOperation,
  received: Received,
  { request, secrets = [] }: ReadAnswerOptions,
): Answer<unknown> {
  if (!Array.isArray(secrets) || secrets.some((secret) => typeof secret !== 'string'))
    throw new InvalidOptionsError('secrets', 'The option secrets is an array of texts.')
  const sent = sentRequest(request)
  const redaction = withholding(operation.table.secrets, sent.body, secrets)
  const reading = { operation, received, sent, redaction }
  const { status } = received
  return status >= 200 && status <= 299 ? readResult(reading) : readFailure(reading)
}

function readResult(reading: Reading): Answer<unknown> {
  const { operation, received } = reading
  const { status, text, problem } = received
  const form = formOf(operation, status)
  if (form === undefined) return { ok: true, status, value: undefined }
  if (problem !== undefined) return unreadableAnswer(reading, problem)
  if (text.trim() === '') return unreadableAnswer(reading, 'empty')
  const type = received.headers.get('Content-Type') ?? ''
  let value: JsonValue
  try {
    value = JSON.parse(text) as JsonValue
  } catch {
    if (isPage(text, type)) return unreadableAnswer(reading, 'page')
    // Where a sentence is all that comes, it may come without its quotes.
    const isBare = /\bstring\b/.test(form.types) && !/json/i.test(type) && /^\s*\w/.test(text)
    return isBare ? { ok: true, status, value: text.trim() } : unreadableAnswer(reading, 'not-json')
  }
  const difference = problemOfResult(value, form)
  if (difference === undefined) return { ok: true, status, value }
  if (difference.isFailure) return readFailure(reading)
  const { member, expected, actual } = difference
  const name = actual === undefined ? 'missing' : member === '' ? 'type' : 'member'
  const params = { pointer: `/${member}`, expected, actual: actual ?? '' }
  return unreadableAnswer(reading, messageText(`answer.${name}`, params, operation.messages))
}

// A success that is not documented is expected to look like one that is.
function formOf({ name, table }: AnsweredOperation, status: number): ResultForm | undefined {
  const byStatus = table.operations[name]?.results
  const [first] = Object.values(byStatus ?? {})
  return entryOf(table.results, byStatus, status) ?? (first === undefined ? undefined : table.results[first])
}
