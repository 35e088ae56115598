// Makes the JSON Schemas that editors complete and hover from, one for each request body and each schema that stands for
// itself. Each is self-contained; what OpenAPI and this project add is translated into JSON Schema or told in the
// description. A schema says of a body what the engine says of it without its rules.
import { annotation, hoverText, resolve } from './schema-hover.mjs'

/**
 * @typedef {Record<string, any>} Schema
 *
 * @typedef {object} Writing
 * @property {Schema} document
 * @property {Map<string, { name: string, schema: Schema }>} definitions by reference, and whether it is passed on
 */

const schemaByName = new Set(['$defs', 'properties', 'patternProperties', 'dependentSchemas'])
const schemaList = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
const oneSchema = new Set(['items', 'additionalProperties', 'propertyNames', 'contains', 'not', 'if', 'then', 'else'])

/**
 * The schemas of a provider's document, by name: `recall.startRecording`.
 * @param {string} provider
 * @param {Schema} document
 * @returns {Map<string, Schema>}
 */
export function editorSchemas(provider, document) {
  /** @type {Map<string, Schema>} */
  const schemas = new Map()
  /** @type {Schema[]} */
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item))
  for (const { operationId, summary, requestBody } of operations) {
    const schema = requestBody?.content['application/json'].schema
    if (schema !== undefined) add(operationId, `${summary}, body`, schema)
  }
  /** @type {[string, Schema][]} */
  const standalone = Object.entries(document['x-schemas'] ?? {})
  for (const [name, { summary, description, 'x-source': source, schema }] of standalone) {
    add(name, summary, { description, 'x-source': source, ...schema })
  }
  return schemas

  /**
   * @param {string} name
   * @param {string} title
   * @param {Schema} schema
   */
  function add(name, title, schema) {
    const full = `${provider}.${name}`
    schemas.set(full, editorSchema(full, title, document, schema))
  }
}

/**
 * @param {string} name
 * @param {string} title
 * @param {Schema} document
 * @param {Schema} schema
 * @returns {Schema}
 */
function editorSchema(name, title, document, schema) {
  /** @type {Writing} */
  const writing = { document, definitions: new Map() }
  const root = translated(writing, withSchemaMember(writing, schema), false)
  const definitions = [...writing.definitions.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:recreq:schema:${name}`,
    $comment: `Made from the provider document of ${document.info.version}. The rules between fields are not part of it.`,
    title: `${document.info.title}: ${title}`,
    ...root,
    $defs: Object.fromEntries(definitions.map((definition) => [definition.name, definition.schema])),
  }
}

/**
 * The root with its references laid out, and with the member by which a file tells an editor its schema.
 * @param {Writing} writing
 * @param {Schema} schema
 * @returns {Schema}
 */
function withSchemaMember(writing, schema) {
  const { $ref, ...own } = schema
  if ($ref !== undefined) return { ...withSchemaMember(writing, resolve(writing.document, $ref)), ...own }
  for (const keyword of ['anyOf', 'oneOf']) {
    if (schema[keyword] === undefined) continue
    /** @type {Schema[]} */
    const branches = schema[keyword]
    return { ...schema, [keyword]: branches.map((branch) => withSchemaMember(writing, branch)) }
  }
  if (schema.properties === undefined) return schema
  const $schema = { type: 'string', description: 'The schema by which an editor completes this file. It is not sent.' }
  return { ...schema, properties: { ...schema.properties, $schema } }
}

/**
 * A schema in the words of JSON Schema alone. `passedOn`: it stands below an object that goes on to a third party, where
 * nothing is refused for being unlisted.
 * @param {Writing} writing
 * @param {Schema} schema
 * @param {boolean} passedOn
 * @returns {Schema}
 */
function translated(writing, schema, passedOn) {
  if (typeof schema !== 'object') return schema
  const open = passedOn || schema['x-pass-through'] === true
  /** @param {Schema} below */
  const inner = (below) => translated(writing, below, open)
  /** @type {Schema} */
  const made = texts(writing.document, schema)
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'description' || keyword === 'discriminator' || keyword.startsWith('x-')) continue
    if (keyword === '$ref') made.$ref = `#/$defs/${definitionName(writing, value, open)}`
    else if (keyword === 'additionalProperties' && value === false && open) continue
    else if (keyword === 'enum' && open) made.anyOf = [{ enum: value }, { type: 'string' }]
    else if (schemaByName.has(keyword)) made[keyword] = mapped(value, inner)
    else if (schemaList.has(keyword)) made[keyword] = value.map(inner)
    else made[keyword] = oneSchema.has(keyword) ? inner(value) : value
  }
  return made
}

/**
 * What editors show: the one text where Markdown is not understood, the other, with links, where it is. A mere reference
 * leaves it to what it refers to.
 * @param {Schema} document
 * @param {Schema} schema
 */
function texts(document, schema) {
  if (schema.$ref !== undefined && Object.keys(schema).length === 1) return {}
  const description = annotation(document, schema, 'description')
  const markdownDescription = hoverText(document, schema)
  return { ...(description && { description }), ...(markdownDescription && { markdownDescription }) }
}

/**
 * Where a reference leads under `$defs`. What is reached both inside and outside of an object that is passed on is there
 * twice, since unlisted values are refused in one of them only.
 * @param {Writing} writing
 * @param {string} reference
 * @param {boolean} passedOn
 */
function definitionName(writing, reference, passedOn) {
  const { document, definitions } = writing
  const key = `${reference} ${passedOn}`
  const known = definitions.get(key)
  if (known !== undefined) return known.name
  const word = reference.slice(reference.lastIndexOf('/') + 1)
  const taken = definitions.has(`${reference} ${!passedOn}`)
  const definition = { name: taken ? `${word}${passedOn ? 'PassedOn' : 'Checked'}` : word, schema: {} }
  // Known before it is written: a schema may refer to itself.
  definitions.set(key, definition)
  definition.schema = translated(writing, resolve(document, reference), passedOn)
  return definition.name
}

/**
 * @param {Schema} schemas
 * @param {(schema: Schema) => Schema} change
 */
function mapped(schemas, change) {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]))
}
