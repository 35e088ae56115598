// What a gateway may be told, and whether it makes sense.
import type { GeneralClientOptions } from '../client/client-options.js'
import type { ClientCredentials, OperationName, ParameterName, ProviderModule, RegionOf } from '../client/client-types.js'
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import type { Limiter } from '../limiter/limiter.js'
import { closest } from '../suggestion.js'
import type { CrossOriginOptions } from './cross-origin.js'
import type { GatewayLimits } from './limits.js'

/**
 * What is asked for, for `authorize`.
 *
 * @example
 * ```ts
 * const authorize = async (request: Request, { params }: Asked) => {
 *   const user = await userOf(request)
 *   return user !== null && user.bots.includes((await params()).id) ? user : null
 * }
 * ```
 */
export interface Asked<Name extends string = string, Context = unknown> {
  readonly operation: Name
  /**
   * The inputs of the operation without its body. This reads what was posted: who is nobody is best turned away before.
   *
   * @example
   * ```ts
   * const { id } = await params()
   * ```
   */
  readonly params: () => Promise<Readonly<Record<string, unknown>>>
  /** What the gateway was called with beside the request. */
  readonly context: Context
}

/**
 * What a page has posted: the inputs of an operation. It is nobody's but yours, and may be changed.
 *
 * @example
 * ```ts
 * const prepare = (input: PostedInput) => ({ ...input, body: { ...input.body, webhookUrl } })
 * ```
 */
export interface PostedInput {
  [name: string]: unknown
  body?: Record<string, unknown>
}

/**
 * What goes along with an input, for `prepare`.
 *
 * @example
 * ```ts
 * const prepare = (input: PostedInput, user: User, { operation }: Preparation) =>
 *   operation === 'startRecording' ? { ...input, body: { ...input.body, webhookUrl } } : input
 * ```
 */
export interface Preparation<Name extends string = string, Context = unknown> {
  readonly operation: Name
  readonly request: Request
  /** What the gateway was called with beside the request. */
  readonly context: Context
}

/** What a gateway tells its client: everything that is not about pages. */
type ForwardedOptions = Pick<
  GeneralClientOptions,
  | 'baseUrl'
  | 'trustBaseUrl'
  | 'fetch'
  | 'retry'
  | 'timeout'
  | 'hooks'
  | 'logger'
  | 'rules'
  | 'customRules'
  | 'messages'
  | 'defaults'
>

/**
 * What a gateway may be told.
 *
 * @example
 * ```ts
 * const options: GatewayOptions<typeof recall, User> = {
 *   basePath: '/api/recordings',
 *   region: 'us-west-2',
 *   credentials: () => ({ apiKey: process.env.RECALL_API_KEY }),
 *   operations: ['startRecording', 'stopRecording'],
 *   authorize: (request) => userOf(request),
 * }
 * ```
 */
export interface GatewayOptions<
  Provider extends ProviderModule,
  Caller,
  Context = unknown,
  Name extends OperationName<Provider> = OperationName<Provider>,
> extends ForwardedOptions {
  /**
   * What stands before the operation's name in the path: `/api/recordings`.
   *
   * @default ''
   */
  readonly basePath?: string | undefined
  /** Where the account lives, for providers that have regions. No page can ask for another one. */
  readonly region?: RegionOf<Provider> | undefined
  /** What every call has in common, such as `account_id`. No page can say otherwise. */
  readonly parameters?: { readonly [Parameter in ParameterName<Provider>]?: string | number | boolean } | undefined
  /** The credential by its name, or a function that gives it when it is needed. */
  readonly credentials:
    ClientCredentials<Provider> | ((context: Context) => ClientCredentials<Provider> | Promise<ClientCredentials<Provider>>)
  /** The only operations that there are. */
  readonly operations: readonly Name[]
  /**
   * Says who asks: anything that is not null. Null is nobody, as `undefined`, `false` and an empty text are, and is answered
   * with 401; a `Response` is sent as it is. It is asked before anything that was posted is read.
   */
  readonly authorize: (
    request: Request,
    asked: Asked<Name & string, Context>,
  ) => Caller | Response | null | Promise<Caller | Response | null>
  /**
   * Completes what a page has posted: it may set what the page may not. What it gives is checked as any input is. Null
   * refuses, with 403.
   */
  readonly prepare?:
    | ((
        input: PostedInput,
        caller: Caller,
        preparation: Preparation<Name & string, Context>,
      ) => object | null | Promise<object | null>)
    | undefined
  /**
   * Fields that pages may set although they say where data goes: JSON Pointers from the body on, in which `*` stands for any
   * member or element, such as `/realtime_endpoints`. What lies in such a field is allowed with it.
   */
  readonly fields?: readonly string[] | undefined
  /** Which other origins' pages may ask. Left out: none. */
  readonly cors?: CrossOriginOptions | undefined
  readonly limits?: GatewayLimits | undefined
  /** What paces calls to the provider's limits, and to those of callers. Left out: one in memory. `false`: none. */
  readonly limiter?: Limiter | false | undefined
  /**
   * Tells callers apart, for `limits.perCaller` and for idempotency keys.
   *
   * @default the caller itself when it is a text or a number; its `id` or `sub` when that is one
   */
  readonly identify?: ((caller: Caller) => string) | undefined
}

export const forwardedOptions = [
  'baseUrl',
  'trustBaseUrl',
  'fetch',
  'retry',
  'timeout',
  'hooks',
  'logger',
  'rules',
  'customRules',
  'messages',
  'defaults',
] as const satisfies readonly (keyof ForwardedOptions)[]

const ownOptions = [
  'basePath',
  'region',
  'parameters',
  'credentials',
  'operations',
  'authorize',
  'prepare',
  'fields',
  'cors',
  'limits',
  'limiter',
  'identify',
] as const

/** @throws {@link InvalidOptionsError} */
export function checkGatewayOptions(options: object): void {
  const names: readonly string[] = [...ownOptions, ...forwardedOptions]
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue
    const near = closest(name, names)
    const advice = near === undefined ? `There are ${names.join(', ')}.` : `Did you mean "${near}"?`
    throw new InvalidOptionsError(name, `A gateway has no option "${name}". ${advice}`)
  }
  const { authorize, prepare, identify, basePath = '' } = options as Record<string, unknown>
  if (typeof authorize !== 'function') {
    const advice = 'Without it, everybody could record. It gives the caller, or null: (request) => userOf(request).'
    throw new InvalidOptionsError('authorize', `authorize is a function. ${advice}`)
  }
  for (const [name, value] of Object.entries({ prepare, identify }))
    if (value !== undefined && typeof value !== 'function') throw new InvalidOptionsError(name, `${name} is a function.`)
  if (typeof basePath !== 'string' || !/^(?:\/[\w.~-]+)*\/?$/.test(basePath))
    throw new InvalidOptionsError('basePath', 'basePath is a path such as "/api/recordings".')
}
