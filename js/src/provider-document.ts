// The providers' OpenAPI documents, for tools that show or serve what is in them. The package has them as they are;
// nothing that a page or a function imports leads here.
import { packageFile } from './package-file.js'
import type { JsonValue } from './types.js'

/** The providers that have a document, in the order in which tools list them. */
export const providerNames = ['recall', 'realtimekit', 'videosdk'] as const

/**
 * A provider by its entry point's name.
 *
 * @example
 * ```ts
 * const providers: readonly ProviderName[] = ['recall', 'videosdk']
 * ```
 */
export type ProviderName = (typeof providerNames)[number]

export interface JsonObject {
  readonly [name: string]: JsonValue
}

/** An operation of a document, with what it takes from the document's root. */
export interface DocumentedOperation {
  readonly provider: ProviderName
  /** Its `operationId`. */
  readonly name: string
  /** In capitals. */
  readonly method: string
  /** With its parameters in braces: `/api/v1/bot/{id}/`. */
  readonly path: string
  /** References are left as they are. */
  readonly content: JsonObject
}

const methods = ['get', 'put', 'post', 'delete', 'patch']
const documents = new Map<ProviderName, JsonObject>()

/** A provider's document; read from the package once. */
export function providerDocument(provider: ProviderName): JsonObject {
  let document = documents.get(provider)
  if (document === undefined) {
    document = JSON.parse(packageFile(`dist/specs/${provider}.json`)) as JsonObject
    documents.set(provider, document)
  }
  return document
}

/** The operations of a provider, in the order of its document. */
export function documentedOperations(provider: ProviderName): DocumentedOperation[] {
  const paths = objectAt(providerDocument(provider), 'paths')
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const content = (item as JsonObject)[method] as JsonObject | undefined
      if (content === undefined) return []
      return [{ provider, name: content['operationId'] as string, method: method.toUpperCase(), path, content }]
    }),
  )
}

/** The limits that stand on an operation, or on the document for all operations together: its `x-rate-limit`. */
export function documentedRateLimits(holder: JsonObject): readonly JsonObject[] {
  return [holder['x-rate-limit'] ?? []].flat() as unknown as readonly JsonObject[]
}

/** What a value stands for: itself, or what its `$ref` leads to in the document. */
export function resolveReference(document: JsonObject, value: JsonObject): JsonObject {
  let resolved = value
  while (typeof resolved['$ref'] === 'string') resolved = valueAtFragment(document, resolved['$ref'])
  return resolved
}

/** What a schema's `$ref` leads to. That can be a reference with keywords of its own beside it; undefined without one. */
export function referenced(document: JsonObject, schema: JsonObject): JsonObject | undefined {
  return typeof schema['$ref'] === 'string' ? valueAtFragment(document, schema['$ref']) : undefined
}

/** The member `name` of an object; an empty object where there is none. */
export function objectAt(holder: JsonObject, name: string): JsonObject {
  return (holder[name] ?? {}) as JsonObject
}

function valueAtFragment(document: JsonObject, reference: string): JsonObject {
  let value: JsonValue | undefined = document
  for (const token of decodeURIComponent(reference.replace(/^#\/?/, '')).split('/')) {
    const name: string = token.replaceAll('~1', '/').replaceAll('~0', '~')
    value = (value as { readonly [name: string]: JsonValue } | undefined)?.[name]
  }
  if (typeof value !== 'object' || value === null) throw new TypeError(`The document has nothing at ${reference}.`)
  return value as JsonObject
}
