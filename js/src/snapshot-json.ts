// Writes a snapshot as JSON text, for what the engine keeps and reads anew: each property was read once all the same.
import { sizeInFourBytes, tag } from './snapshot.js'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The JSON of a snapshot without issues. */
export function snapshotJson(bytes: Uint8Array): string {
  let at = 0
  const text = (): string => {
    let size = bytes[at++] ?? 0
    if (size === sizeInFourBytes) {
      size = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0, true)
      at += 4
    }
    return decoder.decode(bytes.subarray(at, (at += size)))
  }
  const number = (): string => {
    const digits = text()
    // An integer that may have lost digits before it came here: in full, a reader would take them at their word.
    return Math.abs(Number(digits)) > Number.MAX_SAFE_INTEGER ? Number(digits).toExponential() : digits
  }
  const list = (end: number, item: () => string): string => {
    const items: string[] = []
    while (bytes[at] !== end) items.push(item())
    ++at
    return items.join(',')
  }
  const value = (): string => {
    switch (bytes[at++]) {
      case tag.null:
        return 'null'
      case tag.true:
        return 'true'
      case tag.false:
        return 'false'
      case tag.number:
        return number()
      case tag.object:
        return `{${list(tag.endOfObject, () => `${value()}:${value()}`)}}`
      case tag.array:
        return `[${list(tag.endOfArray, value)}]`
      default:
        return JSON.stringify(text())
    }
  }
  return value()
}
