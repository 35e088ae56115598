// Telling bytes from everything else, whatever realm they come from and whatever their object pretends to be.

type Getter = (this: unknown) => unknown

const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype) as object
const tagOf = getter(Symbol.toStringTag)
const bufferOf = getter('buffer')
const offsetOf = getter('byteOffset')
const lengthOf = getter('byteLength')

/**
 * A view of exactly the bytes that `value` has now, if it is a Uint8Array. What counts is the array itself, not
 * properties laid over it: a wrong length would be a write past the place reserved for it.
 */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (!ArrayBuffer.isView(value) || tagOf.call(value) !== 'Uint8Array') return undefined
  return new Uint8Array(
    bufferOf.call(value) as ArrayBuffer,
    offsetOf.call(value) as number,
    lengthOf.call(value) as number,
  )
}

function getter(name: PropertyKey): Getter {
  return Object.getOwnPropertyDescriptor(typedArray, name)?.get as Getter
}
