// Makes clients of a gateway, for pages: the methods that a client on a server has, and no credential.
import type { Answer } from '../answer.js'
import {
  checkCallOptions,
  checkingOptionsOf,
  retryPolicyOf,
  timeoutOf,
  type CallOptions,
  type GeneralClientOptions,
} from '../client/client-options.js'
import type { Client, ParameterName, ProviderModule } from '../client/client-types.js'
import { createReporter } from '../client/hooks.js'
import { createMethod, type Method, reconcileBy } from '../client/method.js'
import { type Sender, sendCall } from '../client/sending.js'
import type { OperationPolicy, ServiceDescription } from '../client/service.js'
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import { RequestInvalidError } from '../errors/request-invalid-error.js'
import { standardLimits } from '../generated/limits.js'
import type { Issue } from '../issue.js'
import type { Options } from '../options.js'
import type { Report } from '../report.js'
import { RecordingRequest, type RequestContent } from '../request.js'
import { snapshotInput } from '../snapshot.js'
import { snapshotJson } from '../snapshot-json.js'
import { closest } from '../suggestion.js'
import { leftUntouched, readGatewayAnswer } from './gateway-answers.js'

/**
 * What a client of a gateway may be told.
 *
 * @example
 * ```ts
 * const options: GatewayClientOptions<typeof recall> = { url: '/api/recordings' }
 * ```
 */
export interface GatewayClientOptions<
  Provider extends ProviderModule,
  Given extends ParameterName<Provider> = never,
> extends Pick<
  GeneralClientOptions,
  'fetch' | 'retry' | 'timeout' | 'hooks' | 'logger' | 'rules' | 'customRules' | 'messages'
> {
  /** Where the gateway is: its origin and `basePath`. In a page, the path alone will do. */
  readonly url: string | URL
  /** Names of inputs that the gateway gives itself, such as `account_id`; a region always is. */
  readonly given?: readonly Given[] | undefined
  /**
   * Headers for every request, or a function that gives them when they are needed: `{ Authorization: … }`. How long the
   * function takes is its own: `timeout` begins when it has answered.
   */
  readonly headers?:
    | Readonly<Record<string, string>>
    | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>)
    | undefined
  /**
   * Whether cookies go along, as `fetch` has it: `include` for a gateway of another origin.
   *
   * @default 'same-origin'
   */
  readonly credentials?: RequestCredentials | undefined
  /**
   * Whether inputs are checked before they are sent. False for a gateway that completes them: it checks them anyway.
   *
   * @default true
   */
  readonly check?: boolean | undefined
}

/** An operation of a provider, whatever its types. */
interface PageOperation {
  readonly name: string
  readonly body: object | undefined
  check(input: object): Report<unknown>
  with(options: Options): PageOperation
}

const names = [
  'url',
  'given',
  'headers',
  'credentials',
  'check',
  'fetch',
  'retry',
  'timeout',
  'hooks',
  'logger',
  'rules',
  'customRules',
  'messages',
]

/**
 * Makes a client of a gateway: the same methods and errors as those of `createClient`, without a credential. Inputs are
 * checked before they are sent. Only operations that the gateway lists will be answered.
 *
 * @throws {@link InvalidOptionsError} for options that cannot be right.
 * @example
 * ```ts
 * import * as recall from 'recreq/recall'
 * import { createGatewayClient } from 'recreq/gateway/client'
 *
 * const client = createGatewayClient(recall, { url: '/api/recordings' })
 * const bot = await client.startRecording({ id, body: { video_mixed_layout: 'gallery_view_v2' } })
 * ```
 */
export function createGatewayClient<const Provider extends ProviderModule, Given extends ParameterName<Provider> = never>(
  provider: Provider,
  options: GatewayClientOptions<Provider, Given>,
): Client<Provider, Given | 'region'> {
  checkNames(options)
  const { service } = provider as { readonly service?: ServiceDescription }
  if (service?.operations === undefined)
    throw new InvalidOptionsError(
      '',
      'createGatewayClient takes the module of a provider: import * as recall from "recreq/recall".',
    )
  const base = baseOf(options.url)
  const { headers, credentials, given = [], check = true } = options
  const notAsked = new Set<string>([...Object.keys(service.variables), ...given])
  if (typeof headers !== 'function') checkHeaders(headers)
  const timeout = timeoutOf(options.timeout)
  const reporter = createReporter(options.hooks ?? {}, options.logger)
  const send = options.fetch
  const sender: Sender = {
    service: service.name,
    async credential() {
      const more = checkHeaders(typeof headers === 'function' ? await headers() : headers)
      return { credentials: {}, owner: '', secrets: Object.values(more).filter(isLong), headers: more }
    },
    fetch(input, init) {
      const request = new Request(input, { ...init, ...(credentials !== undefined && { credentials }) })
      return (send ?? fetch)(request)
    },
    // The gateway has the limits, and says how long to wait.
    pacing: undefined,
    retry: retryPolicyOf(options.retry),
    reporter,
    date: () => (provider as { readonly spec?: { readonly date: string } }).spec?.date,
  }
  const checking = checkingOptionsOf(options)
  const methods = new Map<string, Method>()

  const methodOf = (asGiven: PageOperation, policy: OperationPolicy): Method => {
    const operation = checking === undefined ? asGiven : asGiven.with(checking)
    const { name } = operation

    const prepare = (input: object, callOptions: CallOptions) => {
      checkCallOptions(callOptions)
      const keyName = policy.idempotency?.input
      const { [keyName ?? '']: inputKey, ...inputs } = input as Record<string, unknown>
      const key =
        keyName === undefined
          ? undefined
          : (callOptions.idempotencyKey ?? (inputKey as string | undefined) ?? crypto.randomUUID())
      const issues = check ? checked(operation, inputs, notAsked, sender) : []
      const request = new RecordingRequest<RequestContent, string>({
        method: 'POST',
        url: `${base}/${name}`,
        headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
        body: envelopeOf(name, inputs),
        issues,
        credential: undefined,
      })
      return { key, request }
    }

    const sendSafely = async (input: object, callOptions: CallOptions) => {
      const { key, request } = prepare(input, callOptions)
      for (const issue of request.issues) reporter.issue({ operation: name, issue })
      const { method, retry, idempotency, reconcile } = policy
      return sendCall(sender, {
        operation: {
          name,
          readAnswer: (arrived): Answer<unknown> => readGatewayAnswer(arrived),
          changedNothing: leftUntouched,
        },
        policy: { method, ...(retry && { retry }), ...(idempotency && { idempotency }), ...(reconcile && { reconcile }) },
        request,
        key,
        signal: callOptions.signal ?? undefined,
        timeout: timeoutOf(callOptions.timeout, timeout),
        reconcile: (sent, asking) => reconcileBy(methods, service, policy, JSON.parse(request.body as string), sent, asking),
      })
    }
    return createMethod({
      policy,
      shared: {},
      send: sendSafely,
      build: (input, callOptions) => prepare(input, callOptions).request,
    })
  }

  for (const [name, policy] of Object.entries(service.operations)) {
    const operation = (provider as Record<string, unknown>)[name]
    if (isOperation(operation)) methods.set(name, methodOf(operation, policy))
  }
  const client: unknown = Object.freeze(Object.fromEntries(methods))
  return client as Client<Provider, Given | 'region'>
}

/** The warnings about an input. What the gateway gives itself is not missing. */
function checked(
  operation: PageOperation,
  inputs: object,
  notAsked: ReadonlySet<string>,
  { date, reporter }: Sender,
): readonly Issue[] {
  const { issues: found, truncated } = operation.check(inputs)
  const issues = found.filter(
    ({ code, path, params }) => !(code === 'required' && path.length === 0 && notAsked.has(String(params['key']))),
  )
  if (!issues.some(({ severity }) => severity === 'error')) return issues
  for (const issue of issues) reporter.issue({ operation: operation.name, issue })
  throw new RequestInvalidError(operation.name, issues, truncated, { date: date() })
}

/** The text of what is posted. A body that is text already stays as it is. */
function envelopeOf(name: string, inputs: object): string {
  const snapshot = snapshotInput(inputs, standardLimits)
  try {
    if (snapshot.issues.length > 0) throw new RequestInvalidError(name, snapshot.issues, snapshot.truncated)
    const text = snapshotJson(snapshot.written)
    if (snapshot.text === undefined) return text
    const body = typeof snapshot.text === 'string' ? snapshot.text : new TextDecoder().decode(snapshot.text)
    return `${text.slice(0, -1)}${text === '{}' ? '' : ','}"body":${body}}`
  } finally {
    snapshot.release()
  }
}

// What a runtime says about a bad header has its value in it, which is a secret more often than not.
function checkHeaders(given: unknown = {}): Readonly<Record<string, string>> {
  if (typeof given !== 'object' || given === null)
    throw new InvalidOptionsError('headers', 'headers has names and values: { Authorization: … }; or it is a function that gives them.')
  const headers = Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]: [string, unknown]) => [name, String(value)] as const)
  for (const [name, value] of headers) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
      throw new InvalidOptionsError('headers', 'headers has a name that no header can have.')
    try {
      new Headers().set(name, value)
    } catch {
      throw new InvalidOptionsError('headers', `headers has a value for ${JSON.stringify(name.slice(0, 40))} that no header can have.`)
    }
  }
  return Object.fromEntries(headers)
}

// What is shorter stands in words that are no secrets.
function isLong({ length }: string): boolean {
  return length >= 8
}

function isOperation(value: unknown): value is PageOperation {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { readonly check?: unknown }).check === 'function' &&
    'build' in value
  )
}

function baseOf(url: string | URL): string {
  const { location } = globalThis as { readonly location?: { readonly href: string } }
  try {
    const { href, search, hash } = new URL(url, location?.href)
    if (search === '' && hash === '') return href.replace(/\/$/, '')
  } catch {
    // Said below.
  }
  throw new InvalidOptionsError(
    'url',
    'url is where the gateway is, such as "/api/recordings" in a page, or "https://app.example/api/recordings".',
  )
}

function checkNames(options: object): void {
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue
    const near = closest(name, names)
    const advice = near === undefined ? `There are ${names.join(', ')}.` : `Did you mean "${near}"?`
    throw new InvalidOptionsError(name, `A gateway's client has no option "${name}". ${advice}`)
  }
}
