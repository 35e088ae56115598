// Which field of a request each message of an error is about.
import { tokensOf } from '../issue.js'
import type { JsonValue } from '../types.js'

/** What is said of a field. */
export interface FieldMessage {
  /** The field in the body, or in what else was sent, as the error names it. */
  readonly tokens: readonly string[]
  readonly said: string
}

// Deeper than any body; a service that nests further has gone astray.
const mostLevels = 64
/** More than anybody reads. */
export const mostMessages = 100

/**
 * Messages that stand under the keys of their fields, nested like the body: a list of sentences, or one sentence. What
 * stands under a key of `whole` concerns the object around it. Members at the pointers of `own` are no fields, but
 * their members are.
 */
export function nestedMessages(error: JsonValue, whole: readonly string[], own: readonly string[]): FieldMessage[] {
  const found: FieldMessage[] = []
  const visit = (value: JsonValue, tokens: readonly string[]): void => {
    if (found.length > mostMessages || tokens.length > mostLevels) return
    if (typeof value === 'string') {
      if (value.trim() !== '') found.push({ tokens, said: value })
    } else if (Array.isArray(value)) {
      // Sentences are about the list; objects are about its elements.
      value.forEach((entry: JsonValue, index) => {
        visit(entry, typeof entry === 'string' ? tokens : [...tokens, String(index)])
      })
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, entry] of Object.entries(value)) visit(entry, whole.includes(key) ? tokens : [...tokens, key])
    }
  }
  const ownKeys = own.map((pointer) => tokensOf(pointer)[0])
  for (const [key, entry] of Object.entries(error ?? {}) as [string, JsonValue][]) {
    if (!ownKeys.includes(key)) visit(entry, whole.includes(key) ? [] : [key])
    else if (typeof entry === 'object') visit(entry, [])
  }
  return found
}

/** Messages that begin with their field in double quotes: `"layers.default.outputs[0].type" is required`. */
export function quotedMessages(said: string): FieldMessage[] {
  const starts = [...said.matchAll(/(?:^|[.;,] +)"([^"\s]+)" (?=[a-z])/g)].slice(0, mostMessages + 1)
  return starts.map(({ 0: start, 1: name = '', index }, number) => {
    const end = starts[number + 1]?.index ?? said.length
    const sentence = said.slice(index + start.indexOf('"'), end)
    return { tokens: name.split(/[.[\]]+/).filter((token) => token !== ''), said: sentence }
  })
}
