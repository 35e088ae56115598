// Reads what js/src/snapshot.ts writes back into a value.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function readSnapshot(bytes) {
  let at = 0
  const character = () => String.fromCharCode(bytes[at++])
  const text = () => {
    let size = bytes[at++]
    if (size === 255) {
      size = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0, true)
      at += 4
    }
    return decoder.decode(bytes.subarray(at, (at += size)))
  }
  const string = (tag) => {
    const read = text()
    const needsEscape = JSON.stringify(read) !== `"${read}"`
    if (tag !== (needsEscape ? 'e' : 's')) throw new Error(`"${tag}" stands before ${JSON.stringify(read)}`)
    return read
  }
  const value = () => {
    const tag = character()
    if (tag === 'n') return null
    if (tag === 't' || tag === 'f') return tag === 't'
    if (tag === '0') return Number(text())
    if (tag === 's' || tag === 'e') return string(tag)
    if (tag === '[') {
      const array = []
      while (bytes[at] !== 0x5d) array.push(value())
      at += 1
      return array
    }
    if (tag !== '{') throw new Error(`"${tag}" is no tag`)
    const members = []
    while (bytes[at] !== 0x7d) {
      const key = string(character())
      members.push([key, value()])
    }
    at += 1
    return Object.fromEntries(members)
  }
  const read = value()
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes are left`)
  return read
}
