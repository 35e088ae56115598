// Rewrites a schema of JSON Schema 2020-12 into one of draft 7. What the providers' documents use differs in three
// things: where definitions stand, what may stand beside a reference, and lists whose first elements have schemas of
// their own.
import type { JsonSchema } from '../standard-json-schema.js'
import type { JsonValue } from '../types.js'

const schemasByName = new Set(['properties', 'patternProperties', 'dependentSchemas'])
const values = new Set(['default', 'const', 'enum', 'examples', 'required'])

/** A schema of draft 7 that accepts the same values. */
export function asDraft07(schema: JsonSchema): JsonSchema {
  const { $ref, ...own } = rewritten(schema)
  if (typeof $ref !== 'string') return own
  // Draft 7 looks at nothing beside a reference.
  const reference = { $ref: $ref.replace('#/$defs/', '#/definitions/') }
  const all = (own['allOf'] ?? []) as JsonSchema[]
  return Object.keys(own).length === 0 ? reference : { ...own, allOf: [reference, ...all] }
}

function rewritten(schema: JsonSchema): JsonSchema {
  const members = Object.entries(schema).map(([keyword, value]): [string, JsonValue] => {
    if (values.has(keyword)) return [keyword, value]
    if (keyword === '$defs') return ['definitions', eachRewritten(value as JsonSchema)]
    if (schemasByName.has(keyword)) return [keyword, eachRewritten(value as JsonSchema)]
    if (keyword === 'prefixItems') return ['items', below(value)]
    return [keyword === 'items' && 'prefixItems' in schema ? 'additionalItems' : keyword, below(value)]
  })
  return Object.fromEntries(members)
}

function eachRewritten(schemas: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, below(schema)]))
}

/** The value of any keyword: a schema, a list of schemas, or nothing of the kind. */
function below(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as JsonValue[]).map(below)
  return typeof value === 'object' && value !== null ? asDraft07(value as JsonSchema) : value
}
