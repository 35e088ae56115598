// Makes gateways: what stands between a page and a provider, has the key, and decides what a page may ask for.
import type { OperationName, ProviderModule } from '../client/client-types.js'
import type { OperationPolicy, ServiceDescription } from '../client/service.js'
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import { sharedLimiter } from '../limiter/shared.js'
import { closest } from '../suggestion.js'
import { readPosted } from './body-reading.js'
import { createOriginCheck } from './cross-origin.js'
import { createDestinationCheck, type DestinationCheck } from './destinations.js'
import { type Envelope, openEnvelope } from './envelope.js'
import { problemOf } from './failure-problems.js'
import { type Asked, checkGatewayOptions, type GatewayOptions, type PostedInput, type Preparation } from './gateway-options.js'
import { derivedKey } from './idempotency.js'
import { judgeInput } from './input-judgement.js'
import { checkLimits, limitWaiting } from './limits.js'
import { readPatterns } from './pointer-pattern.js'
import { Problem } from './problem.js'
import { checkHead } from './request-head.js'
import { type CheckedOperation, createUpstream } from './upstream.js'
import { namesOfDestinations, secretsIn, withoutDestinationSecrets, withoutSecrets } from './withholding.js'

/**
 * Answers the requests of pages. It takes what `authorize` and the others are to be told beside the request.
 *
 * @example
 * ```ts
 * const gateway: Gateway<Env> = createGateway(recall, { credentials: (env: Env) => ({ apiKey: env.RECALL_API_KEY }), … })
 * export default { fetch: (request: Request, env: Env) => gateway(request, env) }
 * ```
 */
export type Gateway<Context = unknown> = (
  request: Request,
  ...context: unknown extends Context ? [context?: unknown] : [context: Context]
) => Promise<Response>

/** An operation that a gateway has. */
interface Served {
  readonly name: string
  readonly operation: CheckedOperation
  readonly policy: OperationPolicy
  readonly destinations: DestinationCheck
}

/** The same options, whatever their types: what they promise to each other was checked where they were written. */
interface AnyOptions
  extends Omit<GatewayOptions<ProviderModule, unknown>, 'region' | 'operations' | 'parameters' | 'authorize' | 'prepare'> {
  readonly region?: unknown
  readonly operations: unknown
  readonly parameters?: Readonly<Record<string, unknown>> | undefined
  readonly authorize: (request: Request, asked: Asked) => unknown
  readonly prepare?: (input: PostedInput, caller: unknown, preparation: Preparation) => object | null | Promise<object | null>
}

/**
 * Makes a gateway of a provider: a function from a `Request` to a `Response`, for servers and edge functions. A page posts
 * `{ id, body }` to `<basePath>/startRecording`; the gateway has the credential, says who may ask for what, and sends it with
 * everything that a client promises.
 *
 * @throws {@link InvalidOptionsError} for options that cannot be right, {@link InvalidCredentialError} for such a
 * credential.
 * @example
 * ```ts
 * import * as recall from 'recreq/recall'
 * import { createGateway } from 'recreq/gateway'
 *
 * const gateway = createGateway(recall, {
 *   basePath: '/api/recordings',
 *   region: 'us-west-2',
 *   credentials: { apiKey },
 *   operations: ['startRecording', 'stopRecording'],
 *   authorize: (request) => userOf(request),
 * })
 * ```
 */
export function createGateway<
  const Provider extends ProviderModule,
  Caller,
  Context = unknown,
  const Name extends OperationName<Provider> = OperationName<Provider>,
>(provider: Provider, options: GatewayOptions<Provider, Caller, Context, Name>): Gateway<Context> {
  const any: unknown = options
  return gatewayOf(provider, any as AnyOptions)
}

function gatewayOf(provider: ProviderModule, options: AnyOptions) {
  checkGatewayOptions(options)
  const { service } = provider as { readonly service?: ServiceDescription }
  if (service?.operations === undefined)
    throw new InvalidOptionsError('', 'createGateway takes the module of a provider: import * as recall from "recreq/recall".')
  const { authorize, prepare, parameters = {}, identify = identityOf } = options
  const basePath = (options.basePath ?? '').replace(/\/$/, '')
  const limits = checkLimits(options.limits)
  const origins = createOriginCheck(options.cors)
  const given = options.limiter === false ? false : (options.limiter ?? sharedLimiter())
  const limiter = given === false ? false : limitWaiting(given, limits)
  const callerLimiter = limitWaiting(given === false ? sharedLimiter() : given, limits)
  const upstream = createUpstream(provider, options, limiter)
  const served = servedOperations(provider, service, options)
  const variables = Object.keys(service.variables)
  const destinationNames = namesOfDestinations(service)
  // What is the gateway's to say. A page's idempotency key has its header.
  const owned = new Set([...variables, ...Object.keys(parameters), 'idempotencyKey'])

  const answer = async (request: Request, context: unknown, { name, operation, policy, destinations }: Served) => {
    const pageKey = checkHead(request, { region: options.region, limits, variables })
    let opened: Promise<Envelope> | undefined
    const open = () => (opened ??= readPosted(request, limits).then(openEnvelope))
    const params = async () => ({ ...(await open()).params })

    const caller = await authorize(request, { operation: name, params, context })
    if (isResponse(caller)) return caller
    if (isNobody(caller))
      throw new Problem('unauthenticated', 'Sign in, and ask again.', {
        headers: { 'www-authenticate': `Session realm="${basePath}"` },
      })
    const callerId = identify(caller)
    const turn = await takeTurn(callerId)
    try {
      const envelope = await open()
      const judge = { name, operation, destinations, owned, envelope }
      const input = await judgeInput(
        judge,
        prepare && ((posted) => prepare(posted, caller, { operation: name, request, context })),
      )
      const client = await upstream.client(context)
      const method = client[name]
      if (method === undefined) throw new TypeError(`There is no operation ${name}.`)
      const built = method.build(input.value)
      input.judgeWarnings(built.issues)

      const isQuestion = policy.method === 'GET'
      const idempotencyKey =
        pageKey === undefined || policy.idempotency === undefined
          ? undefined
          : await derivedKey(pageKey, [service.name, name, callerId, envelope.params])
      const { value } = await method(input.value, {
        ...(idempotencyKey !== undefined && { idempotencyKey }),
        // A page that goes away takes its question along, and leaves a start that is on its way alone.
        ...(isQuestion && { signal: request.signal }),
      }).withResponse()
      if (value === undefined) return new Response(null, { status: 204 })
      const names = service.secrets ?? []
      const secrets = [...upstream.sent.secrets(), ...secretsIn(input.prepared, names)]
      return jsonResponse(withoutSecrets(JSON.stringify(withoutDestinationSecrets(value, names, destinationNames)), secrets))
    } finally {
      await turn?.release()
    }
  }

  const takeTurn = async (callerId: string) => {
    const { perCaller } = limits
    if (perCaller === undefined) return undefined
    if (callerId === '') throw new TypeError('limits.perCaller has nothing to tell callers apart by: set identify.')
    return callerLimiter.acquire({
      key: `gateway ${service.name} ${await derivedKey(callerId, ['caller', basePath])}`,
      ...perCaller,
    })
  }

  return async (request: Request, context?: unknown): Promise<Response> => {
    const { pathname } = new URL(request.url)
    const name = pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length + 1) : ''
    const operation = served.get(name)
    try {
      if (operation === undefined) throw new Problem('unknown-operation', 'There is none of this name, or it is not for pages.')
      if (request.method === 'OPTIONS') {
        if (!origins.allows(request)) throw new Problem('origin-refused', 'Pages of this origin may not ask here.')
        return finished(
          new Response(null, { status: 204, headers: { allow: 'POST, OPTIONS' } }),
          origins.preflightHeaders(request),
        )
      }
      if (request.method !== 'POST')
        throw new Problem('method-not-allowed', 'Post the inputs of the operation.', { headers: { allow: 'POST, OPTIONS' } })
      if (!origins.allows(request)) throw new Problem('origin-refused', 'Pages of this origin may not ask here.')
      return finished(await answer(request, context, operation), origins.headers(request))
    } catch (error) {
      const problem = problemOf(error, name, operation?.policy.reconcile?.look)
      if (!(error instanceof Problem)) report(options, name, error)
      return finished(problem.toResponse(), origins.headers(request))
    }
  }
}

function servedOperations(provider: ProviderModule, service: ServiceDescription, options: AnyOptions): Map<string, Served> {
  const fields = readPatterns(options.fields ?? [], 'fields')
  const names = options.operations
  const known = Object.keys(service.operations)
  if (!Array.isArray(names) || names.length === 0)
    throw new InvalidOptionsError('operations', `operations lists what pages may ask for, of ${known.join(', ')}.`)
  return new Map(
    names.map((name: unknown) => {
      const policy = typeof name === 'string' && Object.hasOwn(service.operations, name) ? service.operations[name] : undefined
      const operation = (provider as unknown as Record<string, CheckedOperation | undefined>)[name as string]
      if (typeof name !== 'string' || policy === undefined || operation === undefined) {
        const near = closest(String(name), known)
        const advice = near === undefined ? `There are ${known.join(', ')}.` : `Did you mean "${near}"?`
        throw new InvalidOptionsError('operations', `There is no operation "${String(name)}". ${advice}`)
      }
      return [name, { name, operation, policy, destinations: createDestinationCheck(policy.destinations ?? [], fields) }]
    }),
  )
}

function identityOf(caller: unknown): string {
  const { id, sub } = (typeof caller === 'object' && caller !== null ? caller : {}) as {
    readonly id?: unknown
    readonly sub?: unknown
  }
  const name = [caller, id, sub].find((each) => typeof each === 'string' || typeof each === 'number')
  return name === undefined ? '' : String(name)
}

// An empty name is what is left of one that is not there.
function isNobody(caller: unknown): boolean {
  return caller === null || caller === undefined || caller === false || caller === ''
}

// One of another realm is a refusal as well, and must not pass for a caller.
function isResponse(value: unknown): value is Response {
  return value instanceof Response || Object.prototype.toString.call(value) === '[object Response]'
}

function jsonResponse(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'application/json' } })
}

// A Response of somebody else's may not let its headers be changed.
function finished(response: Response, headers: Readonly<Record<string, string>>): Response {
  const all = new Headers(response.headers)
  all.set('cache-control', 'no-store')
  all.set('x-content-type-options', 'nosniff')
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'vary') all.append(name, value)
    else all.set(name, value)
  }
  return new Response(response.body, { status: response.status, headers: all })
}

function report({ logger }: AnyOptions, operation: string, error: unknown): void {
  try {
    logger?.error(`${operation}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`)
  } catch {
    // There is nowhere left to say so.
  }
}
