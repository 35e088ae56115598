// Whether a result is what the document promises: its type, what it has to have, and the types of that.
import type { JsonValue } from '../types.js'
import { jsonType, memberOf } from './json-places.js'
import type { ResultForm } from './table.js'

/** How a result differs from what is promised. */
export interface ResultProblem {
  /** Empty: the result itself. */
  readonly member: string
  readonly expected: string
  /** Undefined when the member is missing. */
  readonly actual: string | undefined
  /** Whether the member is the flag by which an answer says of itself that it is a failure. */
  readonly isFailure: boolean
}

/** The first difference; undefined when there is none. Members that are not documented do not count. */
export function problemOfResult(result: JsonValue, { types, has, may }: ResultForm): ResultProblem | undefined {
  if (!fits(result, types)) return difference('', types, result)
  for (const [name, expected] of Object.entries(has ?? {})) {
    const value = memberOf(result, name)
    if (value === undefined || !fits(value, expected)) return difference(name, expected, value)
  }
  for (const [name, expected] of Object.entries(may ?? {})) {
    const value = memberOf(result, name)
    if (value !== undefined && value !== null && !fits(value, expected)) return difference(name, expected, value)
  }
  return undefined
}

function difference(member: string, types: string, value: JsonValue | undefined): ResultProblem {
  return {
    member,
    expected: types.split(' ').join(' or '),
    actual: value === undefined ? undefined : jsonType(value),
    isFailure: types === 'true' && value === false,
  }
}

function fits(value: JsonValue, types: string): boolean {
  if (types === '') return true
  const type = jsonType(value)
  const constant = typeof value === 'boolean' ? String(value) : type
  return types.split(' ').some((each) => each === type || each === constant)
}
