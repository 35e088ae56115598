// Standard JSON Schema, version 1: the interface by which libraries ask a schema that they do not know for its JSON
// Schema. It is declared here rather than imported, so that the package depends on nothing.
import type { StandardSchemaProperties } from './standard-schema.js'
import type { JsonValue } from './types.js'

/**
 * Anything that gives itself as JSON Schema. Compatible with `StandardJSONSchemaV1` of `@standard-schema/spec`.
 *
 * @see https://standardschema.dev/json-schema
 * @example
 * ```ts
 * const schema: StandardJsonSchema<recall.StartRecordingBody> = startRecordingBody
 * const { properties } = schema['~standard'].jsonSchema.input({ target: 'draft-2020-12' })
 * ```
 */
export interface StandardJsonSchema<Input, Output = Input> {
  readonly '~standard': StandardJsonSchemaProperties<Input, Output>
}

/**
 * What a schema has under the key `~standard` that checks values and gives itself as JSON Schema.
 *
 * @example
 * ```ts
 * const { validate, jsonSchema } = startRecordingBody['~standard']
 * ```
 */
export interface StandardJsonSchemaProperties<Input, Output = Input> extends StandardSchemaProperties<Input, Output> {
  /** Gives the schema as JSON Schema. */
  readonly jsonSchema: JsonSchemaConverter
}

/**
 * Gives a schema as JSON Schema: a new object each time, which is yours to change. What may be given and what comes out
 * of a check are described by the same schema, since options say which defaults are filled in.
 *
 * @example
 * ```ts
 * const { input } = startRecordingBody['~standard'].jsonSchema
 * const parameters = input({ target: 'draft-07' })
 * ```
 */
export interface JsonSchemaConverter {
  /** What may be given. */
  readonly input: (options: JsonSchemaOptions) => JsonSchema
  /** What comes out of a check. */
  readonly output: (options: JsonSchemaOptions) => JsonSchema
}

/**
 * Which JSON Schema is asked for.
 *
 * @example
 * ```ts
 * const options: JsonSchemaOptions = { target: 'draft-2020-12' }
 * ```
 */
export interface JsonSchemaOptions {
  /** The version of JSON Schema. Any other than the two is refused. */
  readonly target: 'draft-2020-12' | 'draft-07' | (string & {})
  /** There are none. */
  readonly libraryOptions?: Record<string, unknown> | undefined
}

/**
 * A JSON Schema that is an object.
 *
 * @example
 * ```ts
 * const schema: JsonSchema = { type: 'string', minLength: 1 }
 * ```
 */
export interface JsonSchema {
  [keyword: string]: JsonValue
}
