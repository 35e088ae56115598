// What a client tells while it works. Whoever listens cannot change what happens: a listener that throws after a start
// would else make it look as if there had been none.
import type { Issue } from '../issue.js'

/**
 * A request without its credential and without its body, which may hold secrets of its own.
 *
 * @example
 * ```ts
 * const line = ({ method, url, bytes }: RedactedRequest) => `${method} ${url} (${bytes} bytes)`
 * ```
 */
export interface RedactedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The length of the body. */
  readonly bytes: number
}

/**
 * What is told before a request is sent.
 *
 * @example
 * ```ts
 * const onRequest = ({ operation, attempt }: RequestEvent) => console.log(operation, attempt)
 * ```
 */
export interface RequestEvent {
  readonly operation: string
  /** Which try of the call it is, from 1. */
  readonly attempt: number
  readonly request: RedactedRequest
}

/**
 * What is told when an answer has come and was read.
 *
 * @example
 * ```ts
 * const onResponse = ({ operation, status, milliseconds }: ResponseEvent) => metrics.record(operation, status, milliseconds)
 * ```
 */
export interface ResponseEvent extends RequestEvent {
  readonly status: number
  readonly milliseconds: number
}

/**
 * What is told before a request is sent again.
 *
 * @example
 * ```ts
 * const onRetry = ({ operation, reason, delay }: RetryEvent) => console.warn(operation, reason, `again in ${delay} ms`)
 * ```
 */
export interface RetryEvent extends RequestEvent {
  /** Why: a status, or what went wrong with the connection. */
  readonly reason: string
  readonly status: number | undefined
  /** Milliseconds that are waited. */
  readonly delay: number
}

/**
 * What is told of each issue of a request: warnings before it is sent, errors when it is refused.
 *
 * @example
 * ```ts
 * const onIssue = ({ operation, issue }: IssueEvent) => console.warn(operation, issue.pointer, issue.message)
 * ```
 */
export interface IssueEvent {
  readonly operation: string
  readonly issue: Issue
}

/**
 * Functions that are told what a client does. What they return or throw changes nothing.
 *
 * @example
 * ```ts
 * const hooks: Hooks = { onRetry: ({ operation, reason }) => console.warn(operation, reason) }
 * ```
 */
export interface Hooks {
  readonly onRequest?: ((event: RequestEvent) => void) | undefined
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined
  readonly onRetry?: ((event: RetryEvent) => void) | undefined
  readonly onIssue?: ((event: IssueEvent) => void) | undefined
}

/**
 * Where a client writes lines, such as `console`. It is silent without one.
 *
 * @example
 * ```ts
 * const client = createClient(recall, { region, credentials, logger: console })
 * ```
 */
export interface Logger {
  debug(message: string): void
  warn(message: string): void
  error(message: string): void
}

/** Tells hooks and logger, and survives both. */
export interface Reporter {
  request(event: RequestEvent): void
  response(event: ResponseEvent): void
  retry(event: RetryEvent): void
  issue(event: IssueEvent): void
}

export function createReporter(hooks: Hooks, logger: Logger | undefined): Reporter {
  const write = (level: keyof Logger, message: string) => {
    try {
      logger?.[level](message)
    } catch {
      // There is nowhere left to say so.
    }
  }
  const tell = (name: keyof Hooks, event: RequestEvent | ResponseEvent | RetryEvent | IssueEvent) => {
    const failed = () => {
      write('error', `${event.operation}: the hook ${name} failed; the call goes on`)
    }
    try {
      const answer: unknown = (hooks[name] as ((event: unknown) => unknown) | undefined)?.(event)
      if (answer instanceof Promise) answer.catch(failed)
    } catch {
      failed()
    }
  }
  return {
    request(event) {
      tell('onRequest', event)
      const { operation, attempt, request } = event
      write('debug', `${operation}: ${request.method} ${request.url}, try ${attempt}`)
    },
    response(event) {
      tell('onResponse', event)
      write('debug', `${event.operation}: ${event.status} after ${Math.round(event.milliseconds)} ms`)
    },
    retry(event) {
      tell('onRetry', event)
      write('warn', `${event.operation}: ${event.reason}; again in ${Math.round(event.delay)} ms`)
    },
    issue(event) {
      tell('onIssue', event)
      const { severity, pointer, message } = event.issue
      write(severity === 'error' ? 'error' : 'warn', `${event.operation}: ${pointer}: ${message}`)
    },
  }
}
