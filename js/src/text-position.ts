// Where a value stands in JSON text, for issues that JavaScript makes.

/** A place in a text as issues have it. */
export interface TextPosition {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** The position of an offset in UTF-16 code units. */
export function positionAt(text: string, offset: number): TextPosition {
  let line = 1
  let begin = 0
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', begin)) {
    ++line
    begin = end + 1
  }
  return { offset, line, column: offset - begin + 1 }
}

/**
 * The position of the value that a path leads to, or of the nearest one above it that the text has. The text is JSON,
 * which has been found out before. In bytes, offsets count bytes.
 */
export function positionOfValue(source: string | Uint8Array, path: readonly (string | number)[]): TextPosition {
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source)
  let at = skipSpace(text, 0)
  for (const step of path) {
    const child = childOf(text, at, step)
    if (child === undefined) break
    at = child
  }
  const position = positionAt(text, at)
  if (typeof source === 'string') return position
  return { ...position, offset: new TextEncoder().encode(text.slice(0, at)).length }
}

// Where the member or element begins, in the object or array that begins at `at`.
function childOf(text: string, at: number, step: string | number): number | undefined {
  const isObject = text[at] === '{'
  if (!isObject && text[at] !== '[') return undefined
  let next = skipSpace(text, at + 1)
  for (let index = 0; text[next] !== '}' && text[next] !== ']'; ++index) {
    let key: unknown = index
    if (isObject) {
      const end = endOfString(text, next)
      key = JSON.parse(text.slice(next, end))
      next = skipSpace(text, skipSpace(text, end) + 1)
    }
    if (key === step) return next
    next = skipSpace(text, endOfValue(text, next))
    if (text[next] !== ',') return undefined
    next = skipSpace(text, next + 1)
  }
  return undefined
}

function skipSpace(text: string, at: number): number {
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) ++at
  return at
}

function endOfString(text: string, at: number): number {
  for (let end = at + 1; end < text.length; ++end) {
    if (text[end] === '\\') ++end
    else if (text[end] === '"') return end + 1
  }
  return text.length
}

function endOfValue(text: string, at: number): number {
  let depth = 0
  for (let end = at; end < text.length; ++end) {
    const character = text.charAt(end)
    if (character === '"') {
      end = endOfString(text, end) - 1
      if (depth === 0) return end + 1
    } else if (character === '{' || character === '[') {
      ++depth
    } else if (character === '}' || character === ']') {
      if (depth === 0) return end
      if (--depth === 0) return end + 1
    } else if (depth === 0 && ', \t\n\r'.includes(character)) {
      return end
    }
  }
  return text.length
}
