// The content of an answer: its status, headers and text, however it came, within a limit.
import type { AnswerContent } from '../answer.js'
import { bytesOf } from '../bytes.js'
import { InvalidOptionsError } from '../errors/invalid-options-error.js'

/** Why a text is not the whole answer. */
export type ContentProblem = 'too-large' | 'broken-off' | 'encoding'

/** An answer as it arrived. */
export interface Received {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly problem?: ContentProblem
  /** How many bytes were to be read at most. */
  readonly limit: number
  /** Where it came from, if that is known. */
  readonly url?: string
}

/** Bytes of an answer: a list of some thousand recordings has room. */
export const standardLimit = 0x100_0000
// No failure has that much to say.
const failureLimit = 0x10_0000

/** The option `limit`, or what holds without it. */
export function limitOf(limit: number | undefined): number {
  if (limit === undefined) return standardLimit
  if (Number.isSafeInteger(limit) && limit > 0) return limit
  throw new InvalidOptionsError('limit', 'The option limit is a whole number of bytes, at least 1.')
}

/** Takes an answer that is in memory. */
export function receivedContent(answer: AnswerContent, most: number): Received {
  const { status, headers, body } = answer
  if (!Number.isInteger(status) || status < 0 || status > 999)
    throw new TypeError('The status of an answer is a number like 200.')
  const limit = limitFor(status, most)
  const head = { status, headers: new Headers(headers as ConstructorParameters<typeof Headers>[0]), limit }
  if (typeof body === 'string') {
    if (body.length > limit) return { ...head, text: '', problem: 'too-large' }
    return { ...head, text: body.startsWith('\uFEFF') ? body.slice(1) : body }
  }
  if (body === undefined || body === null) return { ...head, text: '' }
  const bytes = bytesOf(body)
  if (bytes === undefined) throw new TypeError('The body of an answer is text, a Uint8Array, or nothing.')
  return bytes.length > limit ? { ...head, text: '', problem: 'too-large' } : { ...head, ...decoded([bytes]) }
}

/** Reads a `Response`, and no more of it than `most` bytes. */
export async function receivedResponse(
  response: Response,
  most: number,
  signal: AbortSignal | null | undefined,
): Promise<Received> {
  if (!isResponse(response))
    throw new TypeError('This is no Response. Pass what fetch gives, or call readAnswer.')
  if (response.bodyUsed || response.body?.locked === true)
    throw new TypeError('The body of this Response has been read already. Pass an unread one, or give its text to readAnswer.')
  signal?.throwIfAborted()
  const { status, headers, url, body } = response
  const limit = limitFor(status, most)
  const head = { status, headers, url, limit }
  return body === null ? { ...head, text: '' } : { ...head, ...(await readStream(body, limit, signal)) }
}

function limitFor(status: number, most: number): number {
  return status >= 200 && status <= 299 ? most : Math.min(most, failureLimit)
}

// Of any realm, and of any implementation that has what is used here.
function isResponse(value: unknown): value is Response {
  if (typeof value !== 'object' || value === null) return false
  const { status, headers, body } = value as Partial<Response>
  return typeof status === 'number' && typeof headers?.get === 'function' && typeof body === 'object'
}

async function readStream(
  stream: ReadableStream<Uint8Array>,
  limit: number,
  signal: AbortSignal | null | undefined,
): Promise<Pick<Received, 'text' | 'problem'>> {
  const reader = stream.getReader()
  // Stopping ends a read that waits; what the stream says to that is of no interest.
  const stop = () => void reader.cancel(signal?.reason).catch(() => undefined)
  signal?.addEventListener('abort', stop, { once: true })
  const chunks: Uint8Array[] = []
  let problem: ContentProblem | undefined
  try {
    for (let length = 0; problem === undefined; ) {
      const { done, value } = await reader.read()
      if (done) break
      length += value.length
      if (length > limit) problem = 'too-large'
      else chunks.push(value)
    }
  } catch {
    problem = 'broken-off'
  } finally {
    signal?.removeEventListener('abort', stop)
  }
  signal?.throwIfAborted()
  if (problem === 'too-large') {
    stop()
    return { text: '', problem }
  }
  const content = decoded(chunks)
  return problem === undefined ? content : { text: content.text, problem }
}

// A byte order mark goes. Bytes that are not UTF-8 are shown as far as they can be, for failures that have words in them.
function decoded(chunks: readonly Uint8Array[]): Pick<Received, 'text' | 'problem'> {
  try {
    return { text: decode(chunks, true) }
  } catch {
    return { text: decode(chunks, false), problem: 'encoding' }
  }
}

function decode(chunks: readonly Uint8Array[], fatal: boolean): string {
  const decoder = new TextDecoder('utf-8', { fatal })
  let text = ''
  for (const chunk of chunks) text += decoder.decode(chunk, { stream: true })
  return text + decoder.decode()
}
