// Reads what a gateway answers, so that a page has the errors that a client on a server has.
import type { Answer, AnswerFailure, FailureKind } from '../answer.js'
import { parseRetryAfter } from '../client/retrying.js'
import type { Issue } from '../issue.js'
import { problemPrefix, type ProblemDetails, type ProblemName, problems } from './problem.js'

const decoder = new TextDecoder()

/** An answer as it arrived. */
interface Arrived {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array
}

const kinds: Readonly<Record<ProblemName, FailureKind>> = {
  malformed: 'invalid-request',
  unauthenticated: 'authentication',
  'origin-refused': 'permission',
  'region-refused': 'permission',
  refused: 'permission',
  'unknown-operation': 'not-found',
  'not-found': 'not-found',
  'method-not-allowed': 'invalid-request',
  'too-slow': 'service',
  conflict: 'conflict',
  'too-large': 'invalid-request',
  'unsupported-media-type': 'invalid-request',
  'request-invalid': 'invalid-request',
  'rate-limit': 'rate-limit',
  'gateway-failure': 'service',
  'service-refuses': 'permission',
  'service-unreadable': 'unreadable',
  'service-failure': 'service',
  'outcome-unknown': 'service',
  'service-unreachable': 'service',
  'service-timeout': 'service',
}
// What stands in front of a gateway, such as a load balancer, answers in its own words.
const kindsByStatus: Readonly<Record<number, FailureKind>> = {
  401: 'authentication',
  403: 'permission',
  404: 'not-found',
  409: 'conflict',
  429: 'rate-limit',
}

/** Reads it. A bad answer never makes it throw. */
export function readGatewayAnswer({ status, headers, body }: Arrived): Answer<unknown> {
  if (status === 204) return { ok: true, status, value: undefined }
  const content = jsonOf(body)
  if (status >= 200 && status <= 299) {
    if (content !== undefined) return { ok: true, status, value: content }
    return failure(
      status,
      'unreadable',
      `The gateway answered with ${status} and no JSON: is there another server at this address?`,
    )
  }
  const wait = parseRetryAfter(headers.get('retry-after') ?? undefined, Date.now())
  const retryAfter = wait === undefined ? {} : { retryAfter: wait / 1000 }
  const name = problemNameOf(content)
  if (name === undefined) {
    const kind = kindsByStatus[status] ?? (status >= 500 ? 'service' : status >= 400 ? 'invalid-request' : 'redirect')
    return { ...failure(status, kind, `The gateway's server answered with ${status}.`), ...retryAfter }
  }
  const { title, detail, issues = [], truncated = false, code } = content as ProblemDetails
  return {
    ...failure(status, kinds[name], `${title}. ${detail}`),
    code: code ?? name,
    issues: issues.filter(isIssue),
    truncated,
    ...retryAfter,
  }
}

/** Whether a failure is a problem of which it is certain that nothing was done. */
export function leftUntouched({ code = '' }: AnswerFailure): boolean {
  return Object.hasOwn(problems, code) && problems[code as ProblemName].untouched
}

function failure(status: number, kind: FailureKind, message: string): AnswerFailure {
  return { ok: false, status, kind, message, issues: [], truncated: false }
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(body)) as unknown
  } catch {
    return undefined
  }
}

function problemNameOf(content: unknown): ProblemName | undefined {
  const {
    type,
    title,
    detail,
    issues = [],
  } = (typeof content === 'object' && content !== null ? content : {}) as Record<string, unknown>
  if (typeof type !== 'string' || !type.startsWith(problemPrefix) || !Array.isArray(issues)) return undefined
  const name = type.slice(problemPrefix.length)
  return Object.hasOwn(problems, name) && typeof title === 'string' && typeof detail === 'string'
    ? (name as ProblemName)
    : undefined
}

function isIssue(value: unknown): value is Issue {
  const { code, message, pointer, path } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  return typeof code === 'string' && typeof message === 'string' && typeof pointer === 'string' && Array.isArray(path)
}
