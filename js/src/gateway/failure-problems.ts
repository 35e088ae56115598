// What a page is told of a failed call: what it can do about it, and nothing of what the service or this server says.
import { AuthenticationError } from '../errors/authentication-error.js'
import { ConflictError } from '../errors/conflict-error.js'
import { ConnectionError } from '../errors/connection-error.js'
import { NotFoundError } from '../errors/not-found-error.js'
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.js'
import { PermissionDeniedError } from '../errors/permission-denied-error.js'
import { RateLimitError } from '../errors/rate-limit-error.js'
import { RequestInvalidError } from '../errors/request-invalid-error.js'
import { ResponseUnreadableError } from '../errors/response-unreadable-error.js'
import { ServiceError } from '../errors/service-error.js'
import { TimeoutError } from '../errors/timeout-error.js'
import type { Issue } from '../issue.js'
import { Problem, type ProblemContext } from './problem.js'

const inLog = 'Whoever runs the gateway can see why in its log.'

/** The problem that stands for an error. `look`: what shows whether the operation took effect. */
export function problemOf(error: unknown, operation: string, look: string | undefined): Problem {
  if (error instanceof Problem) return error
  if (error instanceof RequestInvalidError) return invalid(error, operation)
  if (error instanceof OutcomeUnknownError) {
    const where = look === undefined ? '' : ` Look at ${look}`
    const detail = `Whether ${operation} took effect is unknown.${where}`
    return new Problem('outcome-unknown', detail, { status: error.cause instanceof TimeoutError ? 504 : 502 })
  }
  if (error instanceof AuthenticationError || error instanceof PermissionDeniedError)
    return new Problem('service-refuses', `The service did not accept the call. ${inLog}`)
  if (error instanceof NotFoundError)
    return new Problem('not-found', 'The service knows nothing of that name, or not for this gateway.', codeOf(error))
  if (error instanceof ConflictError)
    return new Problem('conflict', 'The service cannot do this in the state in which things are.', codeOf(error))
  if (error instanceof RateLimitError)
    return new Problem('rate-limit', 'The service gets too many requests.', { retryAfter: error.retryAfter ?? 1 })
  if (error instanceof TimeoutError) return new Problem('service-timeout', 'The service gave no answer in time.')
  if (error instanceof ConnectionError) return new Problem('service-unreachable', 'Nothing was done.')
  if (error instanceof ResponseUnreadableError) return new Problem('service-unreadable', inLog)
  if (error instanceof ServiceError) {
    const { retryAfter, status } = error
    return new Problem('service-failure', 'Ask again later.', { retryAfter, ...(status === 503 && { status }) })
  }
  return new Problem('gateway-failure', inLog)
}

function invalid({ status, issues, truncated, code }: RequestInvalidError, operation: string): Problem {
  if (status === undefined)
    return new Problem('request-invalid', `The input of ${operation} has errors, and nothing was sent.`, {
      issues: issues.map(withoutPosition),
      truncated,
    })
  return new Problem('request-invalid', `The service refuses the input of ${operation}.`, {
    ...codeOf({ code }),
    issues: issues.map(inOurWords),
    truncated,
  })
}

/** The page posts the text that the positions are of, but nobody has written it. */
export function withoutPosition(issue: Issue): Issue {
  const positions = ['offset', 'line', 'column']
  return Object.fromEntries(Object.entries(issue).filter(([name]) => !positions.includes(name))) as unknown as Issue
}

// The place is the page's own; what the service says of it may be about anything.
function inOurWords({ code, severity, path, pointer }: Issue): Issue {
  return { code, severity, path, pointer, message: 'The service refuses what stands here.', params: {} }
}

// A code is a word for programs, and nothing else passes for one.
function codeOf({ code }: { readonly code: string | undefined }): ProblemContext {
  return code !== undefined && /^[\w-]{1,64}$/.test(code) ? { code } : {}
}
