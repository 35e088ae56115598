// Schemas that check values and give themselves as JSON Schema. The texts that they give themselves from are large, so
// that only the entries `recreq/PROVIDER/json-schema` bring them.
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import type { BodySchema, StandaloneSchema } from '../operation.js'
import type { Options } from '../options.js'
import type {
  JsonSchema,
  JsonSchemaConverter,
  JsonSchemaOptions,
  StandardJsonSchemaProperties,
} from '../standard-json-schema.js'
import { asDraft07 } from './draft-07.js'

/**
 * The body of an operation, or a schema that stands for itself, that gives itself as JSON Schema, too: a Standard
 * Schema and a Standard JSON Schema in one. The rules between fields are not part of a JSON Schema; a check knows them.
 *
 * @example
 * ```ts
 * import { startRecordingBody } from 'recreq/recall/json-schema'
 *
 * const schema: DescribedSchema<StartRecordingBody> = startRecordingBody
 * const inputSchema = schema['~standard'].jsonSchema.input({ target: 'draft-2020-12' })
 * const tool = { name: 'start_recording', inputSchema }
 * ```
 */
export interface DescribedSchema<Value> extends StandaloneSchema<Value> {
  readonly '~standard': StandardJsonSchemaProperties<Value>

  /**
   * The same schema with other options. They are laid over those that it has already, and count for checks; as JSON
   * Schema it stays what the document says.
   *
   * @throws {@link InvalidOptionsError} when an option does not exist or cannot have its value.
   * @example
   * ```ts
   * const lenient = startRecordingBody.with({ unknown: 'warn' })
   * ```
   */
  with(options: Options<Value>): DescribedSchema<Value>
}

/** JSON of a provider's schemas by name, and of the definitions that they share. */
export interface SchemaTexts {
  readonly schemas: string
  readonly definitions: string
}

/** What an operation has that takes a body. */
interface BodyOwner<Value> {
  readonly name: string
  readonly body: BodySchema<Value>
  with(options: Options<Value>): BodyOwner<Value>
}

/** The body of an operation. */
export function describeBody<Value>(operation: BodyOwner<Value>, texts: SchemaTexts): DescribedSchema<Value> {
  const { name, body } = operation
  return describe(name, body, texts, (options) => describeBody(operation.with(options), texts))
}

/** A schema that stands for itself. */
export function describeSchema<Value>(schema: StandaloneSchema<Value>, texts: SchemaTexts): DescribedSchema<Value> {
  return describe(schema.name, schema, texts, (options) => describeSchema(schema.with(options), texts))
}

function describe<Value>(
  name: string,
  schema: BodySchema<Value>,
  texts: SchemaTexts,
  withOptions: (options: Options<Value>) => DescribedSchema<Value>,
): DescribedSchema<Value> {
  const convert = (options: JsonSchemaOptions) => jsonSchema(name, texts, options)
  const converter: JsonSchemaConverter = { input: convert, output: convert }
  return {
    name,
    '~standard': { ...schema['~standard'], jsonSchema: converter },
    check: (body) => schema.check(body),
    with: withOptions,
  }
}

function jsonSchema(name: string, texts: SchemaTexts, { target }: JsonSchemaOptions): JsonSchema {
  const draft07 = target === 'draft-07'
  if (!draft07 && target !== 'draft-2020-12') {
    const unknown = `There is no JSON Schema of ${name} for the target ${JSON.stringify(target)}.`
    throw new InvalidOptionsError('target', `${unknown} Ask for "draft-2020-12" or "draft-07".`)
  }
  const root = (JSON.parse(texts.schemas) as Record<string, JsonSchema>)[name] ?? {}
  const definitions = JSON.parse(texts.definitions) as Record<string, JsonSchema>
  const used = Object.entries(definitions).filter(isReachedFrom(root, definitions))
  const $defs = Object.fromEntries(used)
  if (draft07) return { $schema: 'http://json-schema.org/draft-07/schema#', ...asDraft07({ ...root, $defs }) }
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...root, $defs }
}

/** Which definitions a schema refers to, itself or by those that it refers to. */
function isReachedFrom(root: JsonSchema, definitions: Record<string, JsonSchema>) {
  const reached = new Set<string>()
  const waiting = [root]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    // Only a reference has its form: descriptions and examples have no such text.
    for (const [, name = ''] of JSON.stringify(next).matchAll(/"\$ref":"#\/\$defs\/(\w+)"/g)) {
      const definition = definitions[name]
      if (reached.has(name) || definition === undefined) continue
      reached.add(name)
      waiting.push(definition)
    }
  }
  return ([name]: [string, JsonSchema]) => reached.has(name)
}
