// What a stand-in may be told, and whether it makes sense.
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import { type ProviderName, providerNames } from '../provider-document.js'
import { closest } from '../suggestion.js'
import { botStatuses, type StandInBot } from './recall.js'

/**
 * How a stand-in behaves. Everything has a default that works.
 *
 * @example
 * ```ts
 * const options: StandInOptions = { providers: ['recall'], fail: ['503', 'reset-after'], rateLimit: false }
 * ```
 */
export interface StandInOptions {
  /**
   * The port on 127.0.0.1; 0: one that is free.
   *
   * @default 0
   */
  readonly port?: number | undefined
  /** Which services there are. Left out: all. */
  readonly providers?: readonly ProviderName[] | undefined
  /** The only credential that a service accepts, without its prefix. Left out: any that has the right form. */
  readonly credentials?: Readonly<Partial<Record<ProviderName, string>>> | undefined
  /**
   * Failures for the first calls, in their order. A status such as `503`; `timeout` (no answer), `reset` (the
   * connection breaks), `html` (a gateway's page), `slow` (a second late; `slow:5000`: five), `drip` (the body comes
   * little by little, within a second; `drip:5000`: five), `stall` (the body never ends), `cut` (the connection breaks
   * within the body), `ok` (none). With `-after`, the call takes effect first: `reset-after` begins the recording and
   * loses the answer. `429:5` says Retry-After: 5, `400:unstarted` chooses an example of the provider's document by its
   * name. A call may ask for its own with the header `x-recreq-fail`.
   */
  readonly fail?: string | readonly string[] | undefined
  /** Other limits than the documented ones for every operation; false: none. */
  readonly rateLimit?: { readonly requests: number; readonly seconds?: number | undefined } | false | undefined
  /**
   * Milliseconds since 1970.
   *
   * @default Date.now
   */
  readonly clock?: (() => number) | undefined
  /**
   * Which web pages may call: those of this machine, all (`'*'`), or none.
   *
   * @default true
   */
  readonly cors?: boolean | '*' | undefined
  /**
   * The largest body in bytes.
   *
   * @default 1048576
   */
  readonly largestBody?: number | undefined
  /** Recall.ai's bots by id. Left out: a bot is there for every id, in its call and not recording. */
  readonly bots?: Readonly<Record<string, StandInBot>> | undefined
  /** RealtimeKit's meetings. Left out: every one is there. */
  readonly meetings?: readonly string[] | undefined
  /** VideoSDK's rooms. Left out: every one is there, with somebody in it. */
  readonly rooms?: readonly string[] | undefined
}

const names = [
  'port',
  'providers',
  'credentials',
  'fail',
  'rateLimit',
  'clock',
  'cors',
  'largestBody',
  'bots',
  'meetings',
  'rooms',
]

/** @throws {@link InvalidOptionsError} */
export function checkOptions(options: StandInOptions): void {
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue
    const near = closest(name, names)
    const advice = near === undefined ? `There are ${names.join(', ')}.` : `Did you mean "${near}"?`
    throw new InvalidOptionsError(name, `A stand-in has no option "${name}". ${advice}`)
  }
  const { port = 0, providers = providerNames, rateLimit, largestBody = 1 } = options
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidOptionsError('port', 'The option port is a whole number from 0 to 65535; 0 is a free one.')
  if (!Array.isArray(providers) || providers.length === 0)
    throw new InvalidOptionsError('providers', `The option providers is a list of ${providerNames.join(', ')}.`)
  for (const provider of providers as readonly ProviderName[]) {
    if (providerNames.includes(provider)) continue
    const near = closest(provider, providerNames)
    const advice = near === undefined ? `There are ${providerNames.join(', ')}.` : `Did you mean "${near}"?`
    throw new InvalidOptionsError('providers', `There is no provider "${provider}". ${advice}`)
  }
  for (const provider of Object.keys(options.credentials ?? {}))
    if (!providerNames.includes(provider as ProviderName))
      throw new InvalidOptionsError('credentials', `There is no provider "${provider}" to have a credential.`)
  if (rateLimit !== undefined && rateLimit !== false) {
    const { requests, seconds = 60 } = rateLimit
    if (!Number.isInteger(requests) || requests < 0 || !(seconds > 0))
      throw new InvalidOptionsError(
        'rateLimit',
        'The option rateLimit is like { requests: 10, seconds: 60 }, or false.',
      )
  }
  for (const [id, { status = 'ready' }] of Object.entries(options.bots ?? {}))
    if (!botStatuses.includes(status))
      throw new InvalidOptionsError(`bots["${id}"].status`, `The status of a bot is one of ${botStatuses.join(', ')}.`)
  if (!Number.isInteger(largestBody) || largestBody < 1)
    throw new InvalidOptionsError('largestBody', 'The option largestBody is a whole number of bytes from 1 on.')
}
