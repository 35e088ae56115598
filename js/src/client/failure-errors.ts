// Which error a failure is.
import type { AnswerFailure } from '../answer.js'
import { AuthenticationError } from '../errors/authentication-error.js'
import type { CallFailure } from '../errors/call-error.js'
import { ConflictError } from '../errors/conflict-error.js'
import { ConnectionError } from '../errors/connection-error.js'
import { NotFoundError } from '../errors/not-found-error.js'
import { PermissionDeniedError } from '../errors/permission-denied-error.js'
import { RateLimitError } from '../errors/rate-limit-error.js'
import type { RecreqError } from '../errors/recreq-error.js'
import { RequestInvalidError } from '../errors/request-invalid-error.js'
import { ResponseUnreadableError } from '../errors/response-unreadable-error.js'
import { ServiceError } from '../errors/service-error.js'
import { TimeoutError } from '../errors/timeout-error.js'
import type { Loss } from './transport.js'

/** What all errors of a call have in common. */
export type CallContext = Pick<CallFailure, 'operation' | 'url' | 'attempts'>

/** The error for an answer that is a failure. */
export function errorOfAnswer(answer: AnswerFailure, context: CallContext, date: string | undefined): RecreqError {
  const { status, kind, code, issues } = answer
  const failure: CallFailure = { ...context, status, code, issues }
  const message = `${context.operation}: ${answer.message}`
  // A success that says of itself that it is none is no answer that could be relied on.
  if (status >= 200 && status <= 299) return new ResponseUnreadableError(message, failure)
  switch (kind) {
    case 'invalid-request':
      return new RequestInvalidError(context.operation, issues, answer.truncated, {
        date,
        status,
        url: context.url,
        code,
        said: answer.message,
      })
    case 'authentication':
      return new AuthenticationError(message, failure)
    case 'payment':
    case 'permission':
    case 'firewall':
      return new PermissionDeniedError(message, failure)
    case 'not-found':
      return new NotFoundError(message, failure)
    case 'conflict':
      return new ConflictError(message, failure)
    case 'rate-limit':
      return new RateLimitError(message, failure, answer.retryAfter)
    case 'service':
      return new ServiceError(message, failure, answer.retryAfter)
    case 'redirect':
    case 'unreadable':
      return new ResponseUnreadableError(message, failure)
  }
}

/** The error for an answer that did not come. */
export function errorOfLoss(loss: Loss, context: CallContext, timeout: number): RecreqError {
  const { operation } = context
  const failure: CallFailure = { ...context, status: loss.response?.status, cause: loss.cause }
  switch (loss.reason) {
    case 'timeout':
      return new TimeoutError(`${operation}: no answer came within ${timeout} ms.`, failure)
    case 'cut-off':
      return new ResponseUnreadableError(`${operation}: the connection broke in the middle of the answer.`, failure)
    case 'connection':
      return new ConnectionError(
        loss.neverSent
          ? `${operation}: the service could not be reached; nothing was sent.`
          : `${operation}: the connection broke before an answer came.`,
        failure,
      )
  }
}
