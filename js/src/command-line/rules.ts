// The rules of the providers' documents: all of them by id, and those that speak of a body.
import {
  type JsonObject,
  objectAt,
  providerDocument,
  type ProviderName,
  referenced,
  resolveReference,
} from '../provider-document.js'
import { schemasBelow, schemasIn } from './schema-walk.js'
import { listAt, type Subject, text } from './subjects.js'

/** A rule as its document has it. */
export interface DocumentedRule {
  readonly id: string
  readonly severity: string
  readonly message: string
  readonly docs: string | undefined
  readonly confidence: string
  /** The place that it blames, as a JSON Pointer with `*`. */
  readonly place: string
  readonly content: JsonObject
}

/** All rules of a provider, in the order of its document. */
export function rulesOf(provider: ProviderName): DocumentedRule[] {
  const rules = new Map<string, DocumentedRule>()
  collect(providerDocument(provider))
  return [...rules.values()]

  function collect(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    for (const [name, member] of Object.entries(value)) {
      if (name === 'x-rules') {
        for (const rule of Object.values(member as Record<string, JsonObject>)) {
          if (typeof rule['id'] === 'string') rules.set(rule['id'], described(rule))
        }
      } else collect(member)
    }
  }
}

/** The rules that look at a body, in the order in which they are asked. */
export function rulesOfSubject({ provider, schema }: Subject): DocumentedRule[] {
  const document = providerDocument(provider)
  const rules: DocumentedRule[] = []
  if (schema !== undefined) collect(schema)
  return rules

  function collect(at: JsonObject): void {
    for (const rule of listAt(at, 'x-rules')) rules.push(described(resolveReference(document, rule)))
    const target = referenced(document, at)
    if (target !== undefined) collect(target)
    for (const branch of listAt(at, 'anyOf')) collect(branch)
  }
}

function described(content: JsonObject): DocumentedRule {
  return {
    id: text(content['id']),
    severity: text(content['severity']),
    message: text(content['message']),
    docs: typeof content['docs'] === 'string' ? content['docs'] : undefined,
    confidence: text(content['confidence']) || 'documented',
    place: text(content['at']) || text(content['for']),
    content,
  }
}

/** The names of fields that a rule reads. */
export function fieldsRead({ content }: DocumentedRule): Set<string> {
  const names = new Set<string>()
  collect(content['if'])
  collect(content['then'])
  return names

  function collect(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    const schema = value as JsonObject
    for (const name of Object.keys(objectAt(schema, 'properties'))) names.add(name)
    for (const name of Array.isArray(schema['required']) ? (schema['required'] as string[]) : []) names.add(name)
    for (const pointer of Object.keys(objectAt(schema, 'x-at')))
      pointer
        .split('/')
        .slice(1)
        .forEach((name) => names.add(name))
    Object.values(schema).forEach(collect)
  }
}

/** The rules that concern a field: those that blame it or something in it, and those that read it. */
export function rulesAbout(subject: Subject, path: readonly string[]): DocumentedRule[] {
  const field = path.findLast((token) => !/^(?:\d+|\*|-)$/.test(token)) ?? ''
  return rulesOfSubject(subject).filter((rule) => {
    const place = rule.place.split('/').slice(1)
    const blames = path.every((token, index) => place[index] === token || place[index] === '*')
    return (blames && exists(subject, [...path, ...place.slice(path.length)])) || fieldsRead(rule).has(field)
  })
}

// A pattern such as /*/metadata matches below every field; not every field has what it asks for.
function exists({ provider, schema }: Subject, path: readonly string[]): boolean {
  const document = providerDocument(provider)
  let schemas = schema === undefined ? [] : schemasIn(document, schema)
  for (const token of path) {
    const elements = /^(?:\d+|\*)$/.test(token) ? schemasBelow(document, schemas, Number(token) || 0) : []
    schemas = elements.length > 0 ? elements : schemasBelow(document, schemas, token)
  }
  return schemas.length > 0
}
