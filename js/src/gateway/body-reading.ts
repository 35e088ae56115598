// Reads what a page posts, and no more of it than is allowed, for no longer than is allowed.
import { joinedBytes } from '../joined-bytes.js'
import { Problem } from './problem.js'

/** What may be spent on a body. */
export interface ReadingLimits {
  readonly bytes: number
  /** Milliseconds. */
  readonly readTimeout: number
}

/** @throws {@link Problem} when it is too large or too slow, or breaks off. */
export async function readPosted(request: Request, { bytes: limit, readTimeout }: ReadingLimits): Promise<Uint8Array> {
  refuseDeclared(request, limit)
  if (request.bodyUsed || request.body?.locked === true)
    throw new TypeError('The body of the request has been read by somebody else: in authorize, call params().')
  if (request.body === null) return new Uint8Array(0)
  const reader = (request.body as ReadableStream<Uint8Array>).getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Problem('too-slow', `The request was not there after ${readTimeout} ms.`))
    }, readTimeout)
  })
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) return joinedBytes(chunks, length)
      length += value.length
      if (length > limit) throw tooLarge(limit)
      chunks.push(value)
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem('malformed', 'The request broke off.')
  } finally {
    clearTimeout(timer)
    // After the end this does nothing; before it, nobody wants the rest.
    void reader.cancel().catch(() => undefined)
  }
}

/** @throws {@link Problem} when a request says that it is too large, before any of it is read. */
export function refuseDeclared(request: Request, limit: number): void {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit)
}

function tooLarge(limit: number): Problem {
  return new Problem('too-large', `A request has at most ${limit} bytes.`)
}
