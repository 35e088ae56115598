// Makes the reference of each operation's and each schema's fields out of a provider's document: what the entries
// `recreq/PROVIDER/fields` hold. js/src/fields/field-reference.ts says what it is made of.
import { labelOf, singular, valueLabels } from './labels.mjs'
import { resolve } from './schema-hover.mjs'

/**
 * @typedef {import('./schemas.mjs').Schema} Schema
 *
 * @typedef {object} Place where a field is
 * @property {string} pointer
 * @property {string} name
 * @property {string} label
 * @property {boolean} required
 * @property {boolean} passedOn it stands below an object that goes on to a third party
 */

const limits = {
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  integer: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  boolean: [],
  object: ['minProperties', 'maxProperties'],
  array: ['minItems', 'maxItems', 'uniqueItems'],
}
const typeLabels = { string: 'Text', number: 'Number', integer: 'Whole number', boolean: 'Yes or no', object: 'Group', array: 'List' }
const methods = ['get', 'put', 'post', 'delete', 'patch']

/**
 * Everything of a provider, by name.
 * @param {Schema} document
 * @returns {{ operations: Record<string, any>[], schemas: Record<string, any>[] }}
 */
export function fieldReferences(document) {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.filter((method) => item[method] !== undefined).map((method) => operationReference(document, path, item, method)),
  )
  /** @type {[string, Schema][]} */
  const standalone = Object.entries(document['x-schemas'] ?? {})
  const schemas = standalone.map(([name, { summary: title, description, 'x-source': source, schema }]) => ({
    name,
    title,
    description,
    links: linksOf(document, source),
    value: rootField(document, title, schema),
    unlisted: unlistedFields(document, schema),
  }))
  return { operations, schemas }
}

/**
 * @param {Schema} document
 * @param {string} path
 * @param {Schema} item
 * @param {string} method
 */
function operationReference(document, path, item, method) {
  const { operationId: name, summary: title, description, parameters = [], requestBody, 'x-source': source } = item[method]
  const body = requestBody?.content['application/json'].schema
  return {
    name,
    title,
    description,
    method: method.toUpperCase(),
    path,
    links: linksOf(document, source),
    parameters: [...serverParameters(document), ...[...(item.parameters ?? []), ...parameters].map((each) => parameter(document, each))],
    ...(body !== undefined && { body: rootField(document, 'Body', body) }),
    unlisted: body === undefined ? [] : unlistedFields(document, body),
  }
}

/** @param {Schema} document */
function serverParameters(document) {
  /** @type {[string, Schema][]} */
  const variables = Object.entries(document.servers[0].variables ?? {})
  return variables.map(([name, variable]) => {
    const { default: preselected, 'x-required': required = false, ...schema } = variable
    const known = required ? {} : { 'x-known-default': preselected }
    return { in: 'server', field: fieldOf(document, { type: 'string', ...schema, ...known }, topPlace(name, required)) }
  })
}

/**
 * @param {Schema} document
 * @param {Schema} written
 */
function parameter(document, written) {
  const { name, in: where, required = false, description, schema, 'x-source': source } = written.$ref ? resolve(document, written.$ref) : written
  const given = where === 'header' ? camelCase(name) : name
  const described = { ...schema, description: description ?? schema.description, 'x-source': source ?? schema['x-source'] }
  return { in: where, field: fieldOf(document, described, topPlace(given, required)) }
}

/**
 * @param {string} name
 * @param {boolean} required
 * @returns {Place}
 */
function topPlace(name, required) {
  return { pointer: `/${escaped(name)}`, name, label: labelOf(name), required, passedOn: false }
}

/**
 * @param {Schema} document
 * @param {string} label
 * @param {Schema} schema
 */
function rootField(document, label, schema) {
  return fieldOf(document, schema, { pointer: '', name: '', label, required: true, passedOn: false })
}

/**
 * @param {Schema} document
 * @param {Schema} written
 * @param {Place} place
 * @returns {Record<string, any>}
 */
function fieldOf(document, written, place) {
  const { schema, nullable, branches } = laidOut(document, written)
  const passThrough = schema['x-pass-through'] === true
  /** @type {Place} */
  const inside = { ...place, passedOn: place.passedOn || passThrough }
  const facts = {
    pointer: place.pointer,
    name: place.name,
    label: schema.title ?? place.label,
    description: schema.description,
    required: place.required,
    nullable,
    default: schema.default,
    knownDefault: schema['x-known-default'],
    examples: schema.examples,
    ...flags(schema, { writeOnly: 'writeOnly', deprecated: 'deprecated', destination: 'x-destination' }),
    ...(passThrough && { passThrough }),
    ...(schema['x-confidence'] !== undefined && schema['x-confidence'] !== 'documented' && { confidence: schema['x-confidence'] }),
    links: linksOf(document, schema['x-source']),
  }
  return { ...facts, ...content(document, schema, branches, inside) }
}

/**
 * What a field may be.
 * @param {Schema} document
 * @param {Schema} schema
 * @param {readonly Schema[]} branches
 * @param {Place} place
 * @returns {Record<string, any>}
 */
function content(document, schema, branches, place) {
  if (branches.length > 0) return choiceByBranch(document, schema, branches, place)
  const types = typesOf(schema)
  if (types.length > 1) return { type: 'choice', by: 'type', options: types.map((type) => typeOption(document, { ...ofTypes(schema), type }, place)) }
  const [type] = types
  if (type === undefined) return { type: 'any' }
  const own = { type, ...picked(schema, limits[type]) }
  if (type === 'array') return { ...own, element: fieldOf(document, schema.items ?? {}, anyBelow(place)) }
  if (type === 'object') return isOneOfItsKeys(schema) ? choiceByKey(document, schema, place) : { ...own, ...members(document, schema, place) }
  const values = schema.const === undefined ? schema.enum : [schema.const]
  if (values === undefined) return own
  const labels = valueLabels(values)
  const listed = values.map((/** @type {unknown} */ value, /** @type {number} */ index) => ({ value, label: labels[index] }))
  return { ...own, values: listed, ...(place.passedOn && schema.const === undefined && { otherValues: true }) }
}

/**
 * @param {Schema} document
 * @param {Schema} schema
 * @param {Place} place
 */
function members(document, schema, place) {
  const { properties = {}, required = [], additionalProperties = true, maxProperties } = schema
  const named = Object.entries(properties).map(([name, each]) => fieldOf(document, each, below(place, name, required.includes(name))))
  const others = typeof additionalProperties === 'object' && fieldOf(document, additionalProperties, anyBelow(place))
  const open = additionalProperties === true ? maxProperties !== 0 : place.passedOn
  return { fields: named, ...(others && { members: others }), ...(open && !others && { open }) }
}

/**
 * An object with exactly one of its members.
 * @param {Schema} schema
 */
function isOneOfItsKeys({ properties = {}, required = [], minProperties, maxProperties }) {
  return minProperties === 1 && maxProperties === 1 && required.length === 0 && Object.keys(properties).length > 1
}

/**
 * @param {Schema} document
 * @param {Schema} schema
 * @param {Place} place
 */
function choiceByKey(document, schema, place) {
  const options = Object.entries(schema.properties).map(([choice, each]) => {
    const field = fieldOf(document, each, below(place, choice, true))
    return { choice, label: field.label, description: field.description, field }
  })
  return { type: 'choice', by: 'key', options }
}

/**
 * @param {Schema} document
 * @param {Schema} schema
 * @param {readonly Schema[]} branches
 * @param {Place} place
 */
function choiceByBranch(document, schema, branches, place) {
  const property = schema.discriminator?.propertyName
  if (property === undefined) return { type: 'choice', by: 'type', options: branches.map((branch) => typeOption(document, branch, place)) }
  const options = branches.map((branch) => {
    const { [property]: telling } = laidOut(document, branch).schema.properties
    const choice = laidOut(document, telling).schema.const
    const field = fieldOf(document, branch, place)
    return { choice, label: labelOf(choice), description: field.description, field }
  })
  return { type: 'choice', by: 'value', property, options }
}

/**
 * @param {Schema} document
 * @param {Schema} branch
 * @param {Place} place
 */
function typeOption(document, branch, place) {
  const field = fieldOf(document, branch, place)
  const type = /** @type {keyof typeof typeLabels} */ (field.type)
  return { choice: field.type, label: typeLabels[type] ?? 'Anything', description: field.description, field }
}

/**
 * A schema with what it refers to laid out: its own words before those of what it refers to. Of alternatives, null is a mark, and
 * a single other one is the schema itself.
 * @param {Schema} document
 * @param {Schema} schema
 * @returns {{ schema: Schema, nullable: boolean, branches: readonly Schema[] }}
 */
function laidOut(document, schema) {
  const { $ref, allOf = [], anyOf, oneOf, ...own } = schema
  /** @type {Schema[]} */
  const alternatives = anyOf ?? oneOf ?? []
  const others = alternatives.filter(({ type }) => type !== 'null')
  const parts = [...(others.length === 1 ? others : []), ...($ref === undefined ? [] : [resolve(document, $ref)]), ...allOf]
  let nullable = others.length < alternatives.length || own.type === 'null' || (Array.isArray(own.type) && own.type.includes('null'))
  let branches = others.length > 1 ? others : []
  /** @type {Schema} */
  let merged = {}
  for (const part of parts) {
    const inner = laidOut(document, part)
    merged = { ...inner.schema, ...merged }
    nullable ||= inner.nullable
    if (inner.branches.length > 0) branches = [...inner.branches]
  }
  return { schema: { ...merged, ...own }, nullable, branches }
}

/**
 * @param {Schema} schema
 * @returns {(keyof typeof limits)[]}
 */
function typesOf({ type, const: constant, enum: values, properties }) {
  const named = type ?? (constant !== undefined || values !== undefined ? typeof (constant ?? values[0]) : properties && 'object')
  const all = named === undefined ? [] : [named].flat()
  // Whole numbers are numbers.
  return all.filter((each) => each !== 'null' && !(each === 'integer' && all.includes('number')))
}

/**
 * What of a schema is about one of its types; the rest is about the field as a whole.
 * @param {Schema} schema
 */
function ofTypes(schema) {
  const notes = ['title', 'description', 'default', 'x-known-default', 'examples', 'x-source']
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !notes.includes(keyword)))
}

/**
 * The names that the rules of a body speak of although its schema does not have them.
 * @param {Schema} document
 * @param {Schema} schema
 */
function unlistedFields(document, schema) {
  /** @type {Map<string, any>} */
  const fields = new Map()
  for (const rule of rulesOf(document, schema)) {
    const pointer = rule.at ?? rule.for ?? ''
    const name = pointer.slice(pointer.lastIndexOf('/') + 1)
    if (!rule.unlisted?.includes(name)) continue
    const field = fields.get(pointer) ?? { pointer, name, rules: [] }
    fields.set(pointer, field)
    field.rules.push({ rule: rule.id, severity: rule.severity, message: rule.message, docs: rule.docs })
  }
  return [...fields.values()]
}

/**
 * @param {Schema} document
 * @param {Schema} schema
 * @returns {Schema[]}
 */
function rulesOf(document, schema) {
  /** @type {Schema[]} */
  const written = schema['x-rules'] ?? []
  const own = written.map((rule) => (rule.$ref === undefined ? rule : resolve(document, rule.$ref)))
  /** @type {Schema[]} */
  const branches = (schema.anyOf ?? []).filter((/** @type {Schema} */ { type }) => type !== 'null')
  const parts = [...(schema.$ref === undefined ? [] : [resolve(document, schema.$ref)]), ...branches]
  return [...own, ...parts.flatMap((part) => rulesOf(document, part))]
}

/**
 * @param {Place} place
 * @param {string} name
 * @param {boolean} required
 * @returns {Place}
 */
function below({ pointer, passedOn }, name, required) {
  return { pointer: `${pointer}/${escaped(name)}`, name, label: labelOf(name), required, passedOn }
}

/**
 * Each element of a list, each member of an object whose members have names of somebody's own.
 * @param {Place} place
 * @returns {Place}
 */
function anyBelow(place) {
  return { ...below(place, '*', false), label: singular(place.label) }
}

/** @param {string} token */
function escaped(token) {
  return token.replaceAll('~', '~0').replaceAll('/', '~1')
}

/**
 * @param {Schema} document
 * @param {readonly string[]} [ids]
 * @returns {{ title: string, url: string }[]}
 */
function linksOf(document, ids = []) {
  return ids.map((id) => document['x-source'][id]).flatMap(({ title, url }) => (url === undefined ? [] : [{ title, url }]))
}

/**
 * @param {Schema} schema
 * @param {Record<string, string>} keywords by the name that a field has for them
 */
function flags(schema, keywords) {
  return Object.fromEntries(Object.entries(keywords).flatMap(([name, keyword]) => (schema[keyword] === true ? [[name, true]] : [])))
}

/**
 * @param {Schema} schema
 * @param {readonly string[]} keywords
 */
function picked(schema, keywords) {
  return Object.fromEntries(keywords.flatMap((keyword) => (schema[keyword] === undefined ? [] : [[keyword, schema[keyword]]])))
}

/** @param {string} header */
function camelCase(header) {
  return header.toLowerCase().replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase())
}
