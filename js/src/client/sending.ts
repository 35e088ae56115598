// Sends a call until it is answered for good.
//
// Why not `ky`, which does timeouts and retries: the promises here are about what it leaves to others. It keeps `Request`s
// with their credential in its errors and hooks; its timeout ends with the headers, so that a body can hang; garbage in
// Retry-After waits for the longest time instead of a backoff; it reads bodies without a limit; and whether a repetition
// could record twice depends on the operation, on a key and its age, and on what every earlier try met, which its one table
// of methods and statuses cannot say. What would be left of it is a loop and a timer.
import type { Answer, AnswerFailure } from '../answer.js'
import { standardLimit } from '../answers/received.js'
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.js'
import type { RecreqError } from '../errors/recreq-error.js'
import type { Issue } from '../issue.js'
import type { RateObservation } from '../limiter/limiter.js'
import type { RecordingRequest, RequestContent } from '../request.js'
import type { AnsweredCall } from './call.js'
import type { CredentialSource, ReadyCredential } from './credentials.js'
import { type CallContext, errorOfAnswer, errorOfLoss } from './failure-errors.js'
import type { RedactedRequest, Reporter } from './hooks.js'
import { acquireAll, bucketsOf, type HeldPermit, observedLimit, type Pacing, releaseAll } from './rate-limiting.js'
import type { ReconcileOptions, Reconciliation } from './reconciliation.js'
import { delayBefore, mayRepeatAfter, type RetryPolicy } from './retrying.js'
import type { OperationPolicy } from './service.js'
import { sentOnce } from './sent-once.js'
import { type Arrival, type Loss, type Passage, sendOnce } from './transport.js'
import { sleep, unlessAborted } from './waiting.js'

/** What a client needs of an operation. */
export interface SendableOperation {
  readonly name: string
  readAnswer(
    answer: { status: number; headers: Headers; body: Uint8Array },
    options: { request: RecordingRequest<RequestContent, string>; secrets: readonly string[]; limit: number },
  ): Answer<unknown>
  /** Whether a failure says that nothing was done, where its status does not tell. */
  changedNothing?(answer: AnswerFailure): boolean
}

/** What holds for all calls of a client. */
export interface Sender {
  readonly service: string
  readonly credential: CredentialSource
  readonly fetch: typeof fetch | undefined
  /** Undefined: calls are not paced. */
  readonly pacing: Pacing | undefined
  readonly retry: RetryPolicy
  readonly reporter: Reporter
  /** The date of the facts, for messages. */
  readonly date: () => string | undefined
}

/** One call. */
export interface PreparedCall {
  readonly operation: SendableOperation
  readonly policy: OperationPolicy
  readonly request: RecordingRequest<RequestContent, string>
  /** The idempotency key that the request carries. */
  readonly key: string | undefined
  readonly signal: AbortSignal | undefined
  readonly timeout: number
  /** Asks whether the call took effect that was first sent at a moment. */
  readonly reconcile: (sent: number, options: ReconcileOptions) => Promise<Reconciliation>
}

/** What came of one try. */
type Outcome =
  | { readonly kind: 'answered'; readonly answer: Answer<unknown>; readonly arrival: Arrival }
  | { readonly kind: 'lost'; readonly loss: Loss }

export async function sendCall(sender: Sender, call: PreparedCall): Promise<AnsweredCall<unknown>> {
  const { operation, policy, request, key, signal, timeout } = call
  const shown = redacted(request)
  const begun = Date.now()
  // The first try of which it is unknown whether it took effect: what comes after it can only be a repetition of it.
  let doubt: RecreqError | undefined
  for (let attempt = 1; ; ++attempt) {
    signal?.throwIfAborted()
    const context: CallContext = { operation: operation.name, url: request.url, attempts: attempt }
    let ready: ReadyCredential
    let held: HeldPermit[]
    try {
      ready = await unlessAborted(sender.credential(), signal)
      held = await acquire(sender, call, ready, signal)
    } catch (error) {
      // That there can be no further try does not say what became of the first.
      if (doubt === undefined || signal?.aborted === true) throw error
      throw unknownOutcome(call, { ...context, attempts: attempt - 1 }, doubt, doubt, begun)
    }
    const passage: Passage = { arrival: 'never' }
    let headers: Headers | undefined
    let pause: RateObservation | undefined
    let outcome: Outcome
    let delay = 0
    try {
      sender.reporter.request({ operation: operation.name, attempt, request: shown })
      const started = performance.now()
      outcome = await sendAndRead(sender, call, ready, passage, async (stop) => {
        // What led elsewhere is answered: whoever held its places while waiting for more could wait for himself.
        releaseAll(held.splice(0), 'arrived')
        held.push(...(await acquire(sender, call, ready, stop)))
      })
      headers = headersOf(outcome)
      if (outcome.kind === 'answered') {
        const { status } = outcome.answer
        const milliseconds = performance.now() - started
        sender.reporter.response({ operation: operation.name, attempt, request: shown, status, milliseconds })
        if (outcome.answer.ok) return { value: outcome.answer.value, response: outcome.arrival.response }
      }
      delay = delayBefore(attempt, headers, sender.retry)
      // Who was told to wait tells the others.
      if (statusOf(outcome) === 429) pause = { remaining: 0, seconds: delay / 1000 }
    } finally {
      const [first] = held
      releaseAll(held, passage.arrival, (bucket) => {
        // A 429 does not say which limit was met: it is taken for the first, which the fewest callers share.
        if (pause !== undefined && bucket === first?.bucket) return pause
        return bucket.header === undefined ? undefined : observedLimit(headers?.get(bucket.header) ?? null)
      })
    }

    const error = errorOf(outcome, context, timeout, sender.date())
    if (leavesDoubt(outcome, call)) doubt ??= error
    const isRepeatable = mayBeRepeated(outcome, policy, key !== undefined)
    const keyLives = key === undefined || Date.now() + delay - begun < (policy.idempotency?.seconds ?? 0) * 1000
    if (!isRepeatable || !keyLives || attempt > sender.retry.limit) {
      // Only a success settles it: a repetition can be refused by what stands before the memory for keys.
      if (doubt === undefined) throw reported(sender, operation.name, error)
      throw unknownOutcome(call, context, doubt, error, begun)
    }
    const reason = outcome.kind === 'answered' ? `status ${outcome.answer.status}` : outcome.loss.reason
    const status = statusOf(outcome)
    sender.reporter.retry({ operation: operation.name, attempt, request: shown, reason, status, delay })
    await sleep(delay, signal)
  }
}

async function sendAndRead(
  sender: Sender,
  call: PreparedCall,
  ready: ReadyCredential,
  passage: Passage,
  beforeFollowing: (signal: AbortSignal) => Promise<void>,
): Promise<Outcome> {
  const { operation, policy, request, key, signal, timeout } = call
  const { credentials, secrets, headers = {} } = ready
  const mayArriveTwice = policy.method === 'GET' || key !== undefined
  const sent = await sendOnce({
    request(stop) {
      const made = request.toRequest(credentials, { signal: stop })
      for (const [name, value] of Object.entries(headers)) made.headers.set(name, value)
      return mayArriveTwice ? made : sentOnce(made, request.body)
    },
    fetch: sender.fetch ?? fetch,
    signal,
    timeout,
    limit: standardLimit,
    secrets,
    passage,
    beforeFollowing,
  })
  if ('reason' in sent) return { kind: 'lost', loss: sent }
  const { response, body, isLonger } = sent
  const { status } = response
  // An answer that is too long is read as one, so that there is one place for what is said of it.
  const limit = isLonger && response.ok ? Math.max(1, body.length - 1) : Math.max(1, body.length)
  const answer = operation.readAnswer({ status, headers: response.headers, body }, { request, secrets, limit })
  return { kind: 'answered', answer, arrival: sent }
}

async function acquire(
  { pacing, service }: Sender,
  { operation, policy, request }: PreparedCall,
  { owner }: ReadyCredential,
  signal: AbortSignal | undefined,
): Promise<HeldPermit[]> {
  if (pacing === undefined) return []
  const { limiter, together } = pacing
  const alone = policy.rateLimits ?? []
  const buckets = await bucketsOf({ service, together, operation: operation.name, alone, url: request.url, owner })
  return acquireAll(limiter, buckets, signal)
}

function errorOf(outcome: Outcome, context: CallContext, timeout: number, date: string | undefined): RecreqError {
  if (outcome.kind === 'lost') return errorOfLoss(outcome.loss, context, timeout)
  return errorOfAnswer(outcome.answer as AnswerFailure, context, date)
}

/** Whether something may have been changed, and nobody knows. */
function leavesDoubt(outcome: Outcome, { operation, policy }: PreparedCall): boolean {
  if (policy.method === 'GET') return false
  if (outcome.kind === 'lost') return !outcome.loss.neverSent
  const { answer } = outcome
  if (answer.ok || operation.changedNothing?.(answer) === true) return false
  // "See other" is said when something is done; a browser does not show which redirect it was.
  if (answer.kind === 'redirect') return answer.status === 303 || answer.status === 0
  // A success that cannot be read; one that says `success: false` is a refusal of another kind.
  return answer.kind === 'unreadable' || answer.status >= 500
}

function mayBeRepeated(outcome: Outcome, policy: OperationPolicy, withKey: boolean): boolean {
  if (outcome.kind === 'lost') return outcome.loss.neverSent || policy.method === 'GET' || withKey
  return mayRepeatAfter(outcome.answer.status, policy, withKey)
}

function unknownOutcome(
  call: PreparedCall,
  context: CallContext,
  doubt: RecreqError,
  last: RecreqError,
  begun: number,
): OutcomeUnknownError {
  const { policy, key, reconcile } = call
  const look = policy.reconcile === undefined ? 'what it was to change.' : `${policy.reconcile.look} reconcile() does that.`
  const sentences = [
    `whether it took effect is unknown. ${repetitionsOf(key, doubt !== last)}`,
    `Look at ${look}`,
    `(${last.message})`,
  ]
  const { status } = last as { readonly status?: number | undefined }
  const message = `${context.operation}: ${sentences.join(' ')}`
  return new OutcomeUnknownError(message, { ...context, status, cause: doubt }, key, (options) =>
    reconcile(begun, options),
  )
}

// A try before the doubtful one was refused or never sent: what came after it was no repetition of it.
function repetitionsOf(key: string | undefined, isRepeated: boolean): string {
  if (isRepeated) return 'Repetitions have not helped.'
  return key === undefined ? 'It was not repeated, because it could take effect twice.' : 'It was not repeated.'
}

function reported(sender: Sender, operation: string, error: RecreqError): RecreqError {
  const { issues = [] } = error as { readonly issues?: readonly Issue[] }
  for (const issue of issues) sender.reporter.issue({ operation, issue })
  return error
}

function headersOf(outcome: Outcome): Headers | undefined {
  return outcome.kind === 'answered' ? outcome.arrival.response.headers : outcome.loss.response?.headers
}

function statusOf(outcome: Outcome): number | undefined {
  return outcome.kind === 'answered' ? outcome.answer.status : outcome.loss.response?.status
}

function redacted({ method, url, headers, body }: RecordingRequest<RequestContent, string>): RedactedRequest {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body).length : (body?.length ?? 0)
  return Object.freeze({ method, url, headers: Object.freeze({ ...headers }), bytes })
}
