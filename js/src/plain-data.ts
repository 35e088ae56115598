// Telling plain data from instances of classes, which JSON has no way to write.
import type { MessageKey } from './messages.js'

const longestClassName = 60

/** True for `{}`. Objects from other realms have another Object.prototype, but it, too, has no prototype. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null
}

/** What to call the class of an object that is not plain. */
export function classOf(value: object): string {
  const { constructor } = value as { constructor?: unknown }
  const name: unknown = typeof constructor === 'function' ? constructor.name : undefined
  return typeof name === 'string' && name !== '' ? name.slice(0, longestClassName) : 'a class'
}

/** What to write instead of an instance of a class. */
export function adviceFor(found: string): MessageKey {
  switch (found) {
    case 'Date':
      return 'advice.date'
    case 'URL':
      return 'advice.url'
    case 'Map':
      return 'advice.map'
    case 'Set':
      return 'advice.set'
    case 'String':
    case 'Number':
    case 'Boolean':
    case 'BigInt':
    case 'Symbol':
      return 'advice.wrapper'
    case 'Promise':
      return 'advice.promise'
    case 'ArrayBuffer':
    case 'SharedArrayBuffer':
    case 'DataView':
    case 'Buffer':
    case 'Blob':
      return 'advice.bytes'
    default:
      return found.endsWith('Array') ? 'advice.typed-array' : 'advice.class'
  }
}
