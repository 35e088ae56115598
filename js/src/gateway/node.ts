// The entry point `recreq/gateway/node`: a gateway, or anything that answers requests, as a listener of node:http.
import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * How requests look to the gateway.
 *
 * @example
 * ```ts
 * const options: NodeListenerOptions = { origin: 'https://app.example' }
 * ```
 */
export interface NodeListenerOptions<Context = unknown> {
  /** Where pages reach the server, when something stands before it that speaks TLS. Left out: what the request says. */
  readonly origin?: string | undefined
  /** What the gateway is called with beside the request. */
  readonly context?: Context | undefined
}

/**
 * Makes a listener for `node:http` (or Express) of a gateway.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import { createNodeListener } from 'recreq/gateway/node'
 *
 * createServer(createNodeListener(gateway)).listen(8080)
 * ```
 */
export function createNodeListener<Context = unknown>(
  gateway: (request: Request, context: Context) => Promise<Response>,
  { origin, context }: NodeListenerOptions<Context> = {},
): (request: IncomingMessage, response: ServerResponse) => void {
  return (incoming, outgoing) => {
    answer(incoming, outgoing, origin, (request) => gateway(request, context as Context)).catch(() => {
      if (outgoing.headersSent) outgoing.destroy()
      else outgoing.writeHead(500, { 'cache-control': 'no-store' }).end()
    })
  }
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  origin: string | undefined,
  handle: (request: Request) => Promise<Response>,
): Promise<void> {
  const gone = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort()
  })
  const request = requestOf(incoming, origin, gone.signal)
  if (request === undefined) {
    outgoing.writeHead(400, { 'cache-control': 'no-store', connection: 'close' }).end()
    return
  }
  const response = await handle(request)
  const body = response.body === null ? undefined : new Uint8Array(await response.arrayBuffer())
  response.headers.forEach((value, name) => {
    if (name !== 'set-cookie') outgoing.setHeader(name, value)
  })
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies)
  // Of a request that was not read to its end, the rest must not pass for another one.
  if (!incoming.complete) outgoing.setHeader('connection', 'close')
  outgoing.writeHead(response.status)
  outgoing.end(body)
}

function requestOf(incoming: IncomingMessage, origin: string | undefined, signal: AbortSignal): Request | undefined {
  const { method = 'GET', url: path = '/', rawHeaders } = incoming
  const scheme = 'encrypted' in incoming.socket ? 'https' : 'http'
  // Express takes the path that it is mounted at away, and keeps it in originalUrl.
  const { originalUrl = path } = incoming as { readonly originalUrl?: string }
  try {
    const base = new URL(origin ?? `${scheme}://${hostOf(incoming)}`)
    // As text: a path that begins with two slashes would else name another host.
    const url = new URL(base.origin + (originalUrl.startsWith('/') ? originalUrl : '/'))
    const headers = new Headers()
    for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
    if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers, signal })
    const init: RequestInit & { duplex: 'half' } = { method, headers, signal, body: bodyOf(incoming), duplex: 'half' }
    return new Request(url, init)
  } catch {
    return undefined
  }
}

// What Readable.toWeb makes destroys the connection when it is cancelled, and the answer with it.
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let isOver = false
  return new ReadableStream<Uint8Array>({
    start(controller) {
      incoming.on('data', (chunk: Uint8Array) => {
        if (isOver) return
        controller.enqueue(chunk)
        if ((controller.desiredSize ?? 0) <= 0) incoming.pause()
      })
      incoming.once('end', () => {
        if (!isOver) controller.close()
        isOver = true
      })
      incoming.once('close', () => {
        if (!isOver) controller.error(new TypeError('The request broke off.'))
        isOver = true
      })
      incoming.on('error', () => undefined)
      incoming.pause()
    },
    pull() {
      incoming.resume()
    },
    cancel() {
      isOver = true
      incoming.pause()
    },
  })
}

function hostOf({ headers }: IncomingMessage): string {
  const host = headers.host ?? 'localhost'
  if (/^(?:[\w.-]+|\[[\d:a-f.]+\])(?::\d{1,5})?$/i.test(host)) return host
  throw new TypeError('This is no host.')
}
