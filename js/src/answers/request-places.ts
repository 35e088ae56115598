// Where in the input that was sent a message of the provider belongs.
import type { RecordingRequest, RequestContent } from '../request.js'
import { memberOf } from './json-places.js'

/** The request that was answered, as far as answers are concerned. */
export interface SentRequest {
  /** Whether its content is known. */
  readonly known: boolean
  /** The body as a value; undefined when there is none, or none that can be read. */
  readonly body: unknown
  readonly content: string | Uint8Array | undefined
  readonly url: string | undefined
}

/** Takes a request apart. */
export function sentRequest(request: Pick<RecordingRequest<RequestContent>, 'url' | 'body'> | undefined): SentRequest {
  if (request === undefined) return { known: false, body: undefined, content: undefined, url: undefined }
  const { url, body: content } = request
  let body: unknown
  try {
    if (content !== undefined) body = JSON.parse(typeof content === 'string' ? content : new TextDecoder().decode(content))
  } catch {
    // Somebody else's request: nothing in it can be pointed at.
  }
  return { known: true, body, content, url }
}

/** A place in the input, and what of the name that the provider gave leads further. */
export interface InputPlace {
  readonly path: readonly (string | number)[]
  readonly rest: readonly string[]
  /** Whether the value is there. */
  readonly exists: boolean
}

/**
 * The place of a field that the provider names: the field itself, a missing member of an object that is there, or else
 * the nearest place around it.
 */
export function placeOf(tokens: readonly string[], { known, body }: SentRequest, takesBody: boolean): InputPlace {
  // Without a body, fields are parameters: members of the input itself.
  if (!takesBody) return { path: tokens.slice(0, 1), rest: tokens.slice(1), exists: false }
  if (!known) return { path: ['body', ...tokens], rest: [], exists: false }
  const path: (string | number)[] = ['body']
  let at = body
  for (const [index, token] of tokens.entries()) {
    if (typeof at !== 'object' || at === null) return { path, rest: tokens.slice(index), exists: false }
    const isList = Array.isArray(at)
    const member = memberOf(at, token)
    if (member === undefined) {
      const isMissingMember = !isList && index === tokens.length - 1
      return isMissingMember
        ? { path: [...path, token], rest: [], exists: false }
        : { path, rest: tokens.slice(index), exists: false }
    }
    path.push(isList ? Number(token) : token)
    at = member
  }
  return { path, rest: [], exists: at !== undefined }
}
