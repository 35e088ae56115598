// Writes the module of a provider's bodies that give themselves as JSON Schema: the texts that they do it from, and a constant
// for each.
import { programSchemas, subjectsOf } from './schemas.mjs'
import { inSingleQuotes } from './text-literal.mjs'

/** @typedef {import('./schemas.mjs').Schema} Schema */

/**
 * @param {string} provider
 * @param {Schema} document
 */
export function jsonSchemaModule(provider, document) {
  const { schemas, $defs } = programSchemas(document)
  const subjects = subjectsOf(document)
  const names = subjects.map(({ name, standalone }) => (standalone ? `${name} as ${checked(name)}` : name))
  const types = [...new Set(subjects.flatMap(({ name, schema }) => typeNames(name, schema)))]
  const imported = [...names, ...types.map((type) => `type ${type}`)].map((name) => `  ${name},\n`)
  const constants = subjects.map((subject) => constantText(provider, subject))
  const functions = [...new Set(subjects.map(makerOf))].sort()
  return `// Made from the provider document by the build: do not edit.
import { ${functions.join(', ')}, type DescribedSchema, type SchemaTexts } from '../json-schema/described-schema.js'
import {
${imported.join('')}} from './${provider}.js'

const texts: SchemaTexts = {
  schemas: ${inSingleQuotes(JSON.stringify(schemas))},
  definitions: ${inSingleQuotes(JSON.stringify($defs))},
}
${constants.join('')}`
}

/**
 * @param {string} provider
 * @param {import('./schemas.mjs').Subject} subject
 */
function constantText(provider, subject) {
  const { name, title, schema, standalone } = subject
  const constant = standalone ? name : `${name}Body`
  const type = [...typeNames(name, schema), ...(isNullable(schema) ? ['null'] : [])].join(' | ')
  const same = `${provider}.${name}${standalone ? '' : '.body'}`
  return `
/**
 * ${title}: \`${same}\`, which gives itself as JSON Schema, too.
 *
 * @example
 * \`\`\`ts
 * const { validate, jsonSchema } = ${constant}['~standard']
 * const schema = jsonSchema.input({ target: 'draft-2020-12' })
 * \`\`\`
 */
export const ${constant}: DescribedSchema<${type}> = /* @__PURE__ */ ${makerOf(subject)}(${standalone ? checked(name) : name}, texts)
`
}

/** @param {import('./schemas.mjs').Subject} subject */
function makerOf({ standalone }) {
  return standalone ? 'describeSchema' : 'describeBody'
}

/** @param {string} name */
function checked(name) {
  return `checked${capitalized(name)}`
}

/** @param {string} name */
function capitalized(name) {
  return name.slice(0, 1).toUpperCase() + name.slice(1)
}

/**
 * What the compiler calls a schema's types: as the schemas that it refers to, or, written in place, as its operation's body.
 * @param {string} name
 * @param {Schema} schema
 * @returns {string[]}
 */
function typeNames(name, schema) {
  if (schema.$ref !== undefined) return [schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)]
  /** @type {Schema[]} */
  const branches = schema.anyOf ?? schema.oneOf ?? []
  if (branches.length === 0) return [`${capitalized(name)}Body`]
  return branches.filter(({ type }) => type !== 'null').flatMap((branch) => typeNames(name, branch))
}

/** @param {Schema} schema */
function isNullable({ anyOf = [] }) {
  return anyOf.some((/** @type {Schema} */ { type }) => type === 'null')
}
