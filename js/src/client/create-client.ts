// Makes clients: a method for each operation, with everything that they share.
import type { Answer } from '../answer.js'
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import { RequestInvalidError } from '../errors/request-invalid-error.js'
import { sharedLimiter } from '../limiter/shared.js'
import type { Options } from '../options.js'
import type { RecordingRequest, RequestContent } from '../request.js'
import { createAddressing } from './base-url.js'
import type { AnsweredCall } from './call.js'
import {
  type CallOptions,
  checkCallOptions,
  checkClientOptions,
  checkingOptionsOf,
  retryPolicyOf,
  timeoutOf,
} from './client-options.js'
import type { Client, ClientOptions, ParameterName, ProviderModule } from './client-types.js'
import { createCredentialSource } from './credentials.js'
import { createReporter } from './hooks.js'
import { createMethod, type Method, reconcileBy } from './method.js'
import { runsInPage } from './page.js'
import { type SendableOperation, type Sender, sendCall } from './sending.js'
import type { OperationPolicy, ServiceDescription } from './service.js'

/** An operation of a provider, whatever its types. */
interface ProviderOperation extends SendableOperation {
  readonly body: object | undefined
  build(input: object): RecordingRequest<RequestContent, string>
  with(options: Options): ProviderOperation
}

/**
 * Makes a client of a provider: a method for each of its operations, which checks the input, sends the request and reads
 * the answer. A call that starts a recording never makes two of them.
 *
 * @throws {@link InvalidOptionsError} for options that cannot be right, {@link InvalidCredentialError} for such a
 * credential.
 * @example
 * ```ts
 * import * as recall from 'recreq/recall'
 * import { createClient } from 'recreq/client'
 *
 * const client = createClient(recall, { region: 'us-west-2', credentials: { apiKey } })
 * const bot = await client.startRecording({ id, body: { video_mixed_layout: 'gallery_view_v2' } })
 * ```
 * @example
 * ```ts
 * const client = createClient(realtimekit, { credentials: { apiToken }, parameters: { account_id, app_id } })
 * const { data } = await client.startRecording({ body: { meeting_id } })
 * ```
 */
export function createClient<
  const Provider extends ProviderModule,
  Shared extends ParameterName<Provider> = never,
  Region extends string | undefined = undefined,
>(
  provider: Provider,
  options: ClientOptions<Provider, Shared, Region>,
): Client<Provider, Shared | (Region extends undefined ? never : 'region')> {
  checkClientOptions(options)
  const { service } = provider as { readonly service?: ServiceDescription }
  if (service?.operations === undefined)
    throw new InvalidOptionsError(
      '',
      'createClient takes the module of a provider: import * as recall from "recreq/recall".',
    )
  if (options.dangerouslyAllowBrowser !== true && runsInPage()) {
    throw new InvalidOptionsError(
      'dangerouslyAllowBrowser',
      'A client in a page shows its credential to everybody who opens the page: send from a server or an edge function. ' +
        'Set dangerouslyAllowBrowser: true if nobody else can open it.',
    )
  }
  const { region, parameters = {} } = options
  const timeout = timeoutOf(options.timeout)
  const address = createAddressing(service, options.baseUrl, options.trustBaseUrl === true)
  const reporter = createReporter(options.hooks ?? {}, options.logger)
  const sender: Sender = {
    service: service.name,
    credential: createCredentialSource(service.credential, options.credentials),
    fetch: options.fetch,
    pacing:
      options.limiter === false
        ? undefined
        : { limiter: options.limiter ?? sharedLimiter(), together: service.rateLimits ?? [] },
    retry: retryPolicyOf(options.retry),
    reporter,
    date: () => (provider as { readonly spec?: { readonly date: string } }).spec?.date,
  }
  const shared = { ...parameters, ...(region !== undefined && { region }) }
  const checking = checkingOptionsOf(options)
  const methods = new Map<string, Method>()

  const methodOf = (given: ProviderOperation, policy: OperationPolicy): Method => {
    const operation = checking === undefined ? given : given.with(fitting(checking, given))

    const prepare = (input: object, callOptions: CallOptions) => {
      checkCallOptions(callOptions)
      const all: Record<string, unknown> = { ...shared, ...givenOf(input) }
      const keyName = policy.idempotency?.input
      if (keyName !== undefined) all[keyName] = callOptions.idempotencyKey ?? all[keyName] ?? crypto.randomUUID()
      const request = operation.build(all)
      return {
        all,
        key: keyName === undefined ? undefined : (all[keyName] as string),
        request: request.at(address(request.url)),
      }
    }

    const send = (input: object, callOptions: CallOptions): Promise<AnsweredCall<unknown>> => {
      const { all, key, request } = prepare(input, callOptions)
      for (const issue of request.issues) reporter.issue({ operation: operation.name, issue })
      const signal = callOptions.signal ?? undefined
      return sendCall(sender, {
        operation,
        policy,
        request,
        key,
        signal,
        timeout: timeoutOf(callOptions.timeout, timeout),
        reconcile: (sent, asking) => reconcileBy(methods, service, policy, { ...all, body: bodyOf(request) }, sent, asking),
      })
    }

    // What is wrong with an input is told as everything else is: by the promise.
    const sendSafely = async (input: object, callOptions: CallOptions) => {
      try {
        return await send(input, callOptions)
      } catch (error) {
        if (error instanceof RequestInvalidError && error.status === undefined)
          for (const issue of error.issues) reporter.issue({ operation: operation.name, issue })
        throw error
      }
    }

    return createMethod({
      policy,
      shared,
      send: sendSafely,
      build: (input, callOptions) => prepare(input, callOptions).request,
    })
  }

  for (const [name, policy] of Object.entries(service.operations)) {
    const operation = (provider as Record<string, unknown>)[name]
    if (isOperation(operation)) methods.set(name, methodOf(operation, policy))
  }
  // What the document says of the operations is what their types say.
  const client: unknown = Object.freeze(Object.fromEntries(methods))
  return client as ReturnType<typeof createClient<Provider, Shared, Region>>
}

// What is undefined is absent, and takes nothing from what calls share.
function givenOf(input: object): Record<string, unknown> {
  const given: Record<string, unknown> = { ...input }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function isOperation(value: unknown): value is ProviderOperation {
  if (typeof value !== 'object' || value === null) return false
  const { build, readAnswer } = value as {
    readonly build?: unknown
    readonly readAnswer?: (answer: never) => Answer<unknown>
  }
  return typeof build === 'function' && typeof readAnswer === 'function'
}

// An operation without a body has nothing on which extraBody could be laid.
function fitting({ extraBody, ...options }: Options, { body }: ProviderOperation): Options {
  return body === undefined || extraBody === undefined ? options : { ...options, extraBody }
}

function bodyOf({ body }: RecordingRequest<RequestContent, string>): unknown {
  if (body === undefined) return undefined
  return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body)) as unknown
}
