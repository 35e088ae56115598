// zod, with a schema of its own making out of the same JSON Schema.
import * as z from 'zod'

/** @param {any} schema */
export function compile(schema) {
  return z.fromJSONSchema(schema)
}
