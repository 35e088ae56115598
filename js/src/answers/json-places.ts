// Finding what a JSON Pointer names in an answer, and what kind of value it is.
import { tokensOf } from '../issue.js'
import type { JsonValue } from '../types.js'

/** The values that a pointer names; `*` names each element of an array. */
export function valuesAt(value: JsonValue, pointer: string): JsonValue[] {
  let found = [value]
  for (const token of tokensOf(pointer)) {
    found = found.flatMap((holder) => {
      if (token === '*') return Array.isArray(holder) ? (holder as JsonValue[]) : []
      const member = memberOf(holder, token)
      return member === undefined ? [] : [member]
    })
  }
  return found
}

/** The member of an object or the element of an array; undefined when there is none. */
export function memberOf(holder: unknown, token: string): JsonValue | undefined {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, token)) return undefined
  if (Array.isArray(holder) && !/^\d+$/.test(token)) return undefined
  return (holder as Record<string, JsonValue>)[token]
}

/** The name of a value's type in JSON. */
export function jsonType(value: JsonValue): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
