// Where things stand in JSON text: a tree of spans. Text that is not JSON gives the part before the mistake, so that a place can
// be shown in it all the same.

/** A value of a JSON text. Offsets are UTF-16 code units. */
export interface JsonNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'literal'
  readonly start: number
  end: number
  /** In an object: its key, with the quotes. */
  readonly key: { readonly name: string; readonly start: number; readonly end: number } | undefined
  readonly children: JsonNode[]
}

/** What was found of a text: `complete` when it is JSON as a whole. */
export interface JsonTree {
  readonly root: JsonNode | undefined
  readonly complete: boolean
}

// The engine's own limit is lower.
const deepest = 256

/** The spans of a JSON text. */
export function readTree(text: string): JsonTree {
  const reader = new Reader(text)
  const root = reader.value(undefined, 0)
  const complete = root !== undefined && !reader.broken && reader.atEnd()
  return { root, complete }
}

/** The member of an object node; undefined for anything else. */
export function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.children.find(({ key }) => key?.name === name) : undefined
}

/** The place that a path leads to; the nearest one above it where the text has nothing there. */
export function nodeAt(root: JsonNode, path: readonly (string | number)[]): JsonNode {
  let node = root
  for (const step of path) {
    const child = node.kind === 'array' ? node.children[Number(step)] : memberOf(node, String(step))
    if (child === undefined) return node
    node = child
  }
  return node
}

const spaces = /[ \t\n\r]*/y
const strings = /"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"/y
const numbers = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const literals = /(?:true|false|null)/y

class Reader {
  broken = false
  readonly #text: string
  #at: number

  constructor(text: string) {
    this.#text = text
    this.#at = text.startsWith('\ufeff') ? 1 : 0
  }

  atEnd(): boolean {
    this.#take(spaces)
    return this.#at === this.#text.length
  }

  /** The value that stands next; undefined where none does. */
  value(key: JsonNode['key'], depth: number): JsonNode | undefined {
    this.#take(spaces)
    const start = this.#at
    const first = this.#text[start]
    if (first === '{' || first === '[') {
      const node: JsonNode = { kind: first === '{' ? 'object' : 'array', start, end: start + 1, key, children: [] }
      ++this.#at
      if (depth === deepest) this.broken = true
      else this.#children(node, depth + 1)
      node.end = this.#at
      return node
    }
    for (const [kind, form] of [
      ['string', strings] as const,
      ['number', numbers] as const,
      ['literal', literals] as const,
    ]) {
      if (this.#take(form) !== '') return { kind, start, end: this.#at, key, children: [] }
    }
    this.broken = true
    return undefined
  }

  #children(node: JsonNode, depth: number): void {
    const close = node.kind === 'object' ? '}' : ']'
    if (this.#accept(close)) return
    do {
      const key = node.kind === 'object' ? this.#key() : undefined
      if (node.kind === 'object' && key === undefined) break
      const child = this.value(key, depth)
      if (child !== undefined) node.children.push(child)
      if (this.broken) return
      if (this.#accept(close)) return
    } while (this.#accept(','))
    this.broken = true
  }

  // undefined where no key and colon stand.
  #key(): JsonNode['key'] {
    this.#take(spaces)
    const start = this.#at
    const source = this.#take(strings)
    const end = this.#at
    return source !== '' && this.#accept(':') ? { name: JSON.parse(source) as string, start, end } : undefined
  }

  #accept(character: string): boolean {
    this.#take(spaces)
    if (this.#text[this.#at] !== character) return false
    ++this.#at
    return true
  }

  #take(form: RegExp): string {
    form.lastIndex = this.#at
    const found = form.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }
}
