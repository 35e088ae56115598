// Keeps a runtime from sending a request again on its own account.
import type { RequestContent } from '../request.js'

/**
 * The same request, which nobody sends twice. Deno does, whatever the method, when a connection breaks that it has used before:
 * what the first one started would then be started again. It cannot with a body that is read only once.
 */
export function sentOnce(request: Request, body: RequestContent): Request {
  if (!('Deno' in globalThis) || body === undefined) return request
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })
  const init: RequestInit & { duplex: 'half' } = { body: stream, duplex: 'half' }
  return new Request(request, init)
}
