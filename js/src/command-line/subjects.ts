// What a command can be about: the operations of the providers, and the schemas that stand for themselves, by name.
import {
  documentedOperations,
  type JsonObject,
  objectAt,
  providerDocument,
  type ProviderName,
  providerNames,
  resolveReference,
} from '../provider-document.js'
import { closest } from '../suggestion.js'
import type { JsonValue } from '../types.js'
import { CallError } from './exit.js'

/** An operation, or a schema that stands for itself. */
export interface Subject {
  readonly provider: ProviderName
  readonly name: string
  /** `recall.startRecording` */
  readonly fullName: string
  /** What its document says of it. */
  readonly content: JsonObject
  /** Of an operation; a schema has none. */
  readonly request: { readonly method: string; readonly path: string } | undefined
  /** What a body of it, or a value, has to be; undefined for an operation without a body. */
  readonly schema: JsonObject | undefined
}

/** Something that an operation takes beside its body. */
export interface Parameter {
  /** As inputs have it: `idempotencyKey` for the header `Idempotency-Key`. */
  readonly name: string
  readonly in: 'server' | 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description: string
  readonly schema: JsonObject
  readonly sources: readonly string[]
}

/** All subjects of a provider: operations in the order of their document, then schemas. */
export function subjectsOf(provider: ProviderName): Subject[] {
  const operations = documentedOperations(provider).map(({ name, method, path, content }): Subject => {
    const media = objectAt(objectAt(objectAt(content, 'requestBody'), 'content'), 'application/json')
    const schema = media['schema'] as JsonObject | undefined
    return { provider, name, fullName: `${provider}.${name}`, content, request: { method, path }, schema }
  })
  const schemas = Object.entries(objectAt(providerDocument(provider), 'x-schemas')).map(([name, value]): Subject => {
    const content = value as JsonObject
    const schema = objectAt(content, 'schema')
    return { provider, name, fullName: `${provider}.${name}`, content, request: undefined, schema }
  })
  return [...operations, ...schemas]
}

/** All subjects of all providers. */
export function allSubjects(): Subject[] {
  return providerNames.flatMap(subjectsOf)
}

/**
 * The subject of that name. `startRecording` alone does where only one provider has it.
 *
 * @throws {@link CallError} when there is none, or more than one.
 */
export function subjectNamed(name: string): Subject {
  const subjects = allSubjects()
  const found = subjectsMeant(name, subjects)
  const [first] = found
  if (first !== undefined && found.length === 1) return first
  if (found.length > 1) {
    const names = found.map(({ fullName }) => fullName).join(', ')
    throw new CallError(`${name} is the name of several operations: ${names}. Write one of them.`)
  }
  const near = closest(
    name,
    subjects.flatMap((subject) => (name.includes('.') ? [subject.fullName] : [subject.name])),
  )
  const full = subjects.filter((subject) => subject.name === near || subject.fullName === near)
  const suggestion =
    near === undefined
      ? '"recreq list" shows all.'
      : `Did you mean ${full.map(({ fullName }) => fullName).join(' or ')}?`
  throw new CallError(`There is no operation "${name}". ${suggestion}`)
}

/** The subject of that name, if there is exactly one: for words that may be something else. */
export function subjectIfNamed(name: string): Subject | undefined {
  const found = subjectsMeant(name, allSubjects())
  return found.length === 0 ? undefined : subjectNamed(name)
}

function subjectsMeant(name: string, subjects: readonly Subject[]): readonly Subject[] {
  return subjects.filter((subject) => subject.fullName === name || subject.name === name)
}

/** Everything that an operation takes beside its body: server variables first, as its URL has them. */
export function parametersOf(subject: Subject): Parameter[] {
  if (subject.request === undefined) return []
  const document = providerDocument(subject.provider)
  const variables = Object.entries(objectAt(firstServer(document), 'variables')).map(([name, value]): Parameter => {
    const variable = value as JsonObject
    return {
      name,
      in: 'server',
      required: variable['x-required'] === true,
      description: text(variable['description']),
      schema: { type: 'string', ...(variable['enum'] !== undefined && { enum: variable['enum'] }) },
      sources: sourceIds(variable),
    }
  })
  const item = objectAt(objectAt(document, 'paths'), subject.request.path)
  const shared = listAt(item, 'parameters')
  const own = listAt(subject.content, 'parameters')
  const parameters = new Map<string, Parameter>()
  for (const reference of [...shared, ...own]) {
    const content = resolveReference(document, reference)
    const place = content['in'] as Parameter['in']
    const name = place === 'header' ? camelCase(text(content['name'])) : text(content['name'])
    parameters.set(name, {
      name,
      in: place,
      required: content['required'] === true,
      description: text(content['description']),
      schema: objectAt(content, 'schema'),
      sources: sourceIds(content),
    })
  }
  return [...variables, ...parameters.values()]
}

/** The URL of the provider's server, with its variables in braces. */
export function serverUrl(provider: ProviderName): string {
  return text(firstServer(providerDocument(provider))['url'])
}

/** The credential that the operations of a provider carry. */
export interface DocumentedCredential {
  /** As `toRequest` calls it. */
  readonly name: string
  readonly header: string
  readonly prefix: string
  /** The environment variable where it is looked for. */
  readonly environment: string
  readonly description: string
}

/** The credential of a provider, as its document's security scheme describes it. */
export function credentialOf(provider: ProviderName): DocumentedCredential {
  const document = providerDocument(provider)
  const [scheme] = Object.values(objectAt(objectAt(document, 'components'), 'securitySchemes')) as JsonObject[]
  const { name, prefix, environment } = objectAt(scheme ?? {}, 'x-credential')
  return {
    name: text(name),
    // An `http` scheme is by definition in the header Authorization.
    header: scheme?.['in'] === 'header' ? text(scheme['name']) : 'Authorization',
    prefix: text(prefix),
    environment: text(environment),
    description: text(scheme?.['description']),
  }
}

/** The ids of the sources that something names. */
export function sourceIds(content: JsonObject): string[] {
  return listAt(content, 'x-source') as unknown as string[]
}

/** The text that a value is; empty where it is none. */
export function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** The elements of an array member; none where there is none. */
export function listAt(holder: JsonObject, name: string): JsonObject[] {
  return (holder[name] ?? []) as unknown as JsonObject[]
}

function firstServer(document: JsonObject): JsonObject {
  return listAt(document, 'servers')[0] ?? {}
}

function camelCase(header: string): string {
  const [first = '', ...rest] = header.toLowerCase().split('-')
  return first + rest.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
}
