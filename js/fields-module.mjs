// Writes the module of a provider's field reference: a constant for each operation and schema, made of JSON that is read when
// the module is. The fields of bodies that have the same ones are there once.
import { fieldReferences } from './fields.mjs'
import { inSingleQuotes } from './text-literal.mjs'

/**
 * @param {string} provider
 * @param {import('./schemas.mjs').Schema} document
 */
export function fieldsModule(provider, document) {
  const { operations, schemas } = fieldReferences(document)
  /** @type {Map<string, string>} */
  const texts = new Map()
  const constants = [
    ...operations.map(({ body, ...operation }) => constantText(provider, 'Operation', operation, 'body', body, texts)),
    ...schemas.map(({ value, ...schema }) => constantText(provider, 'Schema', schema, 'value', value, texts)),
  ]
  const shared = [...texts].map(([text, name]) => `const ${name} = ${inSingleQuotes(text)}\n`)
  const kinds = ['operation', ...(schemas.length > 0 ? ['schema'] : [])]
  const types = kinds.map((kind) => `${kind === 'operation' ? 'Operation' : 'Schema'}Reference`)
  return `// Made from the provider document by the build: do not edit.
import type { ${types.join(', ')} } from '../fields/field-reference.js'
import { ${kinds.map((kind) => `${kind}Reference`).join(', ')} } from '../fields/reading.js'

${shared.join('')}${constants.join('')}`
}

/**
 * @param {string} provider
 * @param {'Operation' | 'Schema'} kind
 * @param {Record<string, any>} reference
 * @param {string} member what holds the fields
 * @param {Record<string, any> | undefined} holder
 * @param {Map<string, string>} texts names of constants by their texts
 */
function constantText(provider, kind, reference, member, holder, texts) {
  const { name, title, method, path } = reference
  const { fields, ...around } = holder ?? {}
  const own = inSingleQuotes(JSON.stringify({ ...reference, ...(holder && { [member]: around }) }))
  const rest = holder === undefined ? '' : `, ${textName(JSON.stringify(fields), texts)}`
  return `
/**
 * ${title}: the fields of ${method === undefined ? 'a value' : `\`${method} ${path}\``}.
 *
 * @example
 * \`\`\`ts
 * import { ${holder === undefined ? name : `everyField, ${name}`} } from 'recreq/${provider}/fields'
 *
 * ${example(name, member, holder)}
 * \`\`\`
 */
export const ${name}: ${kind}Reference = /* @__PURE__ */ ${kind.toLowerCase()}Reference(${own}${rest})
`
}

/**
 * @param {string} name
 * @param {string} member
 * @param {object | undefined} holder
 */
function example(name, member, holder) {
  if (holder === undefined) return `for (const { field } of ${name}.parameters) console.log(field.name, field.label, field.required)`
  return `for (const { pointer, label } of everyField(${name}.${member})) console.log(pointer, label)`
}

/**
 * @param {string} text
 * @param {Map<string, string>} texts
 */
function textName(text, texts) {
  const name = texts.get(text) ?? `fields${texts.size + 1}`
  texts.set(text, name)
  return name
}
