// What a schema says of a value, whatever way it says it: references, `allOf`, alternatives and OpenAPI 3.0's `nullable`
// are laid out, so that two documents that mean the same come to the same shape.

/**
 * @typedef {Record<string, any>} Schema
 * @typedef {import('./reading.mjs').Place} Place
 *
 * @typedef {object} Shape
 * @property {Set<string>} types the types of which every value is taken
 * @property {unknown[]} values the other values that are taken
 * @property {unknown} [standard] what is used for absence
 * @property {Set<string>} required
 * @property {Map<string, Shape>} members
 * @property {Shape} [each] of an array's elements, or of an object's members of any name
 */

const allTypes = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object']

/**
 * @param {Place} place where the schema stands
 * @param {readonly Schema[]} [open] the schemas that are being laid out: one that holds itself ends there
 * @returns {Shape}
 */
export function shapeOf(place, open = []) {
  const resolved = place.resolve()
  const schema = resolved.value
  if (typeof schema !== 'object' || schema === null || open.includes(schema)) return anything()
  const inside = [...open, schema]
  /** @param {...(string | number)} path */
  const below = (...path) => shapeOf(resolved.at(...path), inside)

  // A reference that has more beside it.
  let shape = place.value !== schema ? both(anything(), shapeBeside(place, inside)) : anything()
  shape = both(shape, shapeHere(schema, below))
  for (const index of (schema.allOf ?? []).keys()) shape = both(shape, below('allOf', index))
  for (const keyword of ['anyOf', 'oneOf']) {
    /** @type {Shape[]} */
    const branches = (schema[keyword] ?? []).map((/** @type {unknown} */ _, /** @type {number} */ index) => below(keyword, index))
    if (branches.length > 0) shape = both(shape, branches.reduce(either))
  }
  if (schema.nullable === true || place.value?.nullable === true) shape.types.add('null')
  const standard = [place.value, schema].flatMap((each) => [each?.default, each?.['x-known-default']]).find((value) => value !== undefined)
  if (standard !== undefined) shape.standard = standard
  return shape
}

/**
 * The types that a shape takes, for people and for comparison.
 * @param {Shape} shape
 */
export function typesOf({ types, values }) {
  const all = new Set([...types, ...values.map(typeOf)])
  if (all.has('number')) all.delete('integer')
  return allTypes.filter((type) => all.has(type))
}

/**
 * The values that are listed one by one. null is a type of its own.
 * @param {Shape} shape
 */
export function listedOf({ values }) {
  return values.filter((value) => value !== null).map((value) => JSON.stringify(value)).sort()
}

/** @param {Place} place @param {readonly Schema[]} inside */
function shapeBeside(place, inside) {
  const beside = Object.fromEntries(Object.entries(place.value).filter(([keyword]) => keyword !== '$ref'))
  return Object.keys(beside).length === 0 ? anything() : shapeOf(place.with(beside), inside)
}

/**
 * What the keywords of one schema say, without its alternatives.
 * @param {Schema} schema
 * @param {(...path: (string | number)[]) => Shape} below
 * @returns {Shape}
 */
function shapeHere(schema, below) {
  const { type, enum: listed, const: constant, properties, items, additionalProperties, required = [] } = schema
  const shape = anything()
  if (type !== undefined) shape.types = withIntegers([type].flat())
  else if (properties !== undefined) shape.types = new Set(['object'])
  else if (items !== undefined) shape.types = new Set(['array'])
  /** @type {unknown[] | undefined} */
  const values = constant !== undefined ? [constant] : listed
  if (values !== undefined) {
    shape.values = values.filter((value) => type === undefined || value === null || shape.types.has(typeOf(value)))
    shape.types = new Set()
  }
  for (const name of required) shape.required.add(name)
  for (const [name, member] of Object.entries(properties ?? {})) {
    if (member?.readOnly !== true) shape.members.set(name, below('properties', name))
  }
  if (items !== undefined) shape.each = below('items')
  else if (typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0) shape.each = below('additionalProperties')
  return shape
}

/** @returns {Shape} */
function anything() {
  return { types: new Set(allTypes), values: [], required: new Set(), members: new Map() }
}

/** @param {readonly string[]} types */
function withIntegers(types) {
  return new Set(types.includes('number') ? [...types, 'integer'] : types)
}

/**
 * What two shapes take together.
 * @param {Shape} a
 * @param {Shape} b
 * @returns {Shape}
 */
function both(a, b) {
  const types = new Set([...a.types].filter((type) => b.types.has(type)))
  const values = [...a.values.filter((value) => takes(b, value)), ...b.values.filter((value) => takes(a, value))]
  const standard = a.standard ?? b.standard
  return {
    types,
    values: unique(values),
    ...(standard !== undefined && { standard }),
    required: new Set([...a.required, ...b.required]),
    ...merged(a, b, both),
  }
}

/**
 * What one or the other of two shapes takes.
 * @param {Shape} a
 * @param {Shape} b
 * @returns {Shape}
 */
function either(a, b) {
  const types = new Set([...a.types, ...b.types])
  const values = unique([...a.values, ...b.values]).filter((value) => !types.has(typeOf(value)))
  // What is no object has no members that it could lack.
  const objects = [a, b].filter((shape) => typesOf(shape).includes('object'))
  const required = objects.length === 0 ? [] : [...objects[0].required].filter((name) => objects.every((shape) => shape.required.has(name)))
  return { types, values, required: new Set(required), ...merged(a, b, either) }
}

/**
 * @param {Shape} a
 * @param {Shape} b
 * @param {(a: Shape, b: Shape) => Shape} merge
 */
function merged(a, b, merge) {
  /** @param {Shape | undefined} one @param {Shape | undefined} other */
  const pair = (one, other) => (one === undefined ? other : other === undefined ? one : merge(one, other))
  const names = new Set([...a.members.keys(), ...b.members.keys()])
  const each = pair(a.each, b.each)
  return {
    members: new Map([...names].map((name) => [name, /** @type {Shape} */ (pair(a.members.get(name), b.members.get(name)))])),
    ...(each !== undefined && { each }),
  }
}

/** @param {Shape} shape @param {unknown} value */
function takes({ types, values }, value) {
  return types.has(typeOf(value)) || values.some((each) => JSON.stringify(each) === JSON.stringify(value))
}

/** @param {readonly unknown[]} values */
function unique(values) {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}

/** @param {unknown} value */
function typeOf(value) {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value
}
