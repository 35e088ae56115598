// Applies the fixes of a report to the input that it speaks of. Every fix speaks of the input as it was checked, so
// places that earlier ones moved are followed, and a fix that does not fit together with them is left for the next
// check.
import { bytesOf } from './bytes.js'
import { type Issue, type PatchOperation, tokensOf } from './issue.js'
import { isPlain } from './plain-data.js'

/**
 * The input with the fixes of all issues applied: an object for an object, text for text, bytes for bytes. The input
 * itself stays as it is, and what no fix touches is shared with it. Of fixes that contradict each other the first is
 * applied; the others are left for the next check.
 *
 * @example
 * ```ts
 * const report = recall.startRecording.check(input)
 * const mended = applyFixes(input, report)
 * console.log(recall.startRecording.check(mended).issues)
 * ```
 */
export function applyFixes<Input>(input: Input, report: { readonly issues: readonly Pick<Issue, 'fix'>[] }): Input {
  const fixes = report.issues.flatMap(({ fix }) => (fix === undefined || fix.length === 0 ? [] : [fix]))
  return (fixes.length === 0 ? input : mendInput(input, fixes)) as Input
}

type Fix = readonly PatchOperation[]
type Container = unknown[] | Record<string, unknown>

/** A place of the input as it was checked that a fix has changed. */
interface TouchedPlace {
  readonly pointer: string
  /** JSON text; undefined when something was taken away. */
  readonly added: string | undefined
}

/** An element that a fix has put into an array or taken out of it. */
interface ElementEdit {
  readonly array: readonly string[]
  readonly index: number
  readonly inserted: boolean
}

function mendInput(input: unknown, fixes: readonly Fix[]): unknown {
  const text = textOf(input)
  if (text !== undefined) return mendText(input, text, (body) => mend(body, fixes))
  if (!isContainer(input)) return input
  const body = Array.isArray(input) || !Object.hasOwn(input, 'body') ? undefined : input['body']
  const bodyText = textOf(body)
  const intoBody = fixes.some((fix) => fix.some((each) => pointersOf(each).some((place) => place.startsWith('/body/'))))
  if (Array.isArray(input) || bodyText === undefined || !intoBody) return mend(input, fixes)
  // The parameters are mended as values, the body in its own form.
  let mended: Record<string, unknown> = input
  const newBody = mendText(body, bodyText, (value) => {
    mended = mend({ ...input, body: value }, fixes) as Record<string, unknown>
    return mended['body']
  })
  return { ...mended, body: newBody }
}

function mend(root: unknown, fixes: readonly Fix[]): unknown {
  const mender = new Mender(root)
  for (const fix of fixes) mender.apply(fix)
  return mender.root
}

// Text or bytes as `change` makes them, with the indentation that they have.
function mendText(source: unknown, text: string, change: (value: unknown) => unknown): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return source
  }
  const changed = change(value)
  if (changed === value) return source
  const indentation = /\n([ \t]+)/.exec(text)?.[1]
  const json = JSON.stringify(changed, undefined, indentation) + (text.endsWith('\n') ? '\n' : '')
  return typeof source === 'string' ? json : new TextEncoder().encode(json)
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  const bytes = bytesOf(value)
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
}

class Mender {
  root: unknown
  readonly #touched: TouchedPlace[] = []
  #edits: readonly ElementEdit[] = []

  constructor(root: unknown) {
    this.root = root
  }

  /** Applies all operations of a fix, or none. */
  apply(fix: Fix): void {
    const isChanged = (operation: PatchOperation) =>
      pointersOf(operation).some((place) => this.#stateOf(place, operation) === 'changed')
    if (fix.some(isChanged)) return
    let root = this.root
    const edits = [...this.#edits]
    const touched: TouchedPlace[] = []
    for (const operation of fix) {
      if (this.#stateOf(operation.path, operation) === 'done') continue
      const changed = this.#applyTo(root, operation, edits)
      if (changed === undefined) return
      root = changed
      if (operation.op === 'move') touched.push({ pointer: operation.from, added: undefined })
      touched.push({ pointer: operation.path, added: addedBy(operation) })
    }
    this.root = root
    this.#edits = edits
    this.#touched.push(...touched)
  }

  // Whether a place is as it was when the input was checked, or already what an operation makes of it.
  #stateOf(pointer: string, operation: PatchOperation): 'untouched' | 'done' | 'changed' {
    for (const place of this.#touched) {
      if (place.pointer === pointer)
        return place.added !== undefined && place.added === addedBy(operation) ? 'done' : 'changed'
      // What an earlier fix added as an empty object may be filled.
      if (isBelow(place.pointer, pointer) || (isBelow(pointer, place.pointer) && place.added !== '{}')) return 'changed'
    }
    return 'untouched'
  }

  // The tree after an operation; undefined when it does not apply.
  #applyTo(root: unknown, operation: PatchOperation, edits: ElementEdit[]): unknown {
    const path = this.#follow(operation.path)
    if (path === undefined) return undefined
    if (operation.op === 'add') return put(root, path, structuredClone(operation.value), edits)
    if (operation.op === 'remove') return path.length === 0 ? undefined : take(root, path, edits)
    const from = this.#follow(operation.from)
    const value = from === undefined ? undefined : valueAt(root, from)
    if (from === undefined || value === undefined || from.length === 0) return undefined
    return put(take(root, from, edits), path, value, edits)
  }

  // A place of the input as it was checked, in the tree as earlier fixes have left it.
  #follow(pointer: string): string[] | undefined {
    const tokens = tokensOf(pointer)
    for (const { array, index, inserted } of this.#edits) {
      if (!array.every((token, position) => tokens[position] === token)) continue
      const at = elementIndex(tokens[array.length] ?? '')
      if (at === undefined || at < index) continue
      if (at === index && !inserted) return undefined
      tokens[array.length] = String(inserted ? at + 1 : at - 1)
    }
    return tokens
  }
}

function pointersOf(operation: PatchOperation): string[] {
  return operation.op === 'move' ? [operation.path, operation.from] : [operation.path]
}

function addedBy(operation: PatchOperation): string | undefined {
  return operation.op === 'add' ? JSON.stringify(operation.value) : undefined
}

function isBelow(pointer: string, ancestor: string): boolean {
  return pointer.startsWith(`${ancestor}/`)
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null && (Array.isArray(value) || isPlain(value))
}

// The position that a token names in an array.
function elementIndex(token: string): number | undefined {
  return /^(?:0|[1-9]\d{0,8})$/.test(token) ? Number(token) : undefined
}

function childOf(parent: unknown, token: string): unknown {
  if (!isContainer(parent)) return undefined
  if (Array.isArray(parent)) return parent[elementIndex(token) ?? -1]
  return Object.hasOwn(parent, token) ? parent[token] : undefined
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce(childOf, root)
}

function put(root: unknown, path: readonly string[], value: unknown, edits: ElementEdit[]): unknown {
  return change(root, path, value, (parent, token) => {
    if (!Array.isArray(parent)) return setMember(parent, token, value)
    const index = token === '-' ? parent.length : elementIndex(token)
    if (index === undefined || index > parent.length) return false
    parent.splice(index, 0, value)
    edits.push({ array: path.slice(0, -1), index, inserted: true })
    return true
  })
}

function take(root: unknown, path: readonly string[], edits: ElementEdit[]): unknown {
  return change(root, path, undefined, (parent, token) => {
    if (childOf(parent, token) === undefined) return false
    if (!Array.isArray(parent)) return Reflect.deleteProperty(parent, token)
    const index = Number(token)
    parent.splice(index, 1)
    edits.push({ array: path.slice(0, -1), index, inserted: false })
    return true
  })
}

// A tree in which the containers on the way to a place are copies and the last one is changed; undefined when the way
// does not exist or the change is refused.
function change(
  root: unknown,
  path: readonly string[],
  instead: unknown,
  edit: (parent: Container, token: string) => boolean,
): unknown {
  const last = path.at(-1)
  if (last === undefined) return instead
  const top: Record<string, unknown> = {}
  let above: Container = top
  let token = 'root'
  let at = root
  for (const next of path) {
    if (!isContainer(at)) return undefined
    const copy: Container = Array.isArray(at) ? at.slice() : { ...at }
    if (Array.isArray(above)) above[Number(token)] = copy
    else setMember(above, token, copy)
    above = copy
    token = next
    at = childOf(copy, next)
  }
  return edit(above, last) ? top['root'] : undefined
}

// A member called `__proto__` is one like any other.
function setMember(object: Record<string, unknown>, key: string, value: unknown): boolean {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
  return true
}
