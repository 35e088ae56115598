// Which pages may ask: those of the gateway's own origin, and those that are listed.
import { InvalidOptionsError } from '../errors/invalid-options-error.js'

/**
 * Which other origins' pages may ask. Without it, those of the gateway's own origin may, and no others.
 *
 * @example
 * ```ts
 * const cors: CrossOriginOptions = { origins: ['https://app.example'], credentials: true }
 * ```
 */
export interface CrossOriginOptions {
  /** Origins, or a function that says whether one may ask. There is no `*`: whoever asks spends your recordings. */
  readonly origins: readonly string[] | ((origin: string) => boolean)
  /**
   * Whether pages may send cookies.
   *
   * @default false
   */
  readonly credentials?: boolean | undefined
  /** Names of further headers that pages may send. `Authorization`, `Content-Type` and `Idempotency-Key` are always there. */
  readonly headers?: readonly string[] | undefined
  /**
   * Seconds for which a browser may keep the answer to its question whether it may ask.
   *
   * @default 600
   */
  readonly maxAge?: number | undefined
}

/** Decides by the headers of a request. */
export interface OriginCheck {
  /** Whether a page that sends this may ask; whoever is no page may. */
  readonly allows: (request: Request) => boolean
  /** The headers of every answer to it. */
  readonly headers: (request: Request) => Record<string, string>
  /** The headers of an answer to a browser that asks beforehand. */
  readonly preflightHeaders: (request: Request) => Record<string, string>
}

/** @throws {@link InvalidOptionsError} */
export function createOriginCheck(options: CrossOriginOptions | undefined): OriginCheck {
  const isListed = listOf(options)
  const { credentials = false, headers: more = [], maxAge = 600 } = options ?? {}
  const named = ['authorization', 'content-type', 'idempotency-key', ...more].join(', ')
  const headers = (request: Request): Record<string, string> => {
    const origin = request.headers.get('origin')
    const all: Record<string, string> = options === undefined ? {} : { vary: 'Origin' }
    if (origin === null || !isListed(origin)) return all
    return {
      ...all,
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'Retry-After',
      ...(credentials && { 'access-control-allow-credentials': 'true' }),
    }
  }
  return {
    allows(request) {
      const origin = request.headers.get('origin')
      const site = request.headers.get('sec-fetch-site')
      // No page can write this header. Behind a proxy it knows more than the request's URL, which may have another scheme.
      if (site === 'same-origin') return true
      if (origin === null) return site === null || site === 'none'
      return origin === new URL(request.url).origin || isListed(origin)
    },
    headers,
    preflightHeaders: (request) => ({
      ...headers(request),
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': named,
      'access-control-max-age': String(maxAge),
    }),
  }
}

function listOf(options: CrossOriginOptions | undefined): (origin: string) => boolean {
  if (options === undefined) return () => false
  const { origins } = options
  if (typeof origins === 'function') return (origin) => origin !== 'null' && isAllowedBy(origins, origin)
  if (!Array.isArray(origins)) throw new InvalidOptionsError('cors', 'cors has origins: a list, or a function.')
  for (const origin of origins as readonly unknown[]) {
    if (typeof origin === 'string' && URL.canParse(origin) && new URL(origin).origin === origin) continue
    throw new InvalidOptionsError(
      'cors',
      `cors.origins has origins such as "https://app.example"; "${String(origin)}" is none.`,
    )
  }
  const listed = new Set(origins as readonly string[])
  return (origin) => listed.has(origin)
}

// It is asked for the headers of every answer, also of the one that says that something failed.
function isAllowedBy(origins: (origin: string) => boolean, origin: string): boolean {
  try {
    // A promise would be true whatever it brings.
    return (origins(origin) as unknown) === true
  } catch {
    return false
  }
}
