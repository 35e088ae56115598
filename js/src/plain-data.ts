// Telling plain data from instances of classes, which JSON has no way to write.

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
export function adviceFor(found: string): string {
  switch (found) {
    case 'Date':
      return 'write date.toISOString()'
    case 'URL':
      return 'write url.href'
    case 'Map':
      return 'write Object.fromEntries(map)'
    case 'Set':
      return 'write [...set]'
    case 'String':
    case 'Number':
    case 'Boolean':
    case 'BigInt':
    case 'Symbol':
      return 'write the primitive value, value.valueOf()'
    case 'Promise':
      return 'await it first'
    case 'ArrayBuffer':
    case 'SharedArrayBuffer':
    case 'DataView':
    case 'Buffer':
    case 'Blob':
      return 'write text, for example Base64'
    default:
      return found.endsWith('Array')
        ? 'write [...array], or text such as Base64'
        : 'write a plain object, for example { ...value }'
  }
}
