// The client behind a gateway: one for each set of credentials that it is given.
import { createClient } from '../client/create-client.js'
import type { AnsweredCall } from '../client/call.js'
import { askForCredentials } from '../client/credentials.js'
import type { CallOptions, GeneralClientOptions } from '../client/client-options.js'
import type { ServiceDescription } from '../client/service.js'
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import type { Limiter } from '../limiter/limiter.js'
import type { Report } from '../report.js'
import type { RecordingRequest, RequestContent } from '../request.js'
import { forwardedOptions } from './gateway-options.js'
import { rememberCredentials, type SentCredentials } from './withholding.js'

/** An operation of a client, whatever its types. */
export interface UpstreamMethod {
  (input: object, options: CallOptions): { withResponse(): Promise<AnsweredCall<unknown>> }
  build(input: object, options?: CallOptions): RecordingRequest<RequestContent, string>
}

/** An operation of a provider, whatever its types. */
export interface CheckedOperation {
  readonly body: { check(body: unknown): Report<unknown> } | undefined
}

/** Where a gateway sends to. */
export interface Upstream {
  /** The operations for a context. */
  readonly client: (context: unknown) => Promise<Readonly<Record<string, UpstreamMethod>>>
  readonly sent: SentCredentials
}

/** What of a gateway's options concerns its client. */
export interface UpstreamOptions {
  readonly region?: unknown
  readonly parameters?: Readonly<Record<string, unknown>> | undefined
  readonly credentials?: unknown
  readonly fetch?: typeof fetch | undefined
  readonly retry?: GeneralClientOptions['retry']
}

// Whoever serves several accounts has a client for each; others have one.
const mostClients = 64
// A page does not wait a minute.
const patience = { maxRetryAfter: 10_000 }

type Methods = Readonly<Record<string, UpstreamMethod>>
type AnyOptions = Parameters<typeof createClient>[1]

/** @throws {@link InvalidOptionsError} for what no client can have, {@link InvalidCredentialError} for such a credential. */
export function createUpstream(
  provider: { readonly service: ServiceDescription },
  options: UpstreamOptions,
  limiter: Limiter | false,
): Upstream {
  const { credential, variables } = provider.service
  const { region, parameters, credentials } = options
  checkRegion(variables, region)
  const sent = rememberCredentials(credential?.header, credential?.prefix ?? '', options.fetch)
  const given = options as Readonly<Record<string, unknown>>
  const forwarded = Object.fromEntries(
    forwardedOptions.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  )
  const shared = {
    ...forwarded,
    retry: retryOf(options.retry),
    fetch: sent.fetch,
    limiter,
    ...(region !== undefined && { region }),
    ...(parameters !== undefined && { parameters }),
  }
  const create = (given: unknown): Methods => {
    // What is right for every provider has the type of none.
    const all: unknown = { ...shared, credentials: given }
    const client: unknown = createClient(provider, all as AnyOptions)
    return client as Methods
  }

  if (typeof credentials !== 'function') {
    const only = create(credentials)
    return { client: () => Promise.resolve(only), sent }
  }
  const ask = credentials as (context: unknown) => unknown
  const clients = new Map<string, Methods>()
  return {
    sent,
    async client(context) {
      const given = await askForCredentials(credential, () => ask(context))
      const key = JSON.stringify(given) as string | undefined
      let known = key === undefined ? undefined : clients.get(key)
      if (known === undefined) {
        known = create(given)
        if (clients.size >= mostClients) clients.clear()
        if (key !== undefined) clients.set(key, known)
      }
      return known
    },
  }
}

function retryOf(retry: UpstreamOptions['retry']): UpstreamOptions['retry'] {
  if (retry === undefined) return patience
  return typeof retry === 'object' ? { ...patience, ...retry } : retry
}

function checkRegion(variables: ServiceDescription['variables'], region: unknown): void {
  const [values] = 'region' in variables ? [variables['region']] : []
  if (values === undefined) {
    if (region !== undefined) throw new InvalidOptionsError('region', 'This provider has no regions: leave region out.')
  } else if (!values.includes(region as string)) {
    throw new InvalidOptionsError('region', `region says where the account lives: one of ${values.join(', ')}.`)
  }
}
