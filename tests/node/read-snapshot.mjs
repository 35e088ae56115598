// Reads what js/src/snapshot.ts writes back into a value.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function readSnapshot(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const head = view.getUint32(0, true)
  const end = (head >>> 1) * 4
  const texts = decoder.decode(bytes.subarray(end))
  if (((head & 1) === 1) !== (texts.length === bytes.length - end)) throw new Error(`${head} says what the texts are`)
  let at = 4
  let read = 0
  const word = () => {
    const found = view.getUint32(at, true)
    at += 4
    return { kind: found & 7, size: found >>> 3 }
  }
  const take = (size) => texts.slice(read, (read += size))
  const member = () => {
    const { kind, size } = word()
    if (kind !== 4) throw new Error(`${kind} is no key`)
    return [take(size), value()]
  }
  const value = () => {
    const { kind, size } = word()
    const list = (item) => Array.from({ length: size }, item)
    if (kind < 3) return [null, false, true][kind]
    if (kind === 3) return Number(take(size))
    if (kind === 4) return take(size)
    if (kind === 5) return list(value)
    if (kind !== 6) throw new Error(`${kind} is no kind`)
    return Object.fromEntries(list(member))
  }
  const whole = value()
  if (at !== end) throw new Error(`${end - at} bytes of words are left`)
  if (read !== texts.length) throw new Error(`${texts.length - read} characters are left`)
  return whole
}
