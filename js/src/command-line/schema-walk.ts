// Walking a document's schemas beside a value: which schemas speak of a place, whatever branch of a union was meant.
import { type JsonObject, objectAt, referenced } from '../provider-document.js'
import { listAt } from './subjects.js'

/** A schema, what it refers to, and all its branches, flat. */
export function schemasIn(document: JsonObject, schema: JsonObject): JsonObject[] {
  const found = new Set<JsonObject>()
  const waiting = [schema]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue
    found.add(next)
    const target = referenced(document, next)
    if (target !== undefined) waiting.push(target)
    for (const name of ['oneOf', 'anyOf', 'allOf']) waiting.push(...listAt(next, name).toReversed())
    for (const name of ['then', 'else']) if (isSchema(next[name])) waiting.push(next[name])
  }
  return [...found]
}

/** The schemas of a member or element, flat; none when no schema lists it. */
export function schemasBelow(
  document: JsonObject,
  schemas: readonly JsonObject[],
  step: string | number,
): JsonObject[] {
  return [...new Set(schemasOf(schemas, step).flatMap((schema) => schemasIn(document, schema)))]
}

/** The schemas that flat schemas have for a member or element, as they are written. */
export function schemasOf(schemas: readonly JsonObject[], step: string | number): JsonObject[] {
  const below = schemas.flatMap((schema) =>
    typeof step === 'number' ? elementSchemas(schema, step) : memberSchemas(schema, step),
  )
  return [...new Set(below.filter(isSchema))]
}

function memberSchemas(schema: JsonObject, key: string): unknown[] {
  const properties = objectAt(schema, 'properties')
  if (Object.hasOwn(properties, key)) return [properties[key]]
  const patterns = Object.entries(objectAt(schema, 'patternProperties'))
  const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(key)).map(([, value]) => value)
  return matching.length > 0 ? matching : [schema['additionalProperties']]
}

function elementSchemas(schema: JsonObject, index: number): unknown[] {
  return [listAt(schema, 'prefixItems')[index] ?? schema['items']]
}

function isSchema(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null
}
