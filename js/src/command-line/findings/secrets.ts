// What of a configuration must not be shown: values of `writeOnly` fields, and values whose field nobody knows, because a
// misspelt field may hold a secret as well. Keys are shown, and values that the provider's document lists.
import { type JsonObject, objectAt, providerDocument } from '../../provider-document.js'
import type { JsonValue } from '../../types.js'
import type { JsonNode, JsonTree } from '../json-text.js'
import { schemasBelow, schemasIn } from '../schema-walk.js'
import type { Subject } from '../subjects.js'

/** A part of a text, in UTF-16 code units. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What is shown instead of a withheld value. */
export const withheld = '•••'

/** The parts of a body's text that are withheld, in their order. */
export function withheldSpans(text: string, tree: JsonTree, subject: Subject): Span[] {
  const document = providerDocument(subject.provider)
  if (!tree.complete || tree.root === undefined) return spansOfBrokenText(text, document)
  const spans: Span[] = []
  collect(tree.root, subject.schema === undefined ? [] : schemasIn(document, subject.schema), true)
  return spans

  function collect(node: JsonNode, schemas: readonly JsonObject[], isRoot: boolean): void {
    if (schemas.some((schema) => schema['writeOnly'] === true) || schemas.length === 0) {
      spans.push(...valuesIn(node))
      return
    }
    for (const [index, child] of node.children.entries()) {
      if (isRoot && child.key?.name === '$schema') continue
      collect(child, schemasBelow(document, schemas, child.key?.name ?? index), false)
    }
  }
}

// Keys stay: without them nobody would know what is withheld.
function valuesIn({ kind, start, end, children }: JsonNode): Span[] {
  if (kind === 'object' || kind === 'array') return children.flatMap(valuesIn)
  if (kind === 'literal') return []
  return kind === 'string' ? [{ start: start + 1, end: end - 1 }] : [{ start, end }]
}

// In a text that is not JSON nobody can say which value belongs to which key, or what is inside a string and what is
// outside: only what the document itself has is shown, and numbers that stand where a number may.
function spansOfBrokenText(text: string, document: JsonObject): Span[] {
  const { words, secrets } = vocabularyOf(document)
  const spans: Span[] = []
  let key: string | undefined
  for (const match of text.matchAll(/"((?:[^"\\\n]|\\.)*)"?|[^\s{}[\]:,"]+|[:,{}[\]]/g)) {
    const [token, content] = match
    const isSecret = key !== undefined && secrets.has(key)
    if (token === ':') continue
    key = content
    if (/^[,{}[\]]$/.test(token)) continue
    if (content !== undefined) {
      if (content !== '' && (isSecret || !words.has(content)))
        spans.push({ start: match.index + 1, end: match.index + 1 + content.length })
    } else if (isSecret || !(isPlainNumber(text, match.index, token) || words.has(token))) {
      spans.push({ start: match.index, end: match.index + token.length })
    }
  }
  return spans
}

function isPlainNumber(text: string, start: number, token: string): boolean {
  if (!/^[-+]?[\d.]+$/.test(token) || token.length > 12) return false
  return (
    !text.slice(0, start).trimEnd().endsWith('"') &&
    !text
      .slice(start + token.length)
      .trimStart()
      .startsWith('"')
  )
}

/** Whether the value at a place of a body is withheld. */
export function isWithheld(path: readonly string[], subject: Subject): boolean {
  const document = providerDocument(subject.provider)
  let schemas = subject.schema === undefined ? [] : schemasIn(document, subject.schema)
  for (const token of path) {
    const elements = /^\d+$/.test(token) ? schemasBelow(document, schemas, Number(token)) : []
    schemas = elements.length > 0 ? elements : schemasBelow(document, schemas, token)
    if (schemas.length === 0 || schemas.some((schema) => schema['writeOnly'] === true)) return true
  }
  return false
}

/** A value that came back, with what the document calls a secret withheld. */
export function withoutSecretFields(value: JsonValue, document: JsonObject, schema: JsonObject): JsonValue {
  return withhold(value, schemasIn(document, schema))

  function withhold(at: JsonValue, schemas: readonly JsonObject[]): JsonValue {
    if (schemas.some((each) => each['writeOnly'] === true)) return at === null ? null : withheld
    if (typeof at !== 'object' || at === null) return at
    if (Array.isArray(at))
      return at.map((element: JsonValue, index) => withhold(element, schemasBelow(document, schemas, index)))
    const members = Object.entries(at).map(([key, member]) => [
      key,
      withhold(member, schemasBelow(document, schemas, key)),
    ])
    return Object.fromEntries(members) as JsonObject
  }
}

interface Vocabulary {
  readonly words: ReadonlySet<string>
  /** The names of fields that hold secrets. */
  readonly secrets: ReadonlySet<string>
}

const vocabularies = new WeakMap<JsonObject, Vocabulary>()

function vocabularyOf(document: JsonObject): Vocabulary {
  const known = vocabularies.get(document)
  if (known !== undefined) return known
  const words = new Set(['true', 'false', 'null', '$schema'])
  const secrets = new Set<string>()
  collect(objectAt(objectAt(document, 'components'), 'schemas'))
  const vocabulary = { words, secrets }
  vocabularies.set(document, vocabulary)
  return vocabulary

  function collect(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    const schema = value as JsonObject
    for (const [name, field] of Object.entries(objectAt(schema, 'properties'))) {
      words.add(name)
      if (schemasIn(document, field as JsonObject).some((each) => each['writeOnly'] === true)) secrets.add(name)
    }
    for (const listed of [schema['const'], ...(Array.isArray(schema['enum']) ? (schema['enum'] as unknown[]) : [])])
      if (typeof listed === 'string') words.add(listed)
    Object.values(schema).forEach(collect)
  }
}
