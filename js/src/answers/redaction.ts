// Withholding secrets from what is said of an answer: services like to repeat what they refuse.
import type { JsonValue } from '../types.js'
import { secretsOfAddress } from './address-secrets.js'

/** What stands in the place of a secret. */
export const withheld = '[withheld]'
// A credential that somebody else sent: a scheme and a token, or a JSON Web Token.
const credentials = /\b(Token|Bearer|Basic) +[^\s"'<>,]{16,}|(?<![\w-])eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/gi
// A part of a secret that is a secret by itself: the key at the end of a URL, a line of a private key.
const shortestPart = 12
const parts = /[\s/?&=#;:@,"\\]+/
const mostParts = 100
const longestLiteral = 200
const mostLiterals = 100

export interface Redaction {
  /** A text without secrets. */
  text(text: string): string
  /** JSON text as a value without secrets. Throws what `JSON.parse` throws. */
  parse(text: string): JsonValue
}

/**
 * Withholds `secrets`, the values that fields called one of `names` have in `sent`, and secrets in its addresses. In an answer, what stands under
 * such a name is withheld if it is a value and no sentence about one.
 */
export function withholding(names: readonly string[], sent: unknown, secrets: readonly string[]): Redaction {
  const values = new Set<string>(secrets)
  collect(sent, names, false, values)
  const { texts, patterns } = formsIn(values)
  const text = (given: string): string => {
    const shorter = texts.reduce((rest, form) => rest.replaceAll(form, withheld), given)
    return [...patterns, credentials].reduce((rest, pattern) => rest.replace(pattern, withheld), shorter)
  }
  const revive = (key: string, value: JsonValue): JsonValue => {
    if (typeof value === 'object') return withCleanKeys(value, text)
    if (typeof value !== 'string') return value
    return names.includes(key) && !isSentence(value) ? withheld : text(value)
  }
  return { text, parse: (json) => JSON.parse(json, revive) as JsonValue }
}

// A service may say what it minds under the very value.
function withCleanKeys(value: JsonValue, text: (given: string) => string): JsonValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value)
  if (entries.every(([key]) => text(key) === key)) return value
  return Object.fromEntries(entries.map(([key, entry]) => [text(key), entry]))
}

function collect(value: unknown, names: readonly string[], secret: boolean, found: Set<string>): void {
  if (typeof value === 'object' && value !== null) {
    for (const [name, entry] of Object.entries(value)) collect(entry, names, secret || names.includes(name), found)
  } else if (secret && typeof value === 'string') {
    found.add(value)
    const long = value.split(parts).filter((part) => part.length >= shortestPart)
    for (const part of long.slice(0, mostParts)) found.add(part)
  } else if (typeof value === 'string') {
    for (const part of secretsOfAddress(value)) found.add(part)
  }
}

// No engine takes a regular expression of any length.
function formsIn(values: ReadonlySet<string>): { texts: string[]; patterns: RegExp[] } {
  const forms = new Set([...values].flatMap(formsOf))
  const longestFirst = [...forms].filter((form) => form.trim() !== '').sort((a, b) => b.length - a.length)
  const texts = longestFirst.filter((form) => form.length > longestLiteral)
  const patterns: RegExp[] = []
  for (let at = texts.length; at < longestFirst.length; at += mostLiterals)
    patterns.push(new RegExp(longestFirst.slice(at, at + mostLiterals).map(literal).join('|'), 'g'))
  return { texts, patterns }
}

// As it is, in JSON inside of a text, in a URL, and in a page.
function formsOf(value: string): string[] {
  return [value, JSON.stringify(value).slice(1, -1), percentEncoded(value), value.replaceAll('&', '&amp;')]
}

// A short one counts as a whole word only: withholding each "a" would leave nothing to read.
function literal(value: string): string {
  const escaped = value.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
  return value.length < 6 ? `(?<!\\w)${escaped}(?!\\w)` : escaped
}

function percentEncoded(value: string): string {
  try {
    return encodeURIComponent(value)
  } catch {
    return value
  }
}

function isSentence(value: string): boolean {
  return /^[^{[-].*\s/.test(value)
}
