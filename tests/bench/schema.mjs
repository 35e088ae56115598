// The body's schema as other validators take it: the same document, without what only recreq reads.
import { readFileSync } from 'node:fs'

const document = JSON.parse(readFileSync(new URL('../../wasm/specs/recall.json', import.meta.url), 'utf8'))
const annotations = new Set(['description', 'title', 'examples', 'deprecated'])

/** Start Recording's body with all that it refers to under `$defs`. */
export function bodySchema() {
  /** @type {Record<string, unknown>} */
  const definitions = {}
  const prefix = '#/components/schemas/'

  /**
   * @param {any} schema
   * @returns {any}
   */
  const plain = (schema) => {
    if (Array.isArray(schema)) return schema.map(plain)
    if (schema === null || typeof schema !== 'object') return schema
    if (schema.$ref !== undefined) {
      const name = schema.$ref.slice(prefix.length)
      if (!(name in definitions)) {
        definitions[name] = true
        definitions[name] = plain(document.components.schemas[name])
      }
      return { ...('default' in schema && { default: schema.default }), $ref: `#/$defs/${name}` }
    }
    return Object.fromEntries(
      Object.entries(schema)
        .filter(([keyword]) => !keyword.startsWith('x-') && !annotations.has(keyword))
        .map(([keyword, value]) => [keyword, translated(keyword, value)]),
    )
  }
  /**
   * @param {string} keyword
   * @param {any} value
   */
  const translated = (keyword, value) => {
    if (keyword === 'properties') return mapValues(value, plain)
    if (keyword === 'default' || keyword === 'const' || keyword === 'enum') return value
    // JSON Schema validators find the branch by themselves.
    if (keyword === 'discriminator') return { propertyName: value.propertyName }
    return plain(value)
  }
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...plain(document.components.schemas.RecordingConfig), $defs: definitions }
}

/**
 * @param {Record<string, unknown>} object
 * @param {(value: unknown) => unknown} change
 */
function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
}
