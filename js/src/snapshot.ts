// One walk over what the caller gave, before anything looks at it: each property is read once and written down at
// once, so that what is checked is what is sent, whatever getters and proxies say later. What JSON cannot carry is an
// issue.
import { bytesOf } from './bytes.js'
import type { EngineLimits } from './engine/abi.js'
import type { JsonSource } from './engine/session.js'
import { type Issue, type IssueCode, pointerOf } from './issue.js'
import { type MessageKey, messageText, type Translations } from './messages.js'
import { adviceFor, classOf, isPlain } from './plain-data.js'
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
// Strings up to this length are written unit by unit, which is faster than asking the encoder.
const shortString = 96
// More than is written between two looks at the room that is left: a short string, the brackets that close the deepest
// nesting there is, and a short key.
const slack = 1024

// The form that wasm/src/json/snapshot.hpp describes.
export const tag = {
  null: 0x6e, // n
  true: 0x74, // t
  false: 0x66, // f
  number: 0x30, // 0
  string: 0x73, // s
  escapedString: 0x65, // e
  object: 0x7b, // {
  endOfObject: 0x7d, // }
  array: 0x5b, // [
  endOfArray: 0x5d, // ]
} as const
export const sizeInFourBytes = 255

const encoder = new TextEncoder()
const escaped = /["\\\u0000-\u001f]/
const loneSurrogate = /\p{Surrogate}/u
const { hasOwnProperty } = Object.prototype

let spareWriter: JsonWriter | undefined

// A getter may call into this package while its object is being written, so there can be several writers at once.
function borrowWriter(limits: EngineLimits, translated: Translations): JsonWriter {
  const writer = spareWriter ?? new JsonWriter()
  spareWriter = undefined
  writer.begin(limits, translated)
  return writer
}

function keepWriter(writer: JsonWriter): void {
  spareWriter = writer
}

class JsonWriter implements Snapshot {
  text: JsonSource | undefined
  issues: Issue[] = []
  truncated = false

  #bytes = new Uint8Array(firstCapacity)
  #length = 0
  // Beyond it, there is either too little room or too much text.
  #softEnd = 0
  #limits: EngineLimits = { bytes: 0, depth: 0, values: 0, issues: 0 }
  #translated: Translations = noTranslations
  #values = 1
  // Nothing more is read: the report is full, or the text too large.
  #stopped = false
  // The keys on the way to the value being written, and the objects that are open there.
  readonly #path: (string | number)[] = []
  readonly #open: (object | undefined)[] = []
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
    this.text = undefined
    this.#length = 0
    this.#values = 1 // a body alone; beside an input's parameters it is counted as their neighbour
    this.#stopped = false
    this.#around = 0
    if (this.issues.length > 0) this.issues = []
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
    this.#write(value, 0)
    if (this.#length > this.#limits.bytes) this.#refuseSize(0)
  }

  // `depth` is how many keys lead to the value.
  #write(value: unknown, depth: number): void {
    if (this.#length > this.#softEnd && !this.#makeRoom(slack, depth)) return
    switch (typeof value) {
      case 'string':
        this.#writeString(value, depth)
        return
      case 'number':
        this.#writeNumber(value, depth)
        return
      case 'boolean':
        this.#bytes[this.#length++] = value ? tag.true : tag.false
        return
      case 'object':
        if (value === null) this.#bytes[this.#length++] = tag.null
        else this.#writeContainer(value, depth)
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

  #writeContainer(value: object, depth: number): void {
    const open = this.#open
    for (let i = 0; i < depth; ++i) {
      if (open[i] === value) {
        this.#refuseCycle(depth, i)
        return
      }
    }
    if (depth - this.#around >= this.#limits.depth) {
      this.#refuseDepth(depth)
      return
    }
    open[depth] = value
    try {
      if (Array.isArray(value)) this.#writeArray(value, depth)
      else if (isPlain(value)) this.#writeObject(value as Record<string, unknown>, depth)
      else this.#refuseInstance(value, depth)
    } catch {
      this.#refuseReading(depth)
    }
    open[depth] = undefined
  }

  #writeObject(object: Record<string, unknown>, depth: number): void {
    const path = this.#path
    this.#bytes[this.#length++] = tag.object
    for (const key in object) {
      if (!hasOwnProperty.call(object, key)) continue
      path[depth] = key
      // The limit is one of the body; what stands beside it in an input does not count.
      if ((depth >= this.#around || key === 'body') && ++this.#values > this.#limits.values) {
        this.#refuseCount(depth + 1)
        return
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
      this.#writeString(key, depth + 1)
      this.#write(value, depth + 1)
      if (this.#stopped) return
    }
    this.#bytes[this.#length++] = tag.endOfObject
  }

  #writeArray(array: readonly unknown[], depth: number): void {
    const { length } = array
    const inherited = Object.getPrototypeOf(array) as readonly unknown[] | null
    this.#bytes[this.#length++] = tag.array
    for (let i = 0; i < length; ++i) {
      this.#path[depth] = i
      if (++this.#values > this.#limits.values) {
        this.#refuseCount(depth + 1)
        return
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
      this.#write(value, depth + 1)
      if (this.#stopped) return
    }
    this.#bytes[this.#length++] = tag.endOfArray
  }

  #writeString(text: string, depth: number): void {
    const units = text.length
    if (units > shortString) {
      this.#writeLongString(text, depth)
      return
    }
    const bytes = this.#bytes
    let end = this.#length
    bytes[end++] = tag.string
    bytes[end++] = units
    for (let i = 0; i < units; ++i) {
      const unit = text.charCodeAt(i)
      if (unit < 0x20 || unit > 0x7f || unit === 0x22 || unit === 0x5c) {
        this.#writeLongString(text, depth)
        return
      }
      bytes[end++] = unit
    }
    this.#length = end
  }

  #writeLongString(text: string, depth: number): void {
    if (text.length > this.#limits.bytes - this.#length) {
      this.#refuseSize(depth)
      return
    }
    if (loneSurrogate.test(text)) this.#refuseSurrogate(depth)
    if (!this.#makeRoom(text.length * 3 + slack, depth)) return
    const bytes = this.#bytes
    const begin = this.#length
    const size = encoder.encodeInto(text, bytes.subarray(begin + 6)).written
    bytes[begin] = escaped.test(text) ? tag.escapedString : tag.string
    bytes[begin + 1] = sizeInFourBytes
    bytes[begin + 2] = size
    bytes[begin + 3] = size >>> 8
    bytes[begin + 4] = size >>> 16
    bytes[begin + 5] = size >>> 24
    this.#length = begin + 6 + size
  }

  #writeNumber(value: number, depth: number): void {
    if (!Number.isFinite(value)) {
      this.#refuse(depth, String(value), 'advice.not-finite')
      return
    }
    const digits = String(value)
    const bytes = this.#bytes
    let end = this.#length
    bytes[end++] = tag.number
    bytes[end++] = digits.length
    for (let i = 0; i < digits.length; ++i) bytes[end++] = digits.charCodeAt(i)
    this.#length = end
  }

  // Text and bytes that stand for a whole body; undefined when `value` is neither.
  #takeText(value: unknown, depth: number): JsonSource | undefined {
    if (typeof value === 'string') {
      if (value.length > this.#limits.bytes) this.#refuseSize(depth, startOfText)
      else if (loneSurrogate.test(value)) this.#refuseSurrogate(depth, value)
      return value
    }
    const bytes = bytesOf(value)
    if (bytes !== undefined && bytes.length > this.#limits.bytes) this.#refuseSize(depth, startOfText)
    return bytes
  }

  #makeRoom(needed: number, depth: number): boolean {
    if (this.#length > this.#limits.bytes) {
      this.#refuseSize(depth)
      return false
    }
    if (this.#length + needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + needed))
      larger.set(this.#bytes.subarray(0, this.#length))
      this.#bytes.fill(0, 0, this.#length)
      this.#bytes = larger
    }
    this.#setSoftEnd()
    return true
  }

  #setSoftEnd(): void {
    this.#softEnd = Math.min(this.#bytes.length - slack, this.#limits.bytes)
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
    const position = text === undefined ? undefined : positionAt(text, text.search(loneSurrogate))
    this.#report(depth, 'lone-surrogate', 'lone-surrogate', {}, position)
  }

  #report(depth: number, code: IssueCode, key: MessageKey, params: Issue['params'], position?: TextPosition): void {
    this.#add(depth, code, messageText(key, params, this.#translated), params, position)
  }

  #add(depth: number, code: IssueCode, message: string, params: Issue['params'], position?: TextPosition): void {
    if (this.#stopped) return
    if (this.issues.length >= this.#limits.issues) {
      this.truncated = true
      this.#stopped = true
      return
    }
    const path = this.#path.slice(0, depth)
    this.issues.push({ code, severity: 'error', path, pointer: pointerOf(path), message, params, ...position })
  }
}

const startOfText: TextPosition = { offset: 0, line: 1, column: 1 }
