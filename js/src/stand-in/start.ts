// The stand-in's HTTP server on this machine: takes requests in, keeps the journal, ends cleanly.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import type { ProviderName } from '../provider-document.js'
import type { JsonValue } from '../types.js'
import type { Answer } from './answering.js'
import { crossOriginHeaders } from './cross-origin.js'
import { note, send, settle, strike } from './delivery.js'
import { type Failure, FailureQueue, readFailure } from './failures.js'
import { hostServices } from './hosting.js'
import { hidden, Journal, type JournalEntry, type OpenEntry, withoutSecrets } from './journal.js'
import { checkOptions, type StandInOptions } from './options.js'
import { findPlace, type Place } from './routing.js'
import { timestamp } from './service.js'

/**
 * Services that run on this machine.
 *
 * @example
 * ```ts
 * const standIn: StandIn = await startStandIn()
 * console.log(standIn.origin('recall'), standIn.journal.length)
 * await standIn.stop()
 * ```
 */
export interface StandIn {
  readonly port: number
  /** `http://127.0.0.1:` and the port: the same for all providers. */
  readonly url: string
  /** What takes the place of `https://` and the host in a request's URL. */
  origin(provider: ProviderName): string
  /** What takes the place of the server's URL in the provider's document: the origin, and its path if it has one. */
  baseUrl(provider: ProviderName): string
  /** All calls so far, as a fresh list. Over HTTP it is at `/__recreq__/journal`; DELETE empties it. */
  readonly journal: readonly JournalEntry[]
  /** Has the next calls fail, after those that are to fail already: see `fail` in {@link StandInOptions}. */
  fail(...failures: readonly string[]): void
  /** Closes all connections. */
  stop(): Promise<void>
}

const journalPath = '/__recreq__/journal'
const failureHeader = 'x-recreq-fail'

/**
 * Serves the three APIs on 127.0.0.1, from what recreq knows of them: the same documents and the same engine.
 *
 * @throws {@link InvalidOptionsError}
 * @example
 * ```ts
 * const standIn = await startStandIn({ fail: ['503'] })
 * const request = recall.startRecording.build({ region: 'us-west-2', id }).toRequest({ apiKey })
 * const url = standIn.origin('recall') + new URL(request.url).pathname
 * const answer = await fetch(new Request(url, request))
 * await standIn.stop()
 * ```
 */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  checkOptions(options)
  const { clock = Date.now, cors = true, largestBody = 1_048_576 } = options
  const failures = new FailureQueue()
  failures.push(options.fail ?? [], 'fail')
  const journal = new Journal()
  const hosted = hostServices(options, clock)

  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method ?? 'GET'
    const extra = crossOriginHeaders(request.headers, cors)
    const address = origin + (request.url ?? '/')
    if (!URL.canParse(address)) {
      send(response, plainAnswer(400, { message: 'The address cannot be read.' }), extra)
      return
    }
    const url = new URL(address)
    if (method === 'OPTIONS') {
      send(response, { status: 204, headers: {}, text: '' }, extra)
      return
    }
    if (url.pathname === journalPath) {
      send(response, journalAnswer(journal, method), extra)
      return
    }

    // A service may count a request as soon as it sees its head, and whether or not the rest ever comes.
    const place = findPlace(hosted, method, url.pathname)
    const entry = journal.begin(entryOf(request, url, place, clock()))
    const body = await readBody(request, largestBody)
    entry.received = timestamp(clock())
    const shown = jsonOf(body)
    if (shown !== undefined) entry.body = withoutSecrets(shown, place.service?.document.secrets ?? new Set())
    const deliver = (answer: Answer): void => {
      entry.status = answer.status
      send(response, answer, extra)
    }
    const problem = (status: number, message: string): Answer =>
      place.service?.problem(status, message) ?? plainAnswer(status, { message })

    if (body === undefined) {
      response.shouldKeepAlive = false
      deliver(problem(413, `A body has at most ${largestBody} bytes here.`))
      return
    }
    if (place.route === undefined) {
      deliver(problem(place.status, place.message))
      return
    }
    const failure = failureOf(request, failures)
    if (failure instanceof InvalidOptionsError) {
      deliver(problem(400, failure.message))
      return
    }
    if (failure !== undefined) entry.failure = failure.text
    const { service, route, pathValues } = place
    const headers = request.headers as Record<string, string | undefined>
    const from = request.socket.remoteAddress ?? ''
    const admit = () => service.admit(route, pathValues, { url, headers, body, address: from })
    if (failure === undefined) {
      deliver(note(entry, settle(admit())))
      return
    }
    await strike({ failure, entry, response, extra, service, route, admit })
  }

  const server = createServer((request, response) => {
    // Whoever left before the answer does not get it.
    response.on('error', () => undefined)
    receive(request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : 'The stand-in failed.'
      if (response.headersSent || response.destroyed) response.destroy()
      else send(response, plainAnswer(500, { message }), {})
    })
  })
  const port = await listen(server, options.port ?? 0)
  const origin = `http://127.0.0.1:${port}`
  return {
    port,
    url: origin,
    origin: () => origin,
    baseUrl: (provider) => origin + (hosted.get(provider)?.service.document.basePath ?? ''),
    get journal() {
      return [...journal.entries]
    },
    fail(...more) {
      failures.push(more, 'fail')
    },
    stop() {
      return new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
    },
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      const problem = taken
        ? 'is taken. Choose another, or 0 for a free one'
        : `cannot be had: ${error.code ?? 'error'}`
      reject(new InvalidOptionsError('port', `Port ${port} on 127.0.0.1 ${problem}.`))
    })
    server.listen(port, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port)
    })
  })
}

// Undefined when it is too large; what is left of it is read and thrown away.
async function readBody(request: IncomingMessage, most: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= most) chunks.push(chunk)
    else chunks.length = 0
  }
  return length <= most ? Buffer.concat(chunks) : undefined
}

function failureOf(request: IncomingMessage, failures: FailureQueue): Failure | InvalidOptionsError | undefined {
  const asked = request.headers[failureHeader]
  if (typeof asked !== 'string') return failures.next()
  try {
    return readFailure(asked, failureHeader)
  } catch (error) {
    return error as InvalidOptionsError
  }
}

function entryOf(
  request: IncomingMessage,
  url: URL,
  { service, route }: Place,
  now: number,
): Omit<OpenEntry, 'number'> {
  return {
    time: timestamp(now),
    provider: service?.document.provider,
    operation: route?.name,
    method: request.method ?? 'GET',
    path: url.pathname + url.search,
    headers: withoutCredentials(request, service?.document.credential.header.toLowerCase()),
  }
}

function jsonOf(body: Uint8Array | undefined): JsonValue | undefined {
  if (body === undefined || body.length === 0) return undefined
  try {
    return JSON.parse(Buffer.from(body).toString()) as JsonValue
  } catch {
    return undefined
  }
}

function withoutCredentials({ headers }: IncomingMessage, credential: string | undefined): Record<string, string> {
  const shown: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const secret = name === credential || name === 'authorization' || name === 'cookie'
    const [, form = ''] = /^([A-Za-z]+ )/.exec(String(value)) ?? []
    shown[name] = secret ? `${form}${hidden}` : String(value)
  }
  return shown
}

function journalAnswer(journal: Journal, method: string): Answer {
  if (method === 'GET') return plainAnswer(200, journal.entries as unknown as JsonValue)
  if (method !== 'DELETE') return plainAnswer(405, { message: 'The journal can be read (GET) and emptied (DELETE).' })
  journal.clear()
  return plainAnswer(200, [])
}

function plainAnswer(status: number, value: JsonValue): Answer {
  return { status, headers: { 'content-type': 'application/json' }, text: JSON.stringify(value) }
}
