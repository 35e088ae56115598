// Putting a failure together: what kind it is, what the provider says, and what to do about it.
import type { AnswerFailure, Elsewhere, FailureKind } from '../answer.js'
import { messageText } from '../messages.js'
import type { JsonValue } from '../types.js'
import { type ErrorContent, readError, shortened } from './error-members.js'
import { mostMessages } from './field-messages.js'
import { isPage, titleOf } from './page.js'
import type { Reading } from './read-answer.js'
import { issuesOf } from './refusals.js'
import { retryAfterOf } from './retry-after.js'
import { type DocumentedFailure, entryOf, type ServerVariable } from './table.js'

/** Why an answer cannot be read: the end of a message's key. */
type Unreadable = 'too-large' | 'broken-off' | 'encoding' | 'empty' | 'page' | 'not-json'

// As much of an answer as a failure carries along.
const mostText = 2000

/** A failure by the status of the answer, or by what a successful status comes with. */
export function readFailure(reading: Reading): AnswerFailure {
  const { operation, received } = reading
  const { table, messages } = operation
  const { headers } = received
  const { error, body, page, problem } = readBody(reading)
  const status = meantStatus(received.status, error.code)
  const entry = documentedFailure(reading, status, page)
  const kind = entry?.kind ?? kindOf(status)
  const fields = kind === 'invalid-request' ? error.fields : []
  const listed = error.fields.map(({ tokens, said }) => (tokens.length === 0 ? said : `${tokens.join('.')}: ${said}`))
  const said = error.said === '' ? shortened(listed.join('; ')) : error.said
  const elsewhere = entry?.elsewhere && table.server ? otherServers(table.server, reading) : undefined
  const retryAfter = retryAfterOf(headers)

  const sentences = [meaning(reading, entry, kind, status)]
  if (said !== '') sentences.push(messageText('answer.said', { said }, messages))
  else if (problem !== undefined) sentences.push(problemText(reading, problem))
  if (elsewhere !== undefined) {
    const params = { variable: elsewhere.variable, asked: elsewhere.asked ?? '', others: elsewhere.others.join(', ') }
    const key = elsewhere.asked === undefined ? 'answer.elsewhere' : 'answer.elsewhere-asked'
    sentences.push(messageText(key, params, messages))
  }
  if (retryAfter !== undefined) sentences.push(messageText('answer.retry-after', { seconds: retryAfter }, messages))
  return {
    ok: false,
    status: received.status,
    kind,
    message: sentences.join(' '),
    ...(error.code !== undefined && { code: error.code }),
    issues: issuesOf(reading, fields.slice(0, mostMessages)),
    truncated: fields.length > mostMessages,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(elsewhere !== undefined && { elsewhere }),
    ...(body !== undefined && { body }),
  }
}

/** A success that cannot be used. `problem` is the end of a message's key, or a sentence. */
export function unreadableAnswer(reading: Reading, problem: Unreadable | (string & {})): AnswerFailure {
  const { operation, received } = reading
  const { status } = received
  const text = problem.includes(' ') ? problem : problemText(reading, problem as Unreadable)
  const message = messageText('answer.unreadable', { status, problem: text }, operation.messages)
  const { body } = readBody(reading)
  return { ok: false, status, kind: 'unreadable', message, issues: [], truncated: false, ...(body !== undefined && { body }) }
}

interface ReadBody {
  readonly error: ErrorContent
  readonly body: JsonValue | undefined
  readonly page: boolean
  readonly problem?: Unreadable
}

function readBody({ operation, received, redaction }: Reading): ReadBody {
  const nothing = { code: undefined, said: '', fields: [] }
  const { text, headers, problem } = received
  if (text.trim() === '') return { error: nothing, body: undefined, page: false, ...(problem && { problem }) }
  if (isPage(text, headers.get('Content-Type') ?? '')) {
    const said = shortened(redaction.text(titleOf(text)))
    return { error: { ...nothing, said }, body: redaction.text(text).slice(0, mostText), page: true }
  }
  try {
    const body = redaction.parse(text)
    return { error: readError(body, operation.table.errors), body, page: false }
  } catch {
    const clean = redaction.text(text)
    const isBroken = /^\s*["[{]/.test(text)
    const said = isBroken ? '' : shortened(clean)
    return { error: { ...nothing, said }, body: clean.slice(0, mostText), page: false, problem: problem ?? 'not-json' }
  }
}

// A failure under a successful status has its own status for a code, if it is documented so.
function meantStatus(status: number, code: string | undefined): number {
  if (status < 200 || status > 299) return status
  return code !== undefined && /^[45]\d\d$/.test(code) ? Number(code) : 500
}

function documentedFailure(reading: Reading, status: number, page: boolean): DocumentedFailure | undefined {
  const { name, table } = reading.operation
  const answers = table.operations[name]
  return (page ? entryOf(table.failures, answers?.pages, status) : undefined) ?? entryOf(table.failures, answers?.failures, status)
}

function kindOf(status: number): FailureKind {
  const kinds: Readonly<Record<number, FailureKind>> = {
    401: 'authentication',
    402: 'payment',
    403: 'permission',
    404: 'not-found',
    408: 'service',
    409: 'conflict',
    410: 'not-found',
    429: 'rate-limit',
  }
  // A browser shows a redirect that it does not follow as status 0.
  if (status === 0 || (status >= 300 && status <= 399)) return 'redirect'
  return kinds[status] ?? (status >= 400 && status <= 499 ? 'invalid-request' : 'service')
}

function meaning(
  { operation, received, redaction }: Reading,
  entry: DocumentedFailure | undefined,
  kind: FailureKind,
  status: number,
): string {
  const { provider, name, messages } = operation
  if (entry !== undefined) return messages.get(`${provider}/${status}`) ?? entry.message
  if (kind !== 'redirect') return messageText('answer.undocumented', { status: received.status, operation: name }, messages)
  const location = redaction.text(addressOf(received.headers.get('Location'), received.url))
  return messageText(location === '' ? 'answer.redirect' : 'answer.redirect-to', { location }, messages)
}

// Without its query, which may hold what is nobody's business.
function addressOf(location: string | null, base: string | undefined): string {
  try {
    const { protocol, host, pathname } = new URL(location ?? '', base === '' ? undefined : base)
    return shortened(`${protocol}//${host}${pathname}`, 200)
  } catch {
    return ''
  }
}

function otherServers({ name, url, values }: ServerVariable, { received, sent }: Reading): Elsewhere {
  const address = sent.url ?? received.url ?? ''
  const asked = values.find((value) => address.startsWith(url.replace(`{${name}}`, value)))
  const others = values.filter((value) => value !== asked)
  return { variable: name, ...(asked !== undefined && { asked }), others }
}

function problemText({ operation, received, redaction }: Reading, problem: Unreadable): string {
  const title = problem === 'page' ? shortened(redaction.text(titleOf(received.text))) : ''
  const key = problem === 'page' && title === '' ? 'answer.untitled-page' : (`answer.${problem}` as const)
  return messageText(key, { limit: received.limit, title }, operation.messages)
}
