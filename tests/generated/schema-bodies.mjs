// Bodies made from a JSON Schema with fast-check: ones that it takes, and ones with slips that people make - a misspelt
// field, a word in another case, a number just past its limit, a value of another type, a field too few or too many.
import fc from 'fast-check'

/**
 * @typedef {Record<string, any>} Schema
 * @typedef {import('fast-check').Arbitrary<any>} Arbitrary
 */

// Among them what is no URI. Not asked for is what ajv-formats reads in a way of its own (a malformed port makes the host part of
// a path, and `urn:uuid:` may stand before a UUID), nor the addresses of RFC 3986 that do not exist yet (`[v1.any]`), which no
// parser of URLs takes.
const uris = [
  'https://hooks.example.com/recording', 'wss://media.example.com/live/?token=PLACEHOLDER',
  'rtmps://live.example.com:443/app/PLACEHOLDER', 'ftp://example.com', 'https://[::1]/', 'mailto:someone@example.com',
  'urn:example:recording', 'https://example.com/a%20b?c=d#e', 'example.com', '/relative', '//example.com/path',
  'https://example.com/a b', 'https://example.com/%zz', 'https://exa mple.com', 'https://', '', ':', '1https://example.com',
  'https://example.com/\u00e4', 'https://example.com/{id}', 'https://example.com/<id>', 'https://[::1',
  'https://user@example.com/', 'https://example.com/|', 'https://example.com/\\', 'https://example.com/^',
  'https://example.com/`', 'https://example.com/#a#b', 'https://example.com?a?b', 'HTTPS://EXAMPLE.COM',
]
const uuids = [
  '00000000-0000-4000-8000-000000000000', 'FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF', '3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55',
  '00000000-0000-0000-0000-000000000000', '3f0d7c1e5f0b4f439d6c2a1f4f6f9c55', '{3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55}',
  '3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c5', 'abcd-efgh-ijkl', '',
]
/** @type {Record<string, readonly string[]>} */
const texts = { uri: uris, uuid: uuids }
const unlisted = ['type', 'url', 'metadata', 'constructor', 'toString', '', 'x-unlisted']
const most = 3

const anyText = fc.string({ unit: 'grapheme', maxLength: 6 })
// -0 is written 0.
const withoutSign = (/** @type {number} */ value) => (value === 0 ? 0 : value)
const anyNumber = fc.oneof(fc.integer({ min: -2, max: 120 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(withoutSign))
const anyValue = fc.oneof(
  fc.constantFrom(null, true, false, 0, 1, -1, 1.5, '', 'true', '0', [], {}, [null], ['a'], { type: 'a' }),
  anyText,
  anyNumber,
)

/**
 * Bodies for a schema.
 * @param {Schema} schema
 * @param {number} slips in how many of a hundred values something is wrong
 * @returns {Arbitrary}
 */
export function bodiesOf(schema, slips) {
  /** @type {Map<string, Arbitrary>} */
  const named = new Map()
  return values(schema)

  /**
   * @param {Schema} each
   * @returns {Arbitrary}
   */
  function values(each) {
    const right = fitting(each)
    return slips === 0 ? right : fc.oneof({ weight: 100 - slips, arbitrary: right }, { weight: slips, arbitrary: slip(each, right) })
  }

  /**
   * @param {Schema} each
   * @returns {Arbitrary}
   */
  function fitting(each) {
    if (each.$ref !== undefined) {
      const name = each.$ref.slice('#/$defs/'.length)
      const made = named.get(name) ?? values(schema.$defs[name])
      named.set(name, made)
      return made
    }
    const { const: constant, enum: list, anyOf, oneOf, type } = each
    if (constant !== undefined) return fc.constant(constant)
    if (list !== undefined) return fc.constantFrom(...list)
    const branches = anyOf ?? oneOf
    if (branches !== undefined) return fc.oneof(...branches.map(values))
    if (type === undefined) return anyValue
    return fc.oneof(...[type].flat().map((one) => ofType(one, each)))
  }

  /**
   * @param {string} type
   * @param {Schema} each
   * @returns {Arbitrary}
   */
  function ofType(type, each) {
    if (type === 'null') return fc.constant(null)
    if (type === 'boolean') return fc.boolean()
    if (type === 'string') return ofStrings(each)
    if (type === 'array') return fc.array(values(each.items ?? {}), { minLength: each.minItems ?? 0, maxLength: each.maxItems ?? most })
    if (type === 'object') return ofObjects(each)
    return ofNumbers(type, each)
  }

  /** @param {string} type @param {Schema} each @returns {Arbitrary} */
  function ofNumbers(type, { minimum, maximum }) {
    const low = minimum ?? Math.min(-1e3, maximum ?? 0)
    const high = maximum ?? Math.max(1e6, low)
    const fractions = fc.double({ min: low, max: high, noNaN: true }).map(withoutSign)
    const [least, greatest] = [Math.ceil(low), Math.floor(high)]
    if (least > greatest) return fractions
    const integers = fc.oneof(fc.integer({ min: least, max: greatest }), fc.constantFrom(least, greatest))
    return type === 'integer' ? integers : fc.oneof(integers, fractions)
  }

  /** @param {Schema} each @returns {Arbitrary} */
  function ofStrings({ format, minLength = 0, maxLength, examples = [] }) {
    if (format !== undefined) return fc.constantFrom(...texts[format])
    const known = examples.filter((/** @type {unknown} */ example) => typeof example === 'string')
    const free = fc.string({ unit: 'grapheme', minLength, maxLength: maxLength ?? minLength + 6 })
    return known.length > 0 ? fc.oneof(fc.constantFrom(...known), free) : free
  }

  /** @param {Schema} each @returns {Arbitrary} */
  function ofObjects({ properties = {}, required = [], additionalProperties, maxProperties }) {
    const names = Object.keys(properties)
    const members = Object.fromEntries(names.map((name) => [name, values(properties[name])]))
    const optional = names.filter((name) => !required.includes(name))
    const rest = typeof additionalProperties === 'object' ? values(additionalProperties) : anyValue
    const free = additionalProperties === false || maxProperties !== undefined ? fc.constant({}) : fc.dictionary(anyText, rest, { maxKeys: 2 })
    if (names.length === 0) return free
    return fc
      .tuple(
        maxProperties === 1 ? fc.constantFrom(...names).map((name) => [name]) : fc.subarray(optional, { maxLength: Math.min(optional.length, 5) }),
        fc.nat({ max: 3 }),
      )
      .chain(([some, kind]) => {
        const chosen = maxProperties === 1 ? some : [...required, ...some]
        const record = fc.record(Object.fromEntries(chosen.map((name) => [name, members[name]])))
        return kind === 0 ? fc.tuple(free, record).map(([unlisted, listed]) => ({ ...unlisted, ...listed })) : record
      })
  }

  /**
   * What is not quite right for a schema; now and then it is all the same.
   * @param {Schema} each
   * @param {Arbitrary} right
   * @returns {Arbitrary}
   */
  function slip(each, right) {
    const { enum: list = [], const: constant, minimum, maximum, minLength, maxLength, minItems, maxItems, properties = {} } = each
    const words = [...list, constant].filter((word) => typeof word === 'string')
    const slipsOfWords = words.flatMap((word) => [word.toUpperCase(), word.toLowerCase(), `${word} `, word.slice(1), `${word}s`])
    const numbers = [minimum, maximum].filter((limit) => limit !== undefined).flatMap((limit) => [limit - 1, limit + 1, limit + 0.5, String(limit)])
    const lengths = [minLength, maxLength].filter((limit) => limit !== undefined).flatMap((limit) => [limit - 1, limit, limit + 1])
    const sizes = [minItems, maxItems].filter((limit) => limit !== undefined).flatMap((limit) => [limit - 1, limit + 1])
    const near = [
      ...slipsOfWords,
      ...numbers,
      ...lengths.filter((length) => length >= 0).flatMap((length) => ['a'.repeat(length), '\u{1f600}'.repeat(length)]),
      ...sizes.filter((size) => size >= 0).map((size) => Array.from({ length: size }, () => 'a')),
    ]
    /** @type {Arbitrary[]} */
    const made = [anyValue, right.map((value) => [value]), right.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))]
    if (near.length > 0) made.push(fc.constantFrom(...near))
    const names = Object.keys(properties)
    if (names.length > 0) {
      const misspelt = fc.constantFrom(...names.flatMap((name) => [name.toUpperCase(), `${name}s`, name.replaceAll('_', '')]), ...unlisted)
      made.push(
        fc.tuple(right, misspelt, anyValue).map(([object, name, value]) => (isObject(object) ? { ...object, [name]: value } : object)),
        fc.tuple(right, fc.constantFrom(...names)).map(([object, name]) => without(object, name)),
        fc
          .tuple(right, fc.constantFrom(...names), anyValue)
          .map(([object, name, value]) => (isObject(object) ? { ...object, [name]: value } : object)),
      )
    }
    return fc.oneof(...made)
  }
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** @param {unknown} object @param {string} name */
function without(object, name) {
  return isObject(object) ? Object.fromEntries(Object.entries(object).filter(([key]) => key !== name)) : object
}
