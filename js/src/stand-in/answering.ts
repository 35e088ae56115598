// One service on its way from a request to an answer: credential, rate limit, idempotency key, check, behaviour.
import { STATUS_CODES } from 'node:http'
import type { JsonValue } from '../types.js'
import { type AnyOperation, checkFor } from './checking.js'
import { IdempotencyKeys } from './idempotency.js'
import type { Allowances, RateLimits } from './rate-limits.js'
import type { Behaviour, Outcome } from './service.js'
import { type QueryParameter, responseTo, type Route, type ServiceDocument } from './service-document.js'

/** A request as it came. */
export interface ReceivedRequest {
  readonly url: URL
  /** In lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  /** Where it comes from. */
  readonly address: string
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** An answer, and what the journal says of it. */
export interface Answered {
  readonly answer: Answer
  readonly started?: string
  readonly replayed?: boolean
}

/** A request that may take effect, now or later. */
export interface Admitted {
  act(): Answered
}

export interface Service {
  readonly document: ServiceDocument
  /** Lets a request in, or answers at once. */
  admit(route: Route, pathValues: readonly string[], request: ReceivedRequest): Answered | Admitted
  /** The documented answer to a status, whatever the request was. */
  documented(route: Route, status: number, argument: string | undefined): Answer
  /** An answer in the service's own shape about something that no document speaks of. */
  problem(status: number, message: string, headers?: Readonly<Record<string, string>>): Answer
}

export interface ServiceParts {
  readonly document: ServiceDocument
  readonly behaviour: Behaviour
  readonly operations: Readonly<Record<string, AnyOperation>>
  readonly limits: RateLimits
  /** The only credential that is accepted; undefined: any. */
  readonly credential: string | undefined
  readonly clock: () => number
}

const json = { 'content-type': 'application/json' }

export function createService({ document, behaviour, operations, limits, credential, clock }: ServiceParts): Service {
  const keys = new IdempotencyKeys<Answer>()
  const checks = new Map(
    document.routes.map((route) => {
      const operation = operations[route.name]
      if (operation === undefined) throw new TypeError(`There is no operation ${route.name}.`)
      return [route.name, checkFor(operation, document, route.pathParameters)]
    }),
  )

  const problem: Service['problem'] = (status, message, headers = {}) => ({
    status,
    headers: { ...json, ...headers },
    text: JSON.stringify(behaviour.problem(status, message)),
  })

  const documented: Service['documented'] = (route, status, argument) => {
    const response = responseTo(route, status)
    const headers: Record<string, string> = {}
    const documentedHeader = (name: string) => response?.headers.includes(name) === true
    if (documentedHeader('WWW-Authenticate')) headers['www-authenticate'] = document.credential.prefix.trim()
    const isDelay = argument !== undefined && /^\d+$/.test(argument)
    if (isDelay || documentedHeader('Retry-After')) headers['retry-after'] = isDelay ? argument : '1'
    if (response !== undefined && response.mediaType === undefined) return { status, headers, text: '' }
    const example = response?.examples.get(argument ?? '') ?? [...(response?.examples.values() ?? [])][0]
    if (response?.mediaType === 'text/html')
      return { status, headers: { ...headers, 'content-type': 'text/html' }, text: page(status, example) }
    if (example === undefined) return problem(status, `${STATUS_CODES[status] ?? 'Failed'}.`, headers)
    return { status, headers: { ...json, ...headers }, text: JSON.stringify(example) }
  }

  const answerTo = (route: Route, outcome: Outcome): Answer =>
    'value' in outcome
      ? { status: 200, headers: json, text: JSON.stringify(outcome.value) }
      : documented(route, outcome.status, outcome.example)

  const act = (route: Route, pathValues: readonly string[], { url, headers, body }: ReceivedRequest): Answered => {
    const { conduct } = document
    if (route.method === 'GET' && body.length > 0 && conduct.bodyOnGet !== undefined)
      return { answer: documented(route, conduct.bodyOnGet, undefined) }
    const parameters = parametersOf(route, pathValues, url)
    const read = route.takesBody ? readBody(body, headers['content-type']) : {}
    if (typeof read === 'string')
      return { answer: problem(conduct.refusal, conduct.messages[read] ?? conduct.messages['otherwise'] ?? read) }

    const call = { parameters, body: {}, now: clock(), url }
    const input = { ...document.serverVariables, ...parameters, ...('value' in read && { body: read.value }) }
    const checked = checks.get(route.name)?.(input, () => behaviour.settings?.(call) ?? {})
    if (checked === undefined || checked.nowhere) return { answer: documented(route, 404, undefined) }
    const [first] = checked.problems
    if (first !== undefined) {
      // What stands before the service, such as a firewall, answers first.
      const { status } = checked.problems.find((each) => each.status !== conduct.refusal) ?? first
      if (status !== conduct.refusal) return { answer: documented(route, status, undefined) }
      return { answer: { status, headers: json, text: JSON.stringify(behaviour.refusal(status, checked.problems)) } }
    }
    const outcome = behaviour.operations[route.name]?.({ ...call, body: checked.body }) ?? { status: 404 }
    const answer = answerTo(route, outcome)
    return 'value' in outcome && outcome.started !== undefined ? { answer, started: outcome.started } : { answer }
  }

  return {
    document,
    problem,
    documented,
    admit(route, pathValues, request) {
      const given = credentialIn(request.headers[document.credential.header.toLowerCase()], document.credential.prefix)
      if (given === undefined) return { answer: documented(route, 401, 'missing') }
      if (given === '' || (credential !== undefined && given !== credential))
        return { answer: documented(route, 401, undefined) }

      const now = clock()
      const allowances = limits.count(route, { credential: given, address: request.address }, now)
      const shown = rateHeaders(allowances)
      const withHeaders = (answered: Answered): Answered => ({
        ...answered,
        answer: { ...answered.answer, headers: { ...answered.answer.headers, ...shown } },
      })
      const { exceeded } = allowances
      if (exceeded !== undefined) return withHeaders({ answer: documented(route, 429, String(exceeded.reset)) })

      const key = route.idempotency && request.headers[route.idempotency.header.toLowerCase()]
      if (route.idempotency === undefined || key === undefined || key === '')
        return { act: () => withHeaders(act(route, pathValues, request)) }
      const scope = JSON.stringify([given, route.method, request.url.pathname, key])
      const claim = keys.claim(scope, now, route.idempotency.seconds)
      if (claim.state === 'running') return withHeaders({ answer: documented(route, 409, undefined) })
      if (claim.state === 'stored') return withHeaders({ answer: claim.answer, replayed: true })
      return {
        act() {
          const answered = act(route, pathValues, request)
          claim.store(answered.answer)
          return withHeaders(answered)
        },
      }
    },
  }
}

// Undefined: there is none at all. Empty: it does not have the form.
function credentialIn(header: string | undefined, prefix: string): string | undefined {
  if (header === undefined) return undefined
  const rest = header.startsWith(prefix) ? header.slice(prefix.length) : ''
  return /^\S+$/.test(rest) ? rest : ''
}

// The headers of the IETF's draft, where the document says that the service has them.
function rateHeaders({ all }: Allowances): Record<string, string> {
  const shown = all.find(({ limit }) => limit.header !== undefined)
  if (shown?.limit.header === undefined) return {}
  const { limit, remaining, reset } = shown
  const name = shown.limit.header.toLowerCase()
  return {
    [name]: `"default";r=${remaining};t=${reset}`,
    [`${name}-policy`]: `"default";q=${limit.requests};w=${limit.seconds}`,
  }
}

function parametersOf(route: Route, pathValues: readonly string[], url: URL): Record<string, JsonValue> {
  const parameters: Record<string, JsonValue> = {}
  for (const [index, name] of route.pathParameters.entries()) parameters[name] = pathValues[index] ?? ''
  for (const parameter of route.queryParameters) {
    const given = url.searchParams.getAll(parameter.name)
    if (given.length > 0) parameters[parameter.name] = typed(parameter, given)
  }
  return parameters
}

// What does not have its type stays text, and the check says so.
function typed({ type }: QueryParameter, given: readonly string[]): JsonValue {
  const text = given.at(-1) ?? ''
  if (type === 'array') return given.flatMap((each) => each.split(','))
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  if ((type === 'number' || type === 'integer') && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text)
  return text
}

function readBody(
  bytes: Uint8Array,
  contentType: string | undefined,
): { value?: JsonValue } | 'not-json' | 'media-type' {
  if (bytes.length === 0) return {}
  if (contentType !== undefined && !/^application\/json\b/i.test(contentType)) return 'media-type'
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as JsonValue }
  } catch {
    return 'not-json'
  }
}

/** What a gateway shows to people. */
export function page(status: number, content?: JsonValue): string {
  if (typeof content === 'string') return content
  const title = `${status} ${STATUS_CODES[status] ?? ''}`.trim()
  return `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`
}
