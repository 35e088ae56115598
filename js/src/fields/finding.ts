// Finds fields in a reference.
import { tokensOf } from '../issue.js'
import type { FieldReference } from './field-reference.js'

/**
 * A field and all that are below it, in the order of the document: each option of a choice, the elements of lists, the
 * members of objects.
 *
 * @example
 * ```ts
 * import { everyField, startRecording } from 'recreq/recall/fields'
 *
 * const secrets = [...everyField(startRecording.body)].filter(({ writeOnly }) => writeOnly)
 * ```
 */
export function* everyField(field: FieldReference | undefined): Generator<FieldReference, void, undefined> {
  if (field === undefined) return
  yield field
  for (const below of fieldsBelow(field)) yield* everyField(below)
}

/**
 * The fields at a place: a pointer of theirs, or one of an issue, where each `*` is a number or a name of your own.
 * There can be more than one, since the options of a choice may have members of the same name, and none, where nothing
 * is listed.
 *
 * @example
 * ```ts
 * import { fieldsAt, startRecording } from 'recreq/recall/fields'
 *
 * for (const { pointer, message } of report.errors) {
 *   const [field] = fieldsAt(startRecording.body, pointer)
 *   console.log(field?.label ?? pointer, message)
 * }
 * ```
 */
export function fieldsAt(field: FieldReference | undefined, pointer: string): FieldReference[] {
  if (field === undefined) return []
  let found = [field]
  for (const token of tokensOf(pointer)) found = found.flatMap((each) => step(each, token))
  return found
}

function step(field: FieldReference, token: string): FieldReference[] {
  switch (field.type) {
    case 'object': {
      const named = field.fields.filter(({ name }) => name === token)
      return named.length > 0 || field.members === undefined ? named : [field.members]
    }
    case 'array':
      return /^(?:\*|0|[1-9]\d*)$/.test(token) ? [field.element] : []
    case 'choice':
      if (field.by !== 'key') return field.options.flatMap((option) => step(option.field, token))
      return field.options.filter(({ choice }) => choice === token).map((option) => option.field)
    default:
      return []
  }
}

function fieldsBelow(field: FieldReference): readonly FieldReference[] {
  switch (field.type) {
    case 'object':
      return field.members === undefined ? field.fields : [...field.fields, field.members]
    case 'array':
      return [field.element]
    case 'choice':
      return field.options.map((option) => option.field)
    default:
      return []
  }
}
