// Compares the operations of two documents field by field: parameters and bodies, their types, enums, defaults, and
// whether they are required or may be null.
import { operationKey, UnusableDocument } from './reading.mjs'
import { listedOf, shapeOf, typesOf } from './shape.mjs'

/**
 * @typedef {import('./reading.mjs').Operation} Operation
 * @typedef {import('./shape.mjs').Shape} Shape
 *
 * @typedef {object} Field
 * @property {string[]} types
 * @property {string[]} enum as JSON
 * @property {boolean} required
 * @property {string} [default] as JSON
 *
 * @typedef {object} Change
 * @property {'added' | 'removed' | 'changed'} kind
 * @property {string} pointer `/body/…` or `/parameters/query/…`; `*` stands for each element, or any name
 * @property {Partial<Field>} [ours] what was changed, or is gone
 * @property {Partial<Field>} [theirs]
 *
 * @typedef {object} OperationDrift
 * @property {string} operation
 * @property {string} method
 * @property {string} path
 * @property {Change[]} changes
 */

const facts = /** @type {const} */ (['types', 'enum', 'required', 'default'])

/**
 * What is different in their operations, for each of ours; one that they do not have is removed as a whole.
 * @param {readonly Operation[]} ours
 * @param {readonly Operation[]} theirs
 * @returns {OperationDrift[]}
 */
export function driftBetween(ours, theirs) {
  const byKey = new Map(theirs.map((operation) => [operationKey(operation), operation]))
  if (!ours.some((operation) => byKey.has(operationKey(operation)))) {
    throw new UnusableDocument('None of its operations is one of ours: they are matched by method and path.')
  }
  return ours.map((operation) => {
    const { method, path, name } = operation
    const other = byKey.get(operationKey(operation))
    const changes = other === undefined ? [/** @type {Change} */ ({ kind: 'removed', pointer: '' })] : changesBetween(operation, other)
    return { operation: name ?? `${method} ${path}`, method, path, changes }
  })
}

/**
 * @param {Operation} ours
 * @param {Operation} theirs
 * @returns {Change[]}
 */
function changesBetween(ours, theirs) {
  const [before, after] = [fieldsOf(ours), fieldsOf(theirs)]
  /** @type {Change[]} */
  const changes = []
  for (const [pointer, field] of before) {
    const other = after.get(pointer)
    if (other === undefined) {
      changes.push({ kind: 'removed', pointer, ours: field })
      continue
    }
    const different = facts.filter((fact) => JSON.stringify(field[fact]) !== JSON.stringify(other[fact]))
    if (different.length === 0) continue
    changes.push({ kind: 'changed', pointer, ours: only(field, different), theirs: only(other, different) })
  }
  for (const [pointer, field] of after) if (!before.has(pointer)) changes.push({ kind: 'added', pointer, theirs: field })
  // Of what came or went as a whole, its members say nothing more.
  const whole = new Set(changes.filter(({ kind }) => kind !== 'changed').map(({ pointer }) => pointer))
  return changes.filter(({ pointer }) => !parentsOf(pointer).some((parent) => whole.has(parent)))
}

/**
 * The fields of an operation by pointer.
 * @param {Operation} operation
 */
function fieldsOf({ place, item }) {
  /** @type {Map<string, Field>} */
  const fields = new Map()
  // An operation's own parameters come later, and so take the place of the path's.
  for (const holder of [item, place]) {
    for (const index of (holder.value.parameters ?? []).keys()) {
      const parameter = holder.at('parameters', index).resolve()
      const { name, in: where, required = false } = parameter.value
      const spelled = where === 'header' ? name.toLowerCase() : name
      addFields(fields, `/parameters/${where}/${escaped(spelled)}`, shapeOf(parameter.at('schema')), required)
    }
  }
  const body = place.at('requestBody').resolve()
  const types = Object.keys(body.value?.content ?? {})
  const type = types.find((each) => /^application\/(?:.*\+)?json\b/.test(each)) ?? types[0]
  if (type !== undefined) addFields(fields, '/body', shapeOf(body.at('content', type, 'schema')), body.value.required === true)
  return fields
}

/**
 * @param {Map<string, Field>} fields
 * @param {string} pointer
 * @param {Shape} shape
 * @param {boolean} required
 */
function addFields(fields, pointer, shape, required) {
  const standard = shape.standard === undefined ? {} : { default: JSON.stringify(shape.standard) }
  fields.set(pointer, { types: typesOf(shape), enum: listedOf(shape), required, ...standard })
  for (const [name, member] of shape.members) addFields(fields, `${pointer}/${escaped(name)}`, member, shape.required.has(name))
  if (shape.each !== undefined) addFields(fields, `${pointer}/*`, shape.each, false)
}

/** @param {Field} field @param {readonly (keyof Field)[]} names */
function only(field, names) {
  return /** @type {Partial<Field>} */ (Object.fromEntries(names.map((name) => [name, field[name]])))
}

/** @param {string} pointer */
function parentsOf(pointer) {
  const tokens = pointer.split('/').slice(1)
  return tokens.map((_, index) => tokens.slice(0, index).map((token) => `/${token}`).join(''))
}

/** @param {string} name */
function escaped(name) {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
