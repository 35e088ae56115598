// What an error says, in whichever of the provider's forms: a code, words, and messages about fields.
import type { JsonValue } from '../types.js'
import { type FieldMessage, nestedMessages, quotedMessages } from './field-messages.js'
import { valuesAt } from './json-places.js'
import type { ErrorMembers } from './table.js'

/** What was found in an error. */
export interface ErrorContent {
  readonly code: string | undefined
  readonly said: string
  readonly fields: readonly FieldMessage[]
}

const mostCharacters = 500

/** Reads an error in the first of the forms that says something. */
export function readError(error: JsonValue, forms: readonly ErrorMembers[]): ErrorContent {
  const sentences = typeof error === 'string' || Array.isArray(error) ? words([error]) : undefined
  if (sentences !== undefined) return { code: undefined, said: shortened(sentences), fields: [] }
  let code: string | undefined
  for (const form of forms) {
    code ??= firstOf(form.code, error, codeText)
    const said = firstOf(form.message, error, (values) => words(values))
    if (said !== undefined) {
      const fields = form.fields?.form === 'quoted' ? quotedMessages(said) : []
      return { code, said: shortened(said), fields }
    }
    if (form.fields?.form === 'nested') {
      const own = forms.flatMap((other) => [...(other.code ?? []), ...(other.message ?? [])])
      const fields = nestedMessages(error, form.fields.whole ?? [], own)
      if (fields.length > 0) return { code, said: '', fields }
    }
  }
  return { code, said: '', fields: [] }
}

/** A text as long as a message can bear. */
export function shortened(text: string, most = mostCharacters): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`
}

function firstOf<Found>(
  pointers: readonly string[] | undefined,
  error: JsonValue,
  read: (values: JsonValue[]) => Found | undefined,
): Found | undefined {
  for (const pointer of pointers ?? []) {
    const found = read(valuesAt(error, pointer))
    if (found !== undefined) return found
  }
  return undefined
}

function codeText([value]: JsonValue[]): string | undefined {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? shortened(String(value)) : undefined
}

function words(values: JsonValue[]): string | undefined {
  const texts = values.flat().filter((value): value is string => typeof value === 'string' && value.trim() !== '')
  return texts.length === 0 ? undefined : texts.join(' ')
}
