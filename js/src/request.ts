// A request that was built: everything except the credential.
import { type Credentials, credentialHeader } from './credential.js'
import type { CredentialDescription } from './engine/abi.js'
import type { Issue } from './issue.js'

/**
 * What goes along with a request besides the credential.
 *
 * @example
 * ```ts
 * const options: RequestOptions = { signal: AbortSignal.timeout(10_000) }
 * ```
 */
export interface RequestOptions {
  /** Aborts the request. */
  readonly signal?: AbortSignal | null | undefined
}

/**
 * The content of a request as `fetch` takes it: text, bytes, or none.
 *
 * @example
 * ```ts
 * const send = (url: string, body: RequestContent) => fetch(url, { method: 'POST', body: body ?? null })
 * ```
 */
export type RequestContent = string | Uint8Array<ArrayBuffer> | undefined

/** The content of requests whose operation takes a `Body`. */
export type SentBody<Body> = [Body] extends [never] ? undefined : string | Uint8Array<ArrayBuffer>

/** What {@link RecordingRequest} is made of. */
export interface RequestParts<Content> {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Content
  readonly issues: readonly Issue[]
  readonly credential: CredentialDescription | undefined
}

/**
 * A request as it will be sent, without the credential: it can be logged, shown and compared.
 *
 * @example
 * ```ts
 * const request = recall.startRecording.build({ region: 'us-west-2', id })
 * console.log(request.method, request.url, request.body)
 * const response = await fetch(request.toRequest({ apiKey }))
 * ```
 */
export class RecordingRequest<
  Content extends RequestContent = string | Uint8Array<ArrayBuffer>,
  CredentialName extends string = 'apiKey',
> {
  readonly method: string
  readonly url: string
  /** The headers without the one that carries the credential. */
  readonly headers: Readonly<Record<string, string>>
  /** The canonical body: text for an object or text, bytes for bytes, undefined when the operation takes none. */
  readonly body: Content
  /** What was found that does not keep the request from being sent: warnings and infos. */
  readonly issues: readonly Issue[]
  readonly #credential: CredentialDescription | undefined

  /** @internal */
  constructor(parts: RequestParts<Content>) {
    this.method = parts.method
    this.url = parts.url
    this.headers = parts.headers
    this.body = parts.body
    this.issues = parts.issues
    this.#credential = parts.credential
  }

  /**
   * The same request to another address.
   *
   * @internal
   */
  at(url: string): RecordingRequest<Content, CredentialName> {
    if (url === this.url) return this
    const { method, headers, body, issues } = this
    return new RecordingRequest({ method, url, headers, body, issues, credential: this.#credential })
  }

  /**
   * A standard `Request` with the credential in it, for `fetch`. It does not follow redirects: they could take the
   * credential and the body to another server.
   *
   * @throws {@link InvalidCredentialError} when the credential cannot be right.
   * @example
   * ```ts
   * const response = await fetch(request.toRequest({ apiKey }, { signal: AbortSignal.timeout(10_000) }))
   * ```
   */
  toRequest(credentials: Credentials<CredentialName>, options: RequestOptions = {}): Request {
    const headers = new Headers(this.headers)
    if (this.#credential !== undefined)
      headers.set(this.#credential.header, credentialHeader(this.#credential, credentials))
    return new Request(this.url, {
      method: this.method,
      headers,
      body: this.body ?? null,
      redirect: 'manual',
      ...(options.signal && { signal: options.signal }),
    })
  }
}

// Most requests of a program have the same headers.
let lastHead = ''
let lastHeaders: Readonly<Record<string, string>> = {}

/** Takes apart what the engine writes before a body: the URL and the headers, a line each. */
export function parseHead(head: string): { url: string; headers: Record<string, string> } {
  const end = head.indexOf('\n')
  const lines = head.slice(end + 1)
  if (lines !== lastHead) {
    lastHeaders = parseHeaders(lines)
    lastHead = lines
  }
  return { url: head.slice(0, end), headers: { ...lastHeaders } }
}

function parseHeaders(lines: string): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let begin = 0, end; begin < lines.length; begin = end + 1) {
    const colon = lines.indexOf(': ', begin)
    end = lines.indexOf('\n', begin)
    headers[lines.slice(begin, colon)] = lines.slice(colon + 2, end)
  }
  return headers
}
