// What a provider's answer means: the result of an operation, or why there is none.
import type { Issue } from './issue.js'
import type { RecordingRequest, RequestContent } from './request.js'
import type { JsonValue } from './types.js'

/**
 * What a failure is about, and so what can be done:
 *
 * - `invalid-request`: the provider refuses what was sent; `issues` says where, if the answer does
 * - `authentication`: no credential, a wrong one, or one that is not known there
 * - `payment`: the account has no credit left
 * - `permission`: the credential does not permit this
 * - `firewall`: turned away before the API saw the request
 * - `not-found`: no such bot, meeting, recording or path
 * - `conflict`: the state of things does not allow it now
 * - `rate-limit`: too many requests; `retryAfter` says how long to wait, if the answer does
 * - `service`: the service failed, and what has been done is unknown
 * - `redirect`: the service points elsewhere, and was not followed
 * - `unreadable`: the service reports success, and what it sent is not what it documents
 *
 * @example
 * ```ts
 * const later: readonly FailureKind[] = ['rate-limit', 'service']
 * if (!answer.ok && later.includes(answer.kind)) queue.push(job)
 * ```
 */
export type FailureKind =
  | 'invalid-request'
  | 'authentication'
  | 'payment'
  | 'permission'
  | 'firewall'
  | 'not-found'
  | 'conflict'
  | 'rate-limit'
  | 'service'
  | 'redirect'
  | 'unreadable'

/**
 * The result of an operation.
 *
 * @example
 * ```ts
 * if (answer.ok) console.log(answer.value.id)
 * ```
 */
export interface AnswerSuccess<Result> {
  readonly ok: true
  /** The HTTP status. */
  readonly status: number
  /** What the provider sent, with all members that it has, documented or not; undefined where nothing is to come. */
  readonly value: Result
}

/**
 * Why there is no result. Nothing in it holds the value of a secret field that was sent.
 *
 * @example
 * ```ts
 * if (!answer.ok) {
 *   console.error(answer.kind, answer.message)
 *   for (const { pointer, message } of answer.issues) console.error(pointer, message)
 * }
 * ```
 */
export interface AnswerFailure {
  readonly ok: false
  /** The HTTP status; 0 for an answer that a browser shows nothing of. */
  readonly status: number
  readonly kind: FailureKind
  /** What happened, in the provider's words too, and what to do about it: for people. */
  readonly message: string
  /** The provider's own code, for programs. */
  readonly code?: string
  /** What the provider says of single fields, at their places in the input that was sent. */
  readonly issues: readonly Issue[]
  /** True when the provider had more to say of fields than is in `issues`. */
  readonly truncated: boolean
  /** Seconds to wait before another try, if the answer says so. */
  readonly retryAfter?: number
  /** For a credential that may be at home elsewhere: the server variable, what it was, and what else it can be. */
  readonly elsewhere?: Elsewhere
  /** What the provider sent, without secrets: JSON, or the beginning of a text. */
  readonly body?: JsonValue
}

/**
 * Where else a request could go: the regions of a provider, for example.
 *
 * @example
 * ```ts
 * if (!answer.ok && answer.elsewhere) console.error(`Not ${answer.elsewhere.asked}? Try ${answer.elsewhere.others}.`)
 * ```
 */
export interface Elsewhere {
  /** The server variable, for example `region`. */
  readonly variable: string
  /** Its value in the request, where that is known. */
  readonly asked?: string
  /** Its other values. */
  readonly others: readonly string[]
}

/**
 * What came back of an operation, read: its result, or a failure. `ok` tells them apart.
 *
 * @example
 * ```ts
 * const answer: Answer<recall.Bot> = await recall.startRecording.readResponse(response, { request })
 * console.log(answer.ok ? answer.value.recordings : answer.message)
 * ```
 */
export type Answer<Result> = AnswerSuccess<Result> | AnswerFailure

/**
 * An answer that has arrived already.
 *
 * @example
 * ```ts
 * const content: AnswerContent = { status: 429, headers: { 'Retry-After': '7' }, body: '' }
 * ```
 */
export interface AnswerContent {
  readonly status: number
  /** `Headers`, or names and values; capitals do not matter. */
  readonly headers?: Headers | Readonly<Record<string, string>> | Iterable<readonly [string, string]> | undefined
  /** Text, or UTF-8 bytes. */
  readonly body?: string | Uint8Array | null | undefined
}

/**
 * What helps to read an answer.
 *
 * @example
 * ```ts
 * const answer = operation.readAnswer({ status, headers, body }, { request, secrets: [apiKey] })
 * ```
 */
export interface ReadAnswerOptions {
  /** The request that was answered: with it, failures name places that it has, and withhold its secrets. */
  readonly request?: Pick<RecordingRequest<RequestContent>, 'url' | 'body'> | undefined
  /** Values to withhold wherever an answer repeats them: the credential, above all. */
  readonly secrets?: readonly string[] | undefined
  /**
   * Bytes of an answer that are read; a longer one is a failure.
   *
   * @default 16777216
   */
  readonly limit?: number | undefined
}

/**
 * What helps to read a `Response`.
 *
 * @example
 * ```ts
 * const options: ReadResponseOptions = { request, signal: AbortSignal.timeout(10_000) }
 * ```
 */
export interface ReadResponseOptions extends ReadAnswerOptions {
  /** Stops reading; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal | null | undefined
}
