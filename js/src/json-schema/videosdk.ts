// The entry point `recreq/videosdk/json-schema`: VideoSDK's bodies, which give themselves as JSON Schema.
export type { DescribedSchema } from './described-schema.js'
export type {
  JsonSchema,
  JsonSchemaConverter,
  JsonSchemaOptions,
  StandardJsonSchema,
  StandardJsonSchemaProperties,
} from '../standard-json-schema.js'
export * from '../generated/videosdk.json-schema.js'
