// The types of a client, made from those of the provider's operations.
import type { Answer } from '../answer.js'
import type { RecordingRequest } from '../request.js'
import type { Call, ListCall } from './call.js'
import type { CallOptions, GeneralClientOptions } from './client-options.js'
import type { ServiceDescription } from './service.js'

/**
 * A provider's module, or some operations of it together with its `service`.
 *
 * @example
 * ```ts
 * import { service, startRecording } from 'recreq/recall'
 * const client = createClient({ service, startRecording }, { region, credentials })
 * ```
 */
export interface ProviderModule {
  readonly service: ServiceDescription
}

/** What an operation looks like to a client. */
interface AnyOperation {
  readonly name: string
  check(input: never): unknown
  build(input: never): unknown
  readAnswer(answer: never): Answer<unknown>
}

/** The names under which a provider has operations. */
export type OperationName<Provider extends ProviderModule> = {
  [Name in keyof Provider]: Name extends keyof Provider['service']['operations']
    ? Provider[Name] extends AnyOperation
      ? Name
      : never
    : never
}[keyof Provider]

type InputOf<Operation> = Operation extends { check(input: infer Input): unknown } ? Input : never
type RequestOf<Operation> = Operation extends { build(input: never): infer Request } ? Request : RecordingRequest
type ResultOf<Operation> = Operation extends { readAnswer(answer: never): Answer<infer Result> } ? Result : unknown

type KeysOfUnion<Union> = Union extends unknown ? keyof Union : never
type ValueOfUnion<Union, Key extends PropertyKey> = Union extends { readonly [Name in Key]?: infer Value }
  ? Value
  : never

/** The inputs that calls can share: everything but the body, the region and what is new for each call. */
export type ParameterName<Provider extends ProviderModule> = Exclude<
  KeysOfUnion<InputOf<Provider[OperationName<Provider>]>> & string,
  'body' | 'region' | 'idempotencyKey'
>

/** What a provider calls its regions. */
export type RegionOf<Provider extends ProviderModule> = ValueOfUnion<
  InputOf<Provider[OperationName<Provider>]>,
  'region'
>

/**
 * The credentials of a provider: by name, or what they are made from.
 *
 * @example
 * ```ts
 * const credentials: ClientCredentials<typeof videosdk> = { apiKey, secret }
 * ```
 */
export type ClientCredentials<Provider extends ProviderModule> = Provider['service'] extends {
  readonly credential: infer Form
}
  ? NamedCredential<Form> | MintedCredentials<Form>
  : Readonly<Record<string, never>>

type NamedCredential<Form> = Form extends { readonly name: infer Name extends string }
  ? { readonly [Key in Name]: string }
  : never
type MintedCredentials<Form> = Form extends {
  readonly minted: { readonly key: infer Key extends string; readonly secret: infer Secret extends string }
}
  ? { readonly [Name in Key | Secret]: string }
  : never

/**
 * What a client may be told. `Shared` are the names in `parameters`.
 *
 * @example
 * ```ts
 * const options: ClientOptions<typeof recall> = { region: 'eu-central-1', credentials: { apiKey } }
 * ```
 */
export interface ClientOptions<
  Provider extends ProviderModule,
  Shared extends ParameterName<Provider> = never,
  Region extends string | undefined = string | undefined,
> extends GeneralClientOptions {
  /** Where the account lives, for providers that have regions. */
  readonly region?: (Region & RegionOf<Provider>) | undefined
  /** The credential by its name, or a function that gives it when it is needed. It stays out of everything that is shown. */
  readonly credentials:
    ClientCredentials<Provider> | (() => ClientCredentials<Provider> | Promise<ClientCredentials<Provider>>)
  /** What every call has in common, such as `account_id`. A call may still say otherwise. */
  readonly parameters?: {
    readonly [Name in Shared]: ValueOfUnion<InputOf<Provider[OperationName<Provider>]>, Name>
  }
}

/**
 * An input, without need of what all calls share.
 *
 * @example
 * ```ts
 * const input: CallInput<recall.StartRecordingInput, 'region'> = { id }
 * ```
 */
export type CallInput<Input, Shared extends PropertyKey> = Omit<Input, Shared> &
  Partial<Pick<Input, Shared & keyof Input>>

type Arguments<Input> =
  Partial<Input> extends Input ? [input?: Input, options?: CallOptions] : [input: Input, options?: CallOptions]

type CallOf<Provider extends ProviderModule, Name extends keyof Provider> = Provider['service']['operations'][Name &
  keyof Provider['service']['operations']] extends {
  readonly paging: { readonly items: infer Items extends string }
}
  ? ListCall<ResultOf<Provider[Name]>, ItemOf<ResultOf<Provider[Name]>, Items>>
  : Call<ResultOf<Provider[Name]>>

type ItemOf<Page, Items extends string> =
  NonNullable<ValueOfUnion<Page, Items>> extends readonly (infer Item)[] ? Item : unknown

/**
 * One operation, ready to be called: it is sent at once, whether or not anybody waits for the answer.
 *
 * @example
 * ```ts
 * const start: ClientMethod<typeof recall, 'startRecording', 'region'> = client.startRecording
 * const bot = await start({ id, body }, { signal: AbortSignal.timeout(60_000) })
 * ```
 */
export interface ClientMethod<
  Provider extends ProviderModule,
  Name extends keyof Provider,
  Shared extends PropertyKey,
> {
  // Without a comment of its own, so that editors show that of the operation.
  (...args: Arguments<CallInput<InputOf<Provider[Name]>, Shared>>): CallOf<Provider, Name>

  /**
   * The request that would be sent, without its credential.
   *
   * @throws {@link RequestInvalidError} when the input has errors.
   * @example
   * ```ts
   * const { method, url, body } = client.startRecording.build({ id })
   * ```
   */
  build(...args: Arguments<CallInput<InputOf<Provider[Name]>, Shared>>): RequestOf<Provider[Name]>
}

/**
 * The operations of a provider as methods. `Shared` are inputs that the client gives itself.
 *
 * @example
 * ```ts
 * const client: Client<typeof recall, 'region'> = createClient(recall, { region: 'us-west-2', credentials: { apiKey } })
 * ```
 */
export type Client<Provider extends ProviderModule, Shared extends PropertyKey = never> = {
  readonly [Name in keyof Provider as Name extends OperationName<Provider> ? Name : never]: ClientMethod<
    Provider,
    Name,
    Shared
  >
}
