// Makes the JSON Schemas of each request body and each schema that stands for itself: those that editors complete and
// hover from, each a file that is complete in itself, and those that programs ask for, which share their definitions. What
// OpenAPI and this project add is translated into JSON Schema or told in the description. A schema says of a body what the
// engine says of it without its rules.
import { annotation, hoverText, resolve } from './schema-hover.mjs'

/**
 * @typedef {Record<string, any>} Schema
 *
 * @typedef {object} Writing
 * @property {Schema} document
 * @property {Map<string, { name: string, schema: Schema }>} definitions by reference, and whether it is passed on
 * @property {boolean} markdown whether descriptions are there a second time, with what editors show
 *
 * @typedef {object} Subject what has a schema
 * @property {string} name
 * @property {string} title
 * @property {Schema} schema
 * @property {boolean} standalone it is no operation's body, but stands for itself
 */

const schemaByName = new Set(['$defs', 'properties', 'patternProperties', 'dependentSchemas'])
const schemaList = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
const oneSchema = new Set(['items', 'additionalProperties', 'propertyNames', 'contains', 'not', 'if', 'then', 'else'])

/**
 * The bodies of a provider's operations, and its schemas that stand for themselves.
 * @param {Schema} document
 * @returns {Subject[]}
 */
export function subjectsOf(document) {
  /** @type {Schema[]} */
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item))
  const bodies = operations.flatMap(({ operationId: name, summary, requestBody }) => {
    const schema = requestBody?.content['application/json'].schema
    return schema === undefined ? [] : [{ name, title: `${summary}, body`, schema, standalone: false }]
  })
  /** @type {[string, Schema][]} */
  const listed = Object.entries(document['x-schemas'] ?? {})
  const standalone = listed.map(([name, { summary: title, description, 'x-source': source, schema }]) => {
    return { name, title, schema: { description, 'x-source': source, ...schema }, standalone: true }
  })
  return [...bodies, ...standalone]
}

/**
 * The schemas for editors, by name: `recall.startRecording`.
 * @param {string} provider
 * @param {Schema} document
 * @returns {Map<string, Schema>}
 */
export function editorSchemas(provider, document) {
  return new Map(
    subjectsOf(document).map(({ name, title, schema }) => {
      const full = `${provider}.${name}`
      return [full, editorSchema(full, title, document, schema)]
    }),
  )
}

/**
 * The schemas for programs, by name, and the definitions that they refer to.
 * @param {Schema} document
 * @returns {{ schemas: Record<string, Schema>, $defs: Record<string, Schema> }}
 */
export function programSchemas(document) {
  /** @type {Writing} */
  const writing = { document, definitions: new Map(), markdown: false }
  const schemas = subjectsOf(document).map(({ name, title, schema }) => {
    const root = translated(writing, withoutReference(document, schema), false)
    return [name, { title: `${document.info.title}: ${title}`, ...root }]
  })
  return { schemas: Object.fromEntries(schemas), $defs: definitionsOf(writing) }
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
  const writing = { document, definitions: new Map(), markdown: true }
  const root = translated(writing, withSchemaMember(writing, schema), false)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:recreq:schema:${name}`,
    $comment: `Made from the provider document of ${document.info.version}. The rules between fields are not part of it.`,
    title: `${document.info.title}: ${title}`,
    ...root,
    $defs: definitionsOf(writing),
  }
}

/** @param {Writing} writing */
function definitionsOf({ definitions }) {
  const sorted = [...definitions.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return Object.fromEntries(sorted.map(({ name, schema }) => [name, schema]))
}

/**
 * A schema with what it refers to laid out: what an object has can be seen at once.
 * @param {Schema} document
 * @param {Schema} schema
 * @returns {Schema}
 */
function withoutReference(document, { $ref, ...own }) {
  return $ref === undefined ? own : { ...withoutReference(document, resolve(document, $ref)), ...own }
}

/**
 * The root with its references laid out, and with the member by which a file tells an editor its schema.
 * @param {Writing} writing
 * @param {Schema} schema
 * @returns {Schema}
 */
function withSchemaMember(writing, schema) {
  if (schema.$ref !== undefined) return withSchemaMember(writing, withoutReference(writing.document, schema))
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
  const made = texts(writing, schema)
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
 * @param {Writing} writing
 * @param {Schema} schema
 */
function texts({ document, markdown }, schema) {
  if (schema.$ref !== undefined && Object.keys(schema).length === 1) return {}
  const description = annotation(document, schema, 'description')
  const markdownDescription = markdown && hoverText(document, schema)
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
