// Takes apart what a page posts, `{ id, body }`: the parameters become values, the body stays the bytes that it is.
//
// The engine reads a body by itself, with every check that it has, so that all that is needed is where the body begins and
// ends. A JSON.parse of the whole would keep the last of two equal keys and round large numbers before anything could see
// them, and cost more than the check.
import { afterSpace, byte, eachMember, NotJsonError, valueOf } from './json-bytes.js'
import { Problem } from './problem.js'

/** The inputs of an operation, by name. */
export type Parameters = Readonly<Record<string, unknown>>

/** What a page has posted. */
export interface Envelope {
  /** Everything but the body. */
  readonly params: Parameters
  readonly body: Uint8Array | undefined
}

/** @throws {@link Problem} when the text is not an object of members with different names. */
export function openEnvelope(bytes: Uint8Array): Envelope {
  // What `__proto__` names here is a key like any other.
  const params = Object.create(null) as Record<string, unknown>
  const seen = new Set<string>()
  let body: Uint8Array | undefined
  try {
    const begin = afterSpace(bytes, 0)
    if (bytes[begin] !== byte.objectBegin) throw new NotJsonError()
    const end = eachMember(bytes, begin, (key, value) => {
      if (seen.has(key)) throw new Problem('malformed', `"${shortened(key)}" stands in the request twice. Keep one.`)
      seen.add(key)
      if (key === 'body') body = bytes.subarray(value.begin, value.end)
      else params[key] = valueOf(bytes, value)
    })
    if (afterSpace(bytes, end) !== bytes.length) throw new NotJsonError()
  } catch (error) {
    if (!(error instanceof NotJsonError)) throw error
    throw new Problem(
      'malformed',
      'The request is no JSON object. Send one with the inputs of the operation, such as {"id": "…", "body": {}}.',
    )
  }
  return { params, body }
}

function shortened(key: string): string {
  return key.length <= 40 ? key : `${key.slice(0, 39)}…`
}
