// What a provider's document says about the service itself: its routes, its credential, its limits, the answers that it
// gives, and what it does with requests that it does not like.
import {
  documentedOperations,
  documentedRateLimits,
  type JsonObject,
  objectAt,
  providerDocument,
  type ProviderName,
  resolveReference,
} from '../provider-document.js'
import type { JsonValue } from '../types.js'
import { textOf } from './service.js'

/** An operation of a provider, as the service that answers to it sees it. */
export interface Route {
  readonly provider: ProviderName
  /** Its `operationId`. */
  readonly name: string
  readonly method: string
  /** With parameters in braces. */
  readonly path: string
  /** Matches the path alone; its groups are the parameters in {@link pathParameters}. */
  readonly pattern: RegExp
  readonly pathParameters: readonly string[]
  readonly queryParameters: readonly QueryParameter[]
  readonly takesBody: boolean
  readonly rateLimits: readonly RateLimit[]
  readonly idempotency: Idempotency | undefined
  /** By status: `200`, or `4XX` for a range. */
  readonly responses: ReadonlyMap<string, DocumentedResponse>
}

export interface QueryParameter {
  readonly name: string
  readonly type: JsonValue | undefined
}

/** How many calls there may be in a time. */
export interface RateLimit {
  readonly requests: number
  readonly seconds: number
  /** All operations count together. */
  readonly together: boolean
  /** Whose calls count together. */
  readonly scope: 'credential' | 'address'
  /** The header of answers that says what is left. */
  readonly header: string | undefined
}

export interface Idempotency {
  readonly header: string
  readonly seconds: number
}

/** A response of the document, as far as a service needs it. */
export interface DocumentedResponse {
  readonly mediaType: string | undefined
  readonly headers: readonly string[]
  /** Bodies by the names of the examples, the first one first. */
  readonly examples: ReadonlyMap<string, JsonValue>
}

/** Which header carries the credential, and what stands before it there. */
export interface CredentialForm {
  readonly header: string
  readonly prefix: string
}

/** What the service does with what the document does not allow: the root's `x-service`. */
export interface Conduct {
  /** The status of the answer to a request that the schema refuses. */
  readonly refusal: number
  readonly unlisted: 'ignores' | 'refuses'
  /** The status of the answer to a GET with a body; undefined: the body is not looked at. */
  readonly bodyOnGet?: number
  /** How the service words a refusal, by the code of the issue. */
  readonly messages: Readonly<Record<string, string>>
}

/** What the service does about a rule: the rule's `x-service`. */
export interface RuleConduct {
  readonly status: number
  readonly message: string | undefined
  /** The rule counts only while the addressed thing has none of these values in these settings. */
  readonly unless: Readonly<Record<string, readonly JsonValue[]>>
}

/** A provider's document, read for serving. */
export interface ServiceDocument {
  readonly provider: ProviderName
  /** How people call it. */
  readonly title: string
  /** The path of the server's URL, without a slash at its end. */
  readonly basePath: string
  readonly routes: readonly Route[]
  readonly credential: CredentialForm
  /** Server variables with the values that stand for all. */
  readonly serverVariables: Readonly<Record<string, string>>
  readonly conduct: Conduct
  /** All rules by their ids, with what the service does about them; undefined: it takes such a request. */
  readonly rules: ReadonlyMap<string, RuleConduct | undefined>
  /** Unlisted keys that the service refuses all the same, by their pointers in the body. */
  readonly refusedKeys: ReadonlyMap<string, RuleConduct>
  /** Names of fields whose values are secrets. */
  readonly secrets: ReadonlySet<string>
}

export function readServiceDocument(provider: ProviderName): ServiceDocument {
  const document = providerDocument(provider)
  const server = (document['servers'] as readonly JsonObject[])[0] ?? {}
  const url = textOf(server['url'])
  const rules: JsonObject[] = []
  const secrets = new Set<string>()
  collect(document, rules, secrets)
  const conducts = rules.map((rule) => [rule, ruleConduct(rule['x-service'] as JsonObject | undefined)] as const)
  return {
    provider,
    title: textOf(objectAt(document, 'info')['title']),
    basePath: url.replace(/^[a-z]+:\/\/[^/]+/, '').replace(/\/$/, ''),
    routes: documentedOperations(provider).map((operation) => routeOf(document, operation)),
    credential: credentialForm(document),
    serverVariables: Object.fromEntries(
      Object.entries(objectAt(server, 'variables')).map(([name, variable]) => [
        name,
        textOf((variable as JsonObject)['default']),
      ]),
    ),
    conduct: objectAt(document, 'x-service') as unknown as Conduct,
    rules: new Map(conducts.map(([rule, conduct]) => [textOf(rule['id']), conduct])),
    refusedKeys: new Map(
      conducts.flatMap(([rule, conduct]) =>
        conduct === undefined || rule['unlisted'] === undefined ? [] : [[textOf(rule['for']), conduct] as const],
      ),
    ),
    secrets,
  }
}

/** The documented response to a status: its own, that of its range, or none. */
export function responseTo(route: Route, status: number): DocumentedResponse | undefined {
  return route.responses.get(String(status)) ?? route.responses.get(`${Math.floor(status / 100)}XX`)
}

function routeOf(
  document: JsonObject,
  { provider, name, method, path, content }: ReturnType<typeof documentedOperations>[number],
): Route {
  const around = objectAt(objectAt(document, 'paths'), path)
  const parameters = [around, content].flatMap((holder) =>
    ((holder['parameters'] ?? []) as readonly JsonObject[]).map((each) => resolveReference(document, each)),
  )
  const pathParameters: string[] = []
  const pattern = path.replace(/[.*+?^$()[\]\\|]/g, '\\$&').replace(/\{([^}]+)\}/g, (_, parameter: string) => {
    pathParameters.push(parameter)
    return '([^/]+)'
  })
  return {
    provider,
    name,
    method,
    path,
    pattern: new RegExp(`^${pattern}$`),
    pathParameters,
    queryParameters: parameters
      .filter((parameter) => parameter['in'] === 'query')
      .map((parameter) => ({
        name: textOf(parameter['name']),
        type: resolveReference(document, objectAt(parameter, 'schema'))['type'],
      })),
    takesBody: content['requestBody'] !== undefined,
    rateLimits: [...rateLimitsOf(content, false), ...rateLimitsOf(document, true)],
    idempotency: content['x-idempotency'] as unknown as Idempotency | undefined,
    responses: new Map(
      Object.entries(objectAt(content, 'responses')).map(([status, response]) => [
        status.toUpperCase(),
        documentedResponse(resolveReference(document, response as JsonObject)),
      ]),
    ),
  }
}

function rateLimitsOf(holder: JsonObject, together: boolean): RateLimit[] {
  return documentedRateLimits(holder).map((limit) => ({
    requests: Number(limit['requests']),
    seconds: Number(limit['seconds']),
    together,
    scope: limit['scope'] === 'address' ? 'address' : 'credential',
    header: limit['header'] as string | undefined,
  }))
}

function documentedResponse(response: JsonObject): DocumentedResponse {
  const [mediaType, media] = Object.entries(objectAt(response, 'content'))[0] ?? []
  const examples = Object.entries(objectAt((media ?? {}) as JsonObject, 'examples'))
  return {
    mediaType,
    headers: Object.keys(objectAt(response, 'headers')),
    examples: new Map(examples.map(([name, example]) => [name, (example as JsonObject)['value'] as JsonValue])),
  }
}

function credentialForm(document: JsonObject): CredentialForm {
  const scheme = Object.values(objectAt(objectAt(document, 'components'), 'securitySchemes'))[0] as JsonObject
  return {
    header: scheme['type'] === 'http' ? 'Authorization' : textOf(scheme['name']),
    prefix: textOf(objectAt(scheme, 'x-credential')['prefix']),
  }
}

function collect(value: JsonValue, rules: JsonObject[], secrets: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value as JsonObject)) {
    if (key === 'x-rules') {
      const listed = Object.values(member as JsonObject) as JsonObject[]
      rules.push(...listed.filter((rule) => typeof rule['id'] === 'string'))
    } else {
      if (key === 'properties')
        for (const [name, property] of Object.entries(member as JsonObject))
          if ((property as JsonObject)['writeOnly'] === true) secrets.add(name)
      collect(member, rules, secrets)
    }
  }
}

function ruleConduct(said: JsonObject | undefined): RuleConduct | undefined {
  return (
    said && {
      status: Number(said['status']),
      message: said['message'] as string | undefined,
      unless: objectAt(said, 'unless') as unknown as RuleConduct['unless'],
    }
  )
}
