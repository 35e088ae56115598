// Sends a request once, and brings back everything that came of it: status, headers and the whole body, within limits.
import { joinedBytes } from '../joined-bytes.js'
import type { RequestArrival } from '../limiter/limiter.js'
import { describeFailure, wasNeverSent } from './connection-failure.js'

/** One try, and what may be spent on it. */
export interface Sending {
  /** Makes the request, with its credential. Another one each time. */
  readonly request: (signal: AbortSignal) => Request
  readonly fetch: typeof fetch
  readonly signal: AbortSignal | undefined
  /** Milliseconds for all of it, up to the last byte of the answer. */
  readonly timeout: number
  /** Bytes of a successful answer; of others, the beginning is enough. */
  readonly limit: number
  readonly secrets: readonly string[]
  /** How far the request has got: kept up to date, for whoever gives up in the middle, too. */
  readonly passage: Passage
  /** Waits until one more request may be sent, when an answer leads elsewhere. */
  readonly beforeFollowing: (signal: AbortSignal) => Promise<void>
}

/** How far a request has got. */
export interface Passage {
  arrival: RequestArrival
}

/** An answer that has come, whole or as much of it as is needed. */
export interface Arrival {
  readonly response: Response
  readonly body: Uint8Array
  /** There is more of it than was read. */
  readonly isLonger: boolean
}

/** Why no answer has come. */
export interface Loss {
  readonly reason: 'connection' | 'timeout' | 'cut-off'
  /** True when it is certain that the service has seen nothing of the request. */
  readonly neverSent: boolean
  /** Free of secrets. */
  readonly cause: Error | undefined
  /** What had come before the rest was lost. */
  readonly response: Response | undefined
}

const mostRedirects = 3
const failureLimit = 0x1_0000

/** Sends it. Rejects with the signal's reason when that is aborted, and with nothing else. */
export async function sendOnce(sending: Sending): Promise<Arrival | Loss> {
  const { signal, timeout, secrets } = sending
  const controller = new AbortController()
  const request = sending.request(controller.signal)
  let response: Response | undefined
  const stopped = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => {
      reject(controller.signal.reason as Error)
    })
  })
  stopped.catch(() => undefined)
  const abort = () => {
    controller.abort(signal?.reason)
  }
  signal?.throwIfAborted()
  signal?.addEventListener('abort', abort, { once: true })
  const overdue = new DOMException('The answer took too long.', 'TimeoutError')
  const timer = setTimeout(() => {
    controller.abort(overdue)
  }, timeout)
  try {
    // A fetch of somebody else's may not mind the signal.
    response = await Promise.race([followed(request, sending), stopped])
    const body = response.body === null ? emptyBody : await readBody(response.body, limitOf(response, sending), stopped)
    return { response, ...body }
  } catch (error) {
    signal?.throwIfAborted()
    // A failure is one without its words, too.
    if (response?.ok === false) return { response, ...emptyBody }
    if (controller.signal.reason === overdue) return { reason: 'timeout', neverSent: false, cause: undefined, response }
    const cause = describeFailure(error, secrets)
    if (response !== undefined) return { reason: 'cut-off', neverSent: false, cause, response }
    return { reason: 'connection', neverSent: wasNeverSent(error), cause, response }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

/** Sends a request, and follows where it leads: a question only, and only within its origin, where the credential belongs. */
async function followed(request: Request, { fetch, passage, beforeFollowing }: Sending): Promise<Response> {
  let current = request
  for (let count = 0; ; ++count) {
    // A runtime does not say when it has written the first byte: from here on, nobody knows.
    passage.arrival = 'unknown'
    const response = await fetch(current).catch((error: unknown) => {
      if (count === 0 && wasNeverSent(error)) passage.arrival = 'never'
      throw error
    })
    passage.arrival = 'arrived'
    const target = current.method === 'GET' && count < mostRedirects ? redirectTarget(response, current.url) : undefined
    if (target === undefined) return response
    void response.body?.cancel().catch(() => undefined)
    await beforeFollowing(request.signal)
    current = new Request(target, current)
  }
}

function redirectTarget(response: Response, from: string): string | undefined {
  const location = response.headers.get('location')
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return undefined
  try {
    const target = new URL(location, from)
    return target.origin === new URL(from).origin ? target.href : undefined
  } catch {
    return undefined
  }
}

const emptyBody = { body: new Uint8Array(0), isLonger: false }

function limitOf({ ok }: Response, { limit }: Sending): number {
  return ok ? limit : Math.min(limit, failureLimit)
}

async function readBody(stream: ReadableStream<Uint8Array>, limit: number, stopped: Promise<never>) {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    while (length <= limit) {
      const { done, value } = await Promise.race([reader.read(), stopped])
      if (done) return { body: joinedBytes(chunks, length), isLonger: false }
      chunks.push(value)
      length += value.length
    }
    return { body: joinedBytes(chunks, length).subarray(0, limit), isLonger: true }
  } finally {
    // After the end this does nothing; before it, the connection has no further use.
    void reader.cancel().catch(() => undefined)
  }
}
