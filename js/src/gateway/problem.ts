// Why a gateway does not do what was asked: problem details (RFC 9457).
import type { Issue } from '../issue.js'

/**
 * What went wrong, for programs: the end of a problem's `type`, behind `urn:recreq:problem:`.
 *
 * @example
 * ```ts
 * const isSignedOut = (name: ProblemName) => name === 'unauthenticated'
 * ```
 */
export type ProblemName = keyof typeof problems

/**
 * For each: its status, what it is called, and whether it is certain that nothing was done. That is not so for an answer to a
 * start which nobody can read, or a service that fails then: such a one is `outcome-unknown`.
 */
export const problems = {
  malformed: { status: 400, title: 'The request cannot be read', untouched: true },
  unauthenticated: { status: 401, title: 'It is not known who asks', untouched: true },
  'origin-refused': { status: 403, title: 'Pages of this origin may not ask', untouched: true },
  'region-refused': { status: 403, title: 'This region is not served', untouched: true },
  refused: { status: 403, title: 'This is not permitted', untouched: true },
  'unknown-operation': { status: 404, title: 'There is no such operation', untouched: true },
  'not-found': { status: 404, title: 'The service has nothing of that name', untouched: true },
  'method-not-allowed': { status: 405, title: 'Only POST is taken', untouched: true },
  'too-slow': { status: 408, title: 'The request took too long to come', untouched: true },
  conflict: { status: 409, title: 'The state of things does not allow it', untouched: true },
  'too-large': { status: 413, title: 'The request is too large', untouched: true },
  'unsupported-media-type': { status: 415, title: 'Only application/json is taken', untouched: true },
  'request-invalid': { status: 422, title: 'The input has errors', untouched: true },
  'rate-limit': { status: 429, title: 'Too many requests', untouched: true },
  'gateway-failure': { status: 500, title: 'The gateway failed', untouched: false },
  'service-refuses': { status: 502, title: 'The service does not serve this gateway', untouched: true },
  'service-unreadable': { status: 502, title: 'The service gave no answer that could be read', untouched: true },
  'service-failure': { status: 502, title: 'The service failed', untouched: true },
  'outcome-unknown': { status: 502, title: 'Whether it took effect is unknown', untouched: false },
  'service-unreachable': { status: 503, title: 'The service cannot be reached', untouched: true },
  'service-timeout': { status: 504, title: 'The service took too long', untouched: true },
} as const satisfies Record<string, { status: number; title: string; untouched: boolean }>

/** What stands before the name in `type`. */
export const problemPrefix = 'urn:recreq:problem:'

/**
 * The body of a gateway's refusal: problem details as RFC 9457 has them, and what it says of single fields.
 *
 * @example
 * ```ts
 * const response = await fetch('/api/recordings/startRecording', { method: 'POST', headers, body })
 * if (!response.ok) for (const { pointer, message } of ((await response.json()) as ProblemDetails).issues ?? []) show(pointer, message)
 * ```
 */
export interface ProblemDetails {
  readonly type: `${typeof problemPrefix}${ProblemName}`
  readonly title: string
  readonly status: number
  readonly detail: string
  /** What is wrong with the input, as `check` says it. */
  readonly issues?: readonly Issue[]
  /** True when there were more issues than are listed. */
  readonly truncated?: boolean
  /** The provider's own code. */
  readonly code?: string
}

/** What goes along with a problem. */
export interface ProblemContext {
  readonly issues?: readonly Issue[] | undefined
  readonly truncated?: boolean | undefined
  readonly code?: string | undefined
  /** Seconds. */
  readonly retryAfter?: number | undefined
  /** Another status than the problem's own. */
  readonly status?: number | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Thrown within a gateway, and answered. */
export class Problem extends Error {
  readonly problem: ProblemName
  readonly context: ProblemContext

  constructor(problem: ProblemName, detail: string, context: ProblemContext = {}) {
    super(detail)
    this.problem = problem
    this.context = context
  }

  toResponse(): Response {
    const { title, status: usual } = problems[this.problem]
    const { issues, truncated, code, retryAfter, status = usual, headers } = this.context
    const details: ProblemDetails = {
      type: `${problemPrefix}${this.problem}`,
      title,
      status,
      detail: this.message,
      ...(issues !== undefined && { issues }),
      ...(truncated === true && { truncated }),
      ...(code !== undefined && { code }),
    }
    return new Response(JSON.stringify(details), {
      status,
      headers: {
        'content-type': 'application/problem+json',
        ...headers,
        ...(retryAfter !== undefined && { 'retry-after': String(Math.max(1, Math.ceil(retryAfter))) }),
      },
    })
  }
}
