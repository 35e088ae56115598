// Reads references out of the texts that the build has made. Nothing can be changed in them: all who import one have
// the same.
import type { FieldReference, ObjectField, OperationReference, SchemaReference } from './field-reference.js'

type WithoutFields = Omit<ObjectField, 'fields'>

/** An operation out of its text, and that of the fields of its body. */
export function operationReference(text: string, fields?: string): OperationReference {
  const read = JSON.parse(text) as Omit<OperationReference, 'body'> & { readonly body?: WithoutFields }
  if (read.body === undefined) return frozen(read as OperationReference)
  return frozen({ ...read, body: { ...read.body, fields: fieldsOf(fields) } })
}

/** A schema out of its text, and that of its fields. */
export function schemaReference(text: string, fields: string): SchemaReference {
  const read = JSON.parse(text) as Omit<SchemaReference, 'value'> & { readonly value: WithoutFields }
  return frozen({ ...read, value: { ...read.value, fields: fieldsOf(fields) } })
}

function fieldsOf(text = '[]'): readonly FieldReference[] {
  return JSON.parse(text) as readonly FieldReference[]
}

function frozen<Value extends object>(value: Value): Value {
  for (const member of Object.values(value) as unknown[])
    if (typeof member === 'object' && member !== null) frozen(member)
  return Object.freeze(value)
}
