// One walk over what the caller gave, before anything looks at it: each property is read once and written down at
// once, so that what is checked is what is sent, whatever getters and proxies say later. What JSON cannot carry is an
// issue.
import { bytesOf } from './bytes.js'
import type { EngineLimits } from './engine/abi.js'
import type { JsonSource } from './engine/session.js'
import { type Issue, type IssueCode, pointerOf } from './issue.js'
import { type MessageKey, messageText, type Translations } from './messages.js'
import { adviceFor, classOf, isPlain } from './plain-data.js'
import { bytesOfWord, kind, kindBits, wordBytes } from './snapshot-form.js'
import { areWellFormed, findLoneSurrogate, findTextFaults, hasLoneSurrogate } from './snapshot-texts.js'
import { positionAt, type TextPosition } from './text-position.js'

/** What is handed to the engine. Valid until `release`. */
export interface Snapshot {
  /** What was written down. */
  readonly written: Uint8Array
  /** The caller's own JSON, when the body is text or bytes; it is not part of `written`. */
  readonly text: JsonSource | undefined
  /** When there are any, what was written is of no use. */
  readonly issues: readonly Issue[]
  readonly truncated: boolean
  /** Forgets the bytes: they can hold secrets. */
  release(): void
}

const noTranslations: Translations = new Map()

/** Takes an operation's input. A `body` that is text or bytes is kept apart. */
export function snapshotInput(input: unknown, limits: EngineLimits, translated = noTranslations): Snapshot {
  const writer = borrowWriter(limits, translated)
  writer.writeInput(input)
  return writer
}

/** Takes a body: a value, JSON text, or bytes. */
export function snapshotBody(body: unknown, limits: EngineLimits, translated = noTranslations): Snapshot {
  const writer = borrowWriter(limits, translated)
  writer.writeBody(body)
  return writer
}

/** Takes a value and nothing else: a string is a JSON string, not JSON text. */
export function snapshotValue(value: unknown, limits: EngineLimits, translated = noTranslations): Snapshot {
  const writer = borrowWriter(limits, translated)
  writer.writeValue(value)
  return writer
}

const firstCapacity = 16_384
// A larger buffer is not kept for the next call.
const keptCapacity = 262_144
// Words that there is always room for: more than is written between two looks at the room that is left.
const slack = 16

// UTF-8 takes at most this many bytes for a UTF-16 code unit.
const bytesPerUnit = 3

const encoder = new TextEncoder()
const { hasOwnProperty } = Object.prototype

let spareWriter: SnapshotWriter | undefined

// A getter may call into this package while its object is being written, so there can be several writers at once.
function borrowWriter(limits: EngineLimits, translated: Translations): SnapshotWriter {
  const writer = spareWriter ?? new SnapshotWriter()
  spareWriter = undefined
  writer.begin(limits, translated)
  return writer
}

function keepWriter(writer: SnapshotWriter): void {
  spareWriter = writer
}

class SnapshotWriter implements Snapshot {
  text: JsonSource | undefined
  issues: Issue[] = []
  truncated = false

  #words = new Uint32Array(firstCapacity / wordBytes)
  #bytes = new Uint8Array(this.#words.buffer)
  #length = 0
  // Words that are written; the first is for the head.
  #count = 1
  // UTF-16 code units of the texts.
  #units = 0
  // Beyond it, there is either too little room or too much written.
  #softEnd = 0
  #limits: EngineLimits = { bytes: 0, depth: 0, values: 0, issues: 0 }
  #translated: Translations = noTranslations
  #values = 1
  // Nothing more is read: the report is full, or the text too large.
  #stopped = false
  // The keys on the way to the value being written, and the objects that are open there.
  readonly #path: (string | number)[] = []
  readonly #open: (object | undefined)[] = []
  // Where in the words each issue was found.
  #places: number[] = []
  // How many of the open objects do not count as nesting: the input around a body.
  #around = 0

  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  begin(limits: EngineLimits, translated: Translations): void {
    this.#limits = limits
    this.#translated = translated
    this.#setSoftEnd()
  }

  release(): void {
    this.#bytes.fill(0, 0, this.#length)
    this.#units = 0
    this.text = undefined
    this.#length = 0
    this.#count = 1
    this.#values = 1 // a body alone; beside an input's parameters it is counted as their neighbour
    this.#stopped = false
    this.#around = 0
    if (this.issues.length > 0) {
      this.issues = []
      this.#places = []
    }
    this.truncated = false
    if (this.#bytes.length <= keptCapacity) keepWriter(this)
  }

  writeInput(input: unknown): void {
    this.#around = 1
    this.#values = 0
    this.writeValue(input)
  }

  writeBody(body: unknown): void {
    this.text = this.#takeText(body, 0)
    if (this.text === undefined) this.writeValue(body)
  }

  writeValue(value: unknown): void {
    this.#encode(this.#write(value, 0))
  }

  // Gives the texts of a value; `depth` is how many keys lead to it. What is refused leaves a null, so that every key has a
  // value.
  #write(value: unknown, depth: number): string {
    if (this.#count > this.#softEnd && !this.#makeRoom(depth)) return ''
    if (typeof value === 'string') return this.#writeText(value, kind.string, depth)
    if (typeof value === 'object') return value === null ? this.#writeEmpty(kind.null) : this.#writeContainer(value, depth)
    if (typeof value === 'boolean') return this.#writeEmpty(value ? kind.true : kind.false)
    if (typeof value === 'number' && Number.isFinite(value)) return this.#writeText(String(value), kind.number, depth)
    this.#refuseScalar(value, depth)
    return this.#writeEmpty(kind.null)
  }

  #writeEmpty(as: number): string {
    this.#words[this.#count++] = as
    return ''
  }

  #writeText(text: string, as: number, depth: number): string {
    this.#units += text.length
    if (this.#units + bytesOfWord * this.#count > this.#limits.bytes) {
      this.#refuseSize(depth)
      return ''
    }
    this.#words[this.#count++] = (text.length << kindBits) | as
    return text
  }

  #writeContainer(value: object, depth: number): string {
    const open = this.#open
    const begin = this.#count
    for (let i = 0; i < depth; ++i) {
      if (open[i] !== value) continue
      this.#refuseCycle(depth, i)
      return this.#writeEmpty(kind.null)
    }
    if (depth - this.#around >= this.#limits.depth) {
      this.#refuseDepth(depth)
      return this.#writeEmpty(kind.null)
    }
    open[depth] = value
    try {
      if (Array.isArray(value)) return this.#writeArray(value, depth)
      if (isPlain(value)) return this.#writeObject(value as Record<string, unknown>, depth)
      this.#refuseInstance(value, depth)
    } catch {
      this.#refuseReading(depth)
    } finally {
      open[depth] = undefined
    }
    this.#count = begin
    return this.#writeEmpty(kind.null)
  }

  #writeObject(object: Record<string, unknown>, depth: number): string {
    const path = this.#path
    const begin = this.#count++
    let members = 0
    let texts = ''
    for (const key in object) {
      if (!hasOwnProperty.call(object, key)) continue
      path[depth] = key
      // The limit is one of the body; what stands beside it in an input does not count.
      if ((depth >= this.#around || key === 'body') && ++this.#values > this.#limits.values) {
        this.#refuseCount(depth + 1)
        break
      }
      let value: unknown
      try {
        value = object[key]
      } catch {
        this.#refuseReading(depth + 1)
        continue
      }
      if (value === undefined) continue
      if (depth === 0 && this.#around === 1 && key === 'body') {
        this.text = this.#takeText(value, 1)
        if (this.text !== undefined) continue
      }
      texts += this.#writeText(key, kind.string, depth + 1)
      if (!this.#stopped) texts += this.#write(value, depth + 1)
      if (this.#stopped) break
      members += 1
    }
    this.#words[begin] = (members << kindBits) | kind.object
    return texts
  }

  #writeArray(array: readonly unknown[], depth: number): string {
    const { length } = array
    const inherited = Object.getPrototypeOf(array) as readonly unknown[] | null
    const begin = this.#count++
    let elements = 0
    let texts = ''
    for (let i = 0; i < length; ++i) {
      this.#path[depth] = i
      if (++this.#values > this.#limits.values) {
        this.#refuseCount(depth + 1)
        break
      }
      let value: unknown
      try {
        value = array[i]
        // Looking for a property of its own costs more than all the rest, and only a hole can have none.
        if ((value === undefined || inherited?.[i] !== undefined) && !hasOwnProperty.call(array, i)) value = undefined
      } catch {
        this.#refuseReading(depth + 1)
        continue
      }
      texts += this.#write(value, depth + 1)
      if (this.#stopped) break
      elements += 1
    }
    this.#words[begin] = (elements << kindBits) | kind.array
    return texts
  }

  // Joining texts and encoding them at once takes less than half of the time that looking at each of their characters does.
  #encode(texts: string): void {
    const units = texts.length
    const begin = this.#count * wordBytes
    if (begin + units * bytesPerUnit > this.#bytes.length) this.#grow(begin + units * bytesPerUnit)
    const { written } = encoder.encodeInto(texts, this.#bytes.subarray(begin))
    this.#length = begin + written
    this.#words[0] = (this.#count << 1) | (written === units ? 1 : 0)
    const isTooLarge = written + bytesOfWord * this.#count > this.#limits.bytes
    if (written !== units) this.#examine(texts, isTooLarge)
    if (isTooLarge && this.issues.length === 0) this.#refuseSize(0)
  }

  // What shows only now: halves of surrogate pairs, and texts that have more bytes than characters.
  #examine(texts: string, isTooLarge: boolean): void {
    const words = this.#words.subarray(0, this.#count)
    if (!isTooLarge && areWellFormed(words, texts)) return
    const waiting = this.issues.map((issue, i) => ({ issue, place: this.#places[i] ?? 0 }))
    const addBefore = (place: number): void => {
      for (let next = waiting[0]; next !== undefined && next.place < place; next = waiting[0]) {
        this.#addIssue(next.issue)
        waiting.shift()
      }
    }
    this.#places = []
    this.issues = []
    this.#stopped = false
    for (const { path, problem, place } of findTextFaults(words, texts, this.#limits.bytes)) {
      addBefore(place)
      this.#path.splice(0, Infinity, ...path)
      if (problem === 'too-large') this.#refuseSize(path.length)
      else this.#refuseSurrogate(path.length)
    }
    addBefore(Infinity)
  }

  // Text and bytes that stand for a whole body; undefined when `value` is neither.
  #takeText(value: unknown, depth: number): JsonSource | undefined {
    if (typeof value === 'string') {
      if (value.length > this.#limits.bytes) this.#refuseSize(depth, startOfText)
      else if (hasLoneSurrogate(value)) this.#refuseSurrogate(depth, value)
      return value
    }
    const bytes = bytesOf(value)
    if (bytes !== undefined && bytes.length > this.#limits.bytes) this.#refuseSize(depth, startOfText)
    return bytes
  }

  #makeRoom(depth: number): boolean {
    if (this.#count * bytesOfWord > this.#limits.bytes) {
      this.#refuseSize(depth)
      return false
    }
    this.#grow(this.#bytes.length + 1)
    this.#setSoftEnd()
    return true
  }

  #grow(needed: number): void {
    const words = new Uint32Array(Math.ceil(Math.max(this.#bytes.length * 2, needed) / wordBytes))
    words.set(this.#words.subarray(0, this.#count))
    this.#words = words
    this.#bytes = new Uint8Array(words.buffer)
  }

  #setSoftEnd(): void {
    this.#softEnd = Math.min(this.#words.length - slack, this.#limits.bytes / bytesOfWord)
  }

  #refuseScalar(value: unknown, depth: number): void {
    switch (typeof value) {
      case 'number':
        this.#refuse(depth, String(value), 'advice.not-finite')
        return
      case 'undefined':
        this.#refuse(depth, 'undefined', depth > 0 ? 'advice.undefined-element' : 'advice.undefined')
        return
      case 'bigint':
        this.#refuse(depth, 'BigInt', 'advice.bigint')
        return
      default:
        this.#refuse(depth, typeof value, 'advice.other')
    }
  }

  #refuse(depth: number, found: string, advice: MessageKey): void {
    this.#refuseValue(depth, 'not-json', found, advice)
  }

  #refuseInstance(value: object, depth: number): void {
    const found = classOf(value)
    this.#refuseValue(depth, 'not-json.instance', found, adviceFor(found))
  }

  #refuseValue(depth: number, key: MessageKey, found: string, adviceKey: MessageKey): void {
    const advice = messageText(adviceKey, {}, this.#translated)
    this.#add(depth, 'not-json', messageText(key, { found, advice }, this.#translated), { found })
  }

  #refuseReading(depth: number): void {
    this.#report(depth, 'not-json', 'not-json.unreadable', {})
  }

  #refuseCycle(depth: number, ancestor: number): void {
    this.#report(depth, 'cycle', 'cycle', { target: pointerOf(this.#path.slice(0, ancestor)) })
  }

  #refuseDepth(depth: number): void {
    this.#report(depth, 'too-deep', 'too-deep', { limit: this.#limits.depth })
  }

  #refuseSize(depth: number, position?: TextPosition): void {
    this.#report(depth, 'too-large', 'too-large.bytes', { limit: this.#limits.bytes }, position)
    this.#stopped = true
  }

  #refuseCount(depth: number): void {
    this.#report(depth, 'too-large', 'too-large.values', { limit: this.#limits.values })
    this.#stopped = true
  }

  #refuseSurrogate(depth: number, text?: string): void {
    const position = text === undefined ? undefined : positionAt(text, findLoneSurrogate(text))
    this.#report(depth, 'lone-surrogate', 'lone-surrogate', {}, position)
  }

  #report(depth: number, code: IssueCode, key: MessageKey, params: Issue['params'], position?: TextPosition): void {
    this.#add(depth, code, messageText(key, params, this.#translated), params, position)
  }

  #add(depth: number, code: IssueCode, message: string, params: Issue['params'], position?: TextPosition): void {
    const path = this.#path.slice(0, depth)
    this.#addIssue({ code, severity: 'error', path, pointer: pointerOf(path), message, params, ...position })
  }

  #addIssue(issue: Issue): void {
    if (this.#stopped) return
    if (this.issues.length >= this.#limits.issues) {
      this.truncated = true
      this.#stopped = true
      return
    }
    this.issues.push(issue)
    this.#places.push(this.#count)
  }
}

const startOfText: TextPosition = { offset: 0, line: 1, column: 1 }
