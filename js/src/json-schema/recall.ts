// The entry point `recreq/recall/json-schema`: Recall.ai's bodies, which give themselves as JSON Schema.
export type { DescribedSchema } from './described-schema.js'
export type {
  JsonSchema,
  JsonSchemaConverter,
  JsonSchemaOptions,
  StandardJsonSchema,
  StandardJsonSchemaProperties,
} from '../standard-json-schema.js'
export * from '../generated/recall.json-schema.js'
