// What a client may be told, and whether it makes sense.
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import type { Limiter } from '../limiter/limiter.js'
import type { Options } from '../options.js'
import { closest } from '../suggestion.js'
import type { Hooks, Logger } from './hooks.js'
import { defaultRetryPolicy, type RetryOptions, type RetryPolicy } from './retrying.js'

/**
 * What all clients may be told; `createClient` adds what depends on the provider.
 *
 * @example
 * ```ts
 * const options: GeneralClientOptions = { timeout: 10_000, retry: { limit: 5 }, logger: console }
 * ```
 */
export interface GeneralClientOptions extends Options {
  /**
   * Another place to send to than the provider's own: a stand-in on this machine, or a proxy. It takes the place of the
   * whole server address. `http:` only to this machine.
   */
  readonly baseUrl?: string | URL | undefined
  /**
   * Says that `baseUrl` may be somebody else's host, which then gets the credential.
   *
   * @default false
   */
  readonly trustBaseUrl?: boolean | undefined
  /**
   * What sends requests.
   *
   * @default globalThis.fetch
   */
  readonly fetch?: typeof fetch | undefined
  /** How often and how patiently a request is repeated; a number is the limit, `false` is 0. */
  readonly retry?: RetryOptions | number | false | undefined
  /**
   * Milliseconds for each try, up to the last byte of its answer.
   *
   * @default 30000
   */
  readonly timeout?: number | undefined
  /** What paces calls to the provider's limits. Left out: one in memory for all clients of the process. `false`: none. */
  readonly limiter?: Limiter | false | undefined
  /** Functions that are told what happens. */
  readonly hooks?: Hooks | undefined
  /** Where lines are written, such as `console`. Left out: nowhere. */
  readonly logger?: Logger | undefined
  /**
   * Says that the credential may be in a page, where everybody who opens it can read it.
   *
   * @default false
   */
  readonly dangerouslyAllowBrowser?: boolean | undefined
}

/**
 * What a single call may be told.
 *
 * @example
 * ```ts
 * await client.startRecording({ id }, { signal: AbortSignal.timeout(60_000), idempotencyKey: job.id })
 * ```
 */
export interface CallOptions {
  /**
   * Ends the call at once, waiting or sending. What was on its way then may have taken effect all the same.
   */
  readonly signal?: AbortSignal | null | undefined
  /** Milliseconds for each try, up to the last byte of its answer. */
  readonly timeout?: number | undefined
  /** The key under which the provider does a thing once. Left out: a new one for each call, where there are any. */
  readonly idempotencyKey?: string | undefined
}

const checkingOptions = [
  'defaults',
  'unknown',
  'rules',
  'limits',
  'customRules',
  'messages',
  'extraBody',
  'provenance',
] as const
const clientOptions = [
  ...checkingOptions,
  'region',
  'credentials',
  'parameters',
  'baseUrl',
  'trustBaseUrl',
  'fetch',
  'retry',
  'timeout',
  'limiter',
  'hooks',
  'logger',
  'dangerouslyAllowBrowser',
] as const
const callOptions = ['signal', 'timeout', 'idempotencyKey'] as const
const defaultTimeout = 30_000

/** @throws {@link InvalidOptionsError} */
export function checkClientOptions(options: object): void {
  checkNames(options, clientOptions, 'A client')
  const { fetch, logger, limiter, hooks } = options as GeneralClientOptions
  if (fetch !== undefined && typeof fetch !== 'function') throw new InvalidOptionsError('fetch', 'fetch is a function.')
  for (const [name, value] of Object.entries({ logger, hooks }))
    if (value !== undefined && typeof value !== 'object') throw new InvalidOptionsError(name, `${name} is an object.`)
  if (limiter !== undefined && limiter !== false && typeof limiter.acquire !== 'function')
    throw new InvalidOptionsError(
      'limiter',
      'limiter has a method acquire, as what createMemoryLimiter() gives; or it is false.',
    )
}

/** @throws {@link InvalidOptionsError} */
export function checkCallOptions(options: CallOptions): void {
  checkNames(options, callOptions, 'A call')
  const { signal } = options as { readonly signal?: Partial<AbortSignal> | null }
  // One of another realm or library is no instance of this one's class, and works all the same.
  if (signal && (typeof signal.aborted !== 'boolean' || typeof signal.addEventListener !== 'function'))
    throw new InvalidOptionsError('signal', 'signal is an AbortSignal: of an AbortController, or AbortSignal.timeout(…).')
}

/** Those options that `with` of an operation takes; undefined when there are none. */
export function checkingOptionsOf(options: Options): Options | undefined {
  const chosen = checkingOptions.filter((name) => options[name] !== undefined)
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen.map((name) => [name, options[name]]))
}

/** @throws {@link InvalidOptionsError} */
export function timeoutOf(timeout: number | undefined, otherwise = defaultTimeout): number {
  if (timeout === undefined) return otherwise
  if (typeof timeout === 'number' && timeout > 0 && timeout < 2 ** 31) return timeout
  throw new InvalidOptionsError('timeout', 'timeout is a number of milliseconds above 0, and less than 25 days.')
}

/** @throws {@link InvalidOptionsError} */
export function retryPolicyOf(retry: RetryOptions | number | false | undefined): RetryPolicy {
  const given = typeof retry === 'object' ? retry : { limit: retry === false ? 0 : retry }
  checkNames(given, Object.keys(defaultRetryPolicy), 'retry')
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined)
  for (const [name, value] of chosen)
    if (typeof value !== 'number' || !(value >= 0))
      throw new InvalidOptionsError(`retry.${name}`, `retry.${name} is a number, 0 or above.`)
  return { ...defaultRetryPolicy, ...Object.fromEntries(chosen) }
}

function checkNames(options: object, names: readonly string[], holder: string): void {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null)
    throw new InvalidOptionsError('', `The options of ${holder.toLowerCase()} are an object.`)
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue
    const near = closest(name, names)
    const advice = near === undefined ? `There are ${names.join(', ')}.` : `Did you mean "${near}"?`
    throw new InvalidOptionsError(name, `${holder} has no option "${name}". ${advice}`)
  }
}
