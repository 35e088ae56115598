// Writes a snapshot as JSON text, for what the engine keeps and reads anew: each property was read once all the same.
import { countOf, kind, kindOf, wordBytes } from './snapshot-form.js'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The JSON of a snapshot without issues. */
export function snapshotJson(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = view.getUint32(0, true) >>> 1
  const texts = decoder.decode(bytes.subarray(count * wordBytes))
  let next = 1
  let read = 0
  const takeWord = (): number => view.getUint32(next++ * wordBytes, true)
  const takeText = (word: number): string => texts.slice(read, (read += countOf(word)))
  const list = (word: number, item: () => string): string => Array.from({ length: countOf(word) }, item).join(',')
  const value = (): string => {
    const word = takeWord()
    switch (kindOf(word)) {
      case kind.null:
        return 'null'
      case kind.true:
        return 'true'
      case kind.false:
        return 'false'
      case kind.number:
        return number(takeText(word))
      case kind.object:
        return `{${list(word, () => `${value()}:${value()}`)}}`
      case kind.array:
        return `[${list(word, value)}]`
      default:
        return JSON.stringify(takeText(word))
    }
  }
  return value()
}

// An integer that may have lost digits before it came here: in full, a reader would take them at their word.
function number(digits: string): string {
  return Math.abs(Number(digits)) > Number.MAX_SAFE_INTEGER ? Number(digits).toExponential() : digits
}
