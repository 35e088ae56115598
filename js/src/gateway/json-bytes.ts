// Finds its way through JSON as bytes, without making values of it. Where the text is no JSON it finds no more than that it
// does not go on: what is sent is judged by the engine.

export const byte = {
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  backslash: 0x5c,
  arrayBegin: 0x5b,
  arrayEnd: 0x5d,
  objectBegin: 0x7b,
  objectEnd: 0x7d,
} as const

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Where a value stands. */
export interface ByteRange {
  readonly begin: number
  readonly end: number
}

/** Thrown where JSON would go on differently. */
export class NotJsonError extends Error {}

/** Calls `visit` for each member of the object at `begin`, and gives the end of the object. */
export function eachMember(bytes: Uint8Array, begin: number, visit: (key: string, value: ByteRange) => void): number {
  let at = afterSpace(bytes, begin + 1)
  if (bytes[at] === byte.objectEnd) return at + 1
  for (;;) {
    const keyEnd = endOfString(bytes, at)
    const key = valueOf(bytes, { begin: at, end: keyEnd })
    at = afterSpace(bytes, keyEnd)
    if (typeof key !== 'string' || bytes[at] !== byte.colon) throw new NotJsonError()
    const value = afterSpace(bytes, at + 1)
    const end = endOfValue(bytes, value)
    visit(key, { begin: value, end })
    at = afterSpace(bytes, end)
    if (bytes[at] === byte.objectEnd) return at + 1
    if (bytes[at] !== byte.comma) throw new NotJsonError()
    at = afterSpace(bytes, at + 1)
  }
}

/** Calls `visit` for each element of the array at `begin`. */
export function eachElement(bytes: Uint8Array, begin: number, visit: (index: number, value: ByteRange) => void): void {
  let at = afterSpace(bytes, begin + 1)
  if (bytes[at] === byte.arrayEnd) return
  for (let index = 0; ; ++index) {
    const end = endOfValue(bytes, at)
    visit(index, { begin: at, end })
    at = afterSpace(bytes, end)
    if (bytes[at] === byte.arrayEnd) return
    if (bytes[at] !== byte.comma) throw new NotJsonError()
    at = afterSpace(bytes, at + 1)
  }
}

/** The position of the next byte that is no whitespace. */
export function afterSpace(bytes: Uint8Array, begin: number): number {
  let at = begin
  for (let unit = bytes[at]; unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09; unit = bytes[at]) ++at
  return at
}

/** The value there; throws when it is none. */
export function valueOf(bytes: Uint8Array, { begin, end }: ByteRange): unknown {
  try {
    return JSON.parse(decoder.decode(bytes.subarray(begin, end))) as unknown
  } catch {
    throw new NotJsonError()
  }
}

// Brackets are counted, and not matched: a text in which they do not match is none that the engine lets pass.
function endOfValue(bytes: Uint8Array, begin: number): number {
  const first = bytes[begin]
  if (first === byte.quote) return endOfString(bytes, begin)
  if (first !== byte.objectBegin && first !== byte.arrayBegin) return endOfWord(bytes, begin)
  let open = 0
  for (let at = begin; at < bytes.length;) {
    const unit = bytes[at]
    if (unit === byte.quote) {
      at = endOfString(bytes, at)
      continue
    }
    ++at
    if (unit === byte.objectBegin || unit === byte.arrayBegin) ++open
    else if ((unit === byte.objectEnd || unit === byte.arrayEnd) && --open === 0) return at
  }
  throw new NotJsonError()
}

function endOfString(bytes: Uint8Array, begin: number): number {
  if (bytes[begin] !== byte.quote) throw new NotJsonError()
  for (let at = begin + 1; at < bytes.length; ++at) {
    if (bytes[at] === byte.backslash) ++at
    else if (bytes[at] === byte.quote) return at + 1
  }
  throw new NotJsonError()
}

function endOfWord(bytes: Uint8Array, begin: number): number {
  let at = begin
  while (at < bytes.length && /[\w.+-]/.test(String.fromCharCode(bytes[at] ?? 0))) ++at
  if (at === begin) throw new NotJsonError()
  return at
}
