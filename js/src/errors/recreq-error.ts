// The class that all errors of this package share.

const brand = Symbol.for('recreq.error')

/**
 * Any error that recreq throws on its own account. Each has a literal `name` to tell it by. `instanceof` works across
 * copies of this package, such as two bundles on one page have.
 *
 * @example
 * ```ts
 * try {
 *   recall.startRecording.build(input)
 * } catch (error) {
 *   if (error instanceof RecreqError) console.error(error.name, error.message)
 *   else throw error
 * }
 * ```
 */
export abstract class RecreqError extends Error {
  abstract override readonly name: string

  /** An error of another copy has another class; the brand and the literal name are the same. */
  static override [Symbol.hasInstance](this: { readonly prototype: object }, value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false
    if (Object.prototype.isPrototypeOf.call(this.prototype, value)) return true
    if (!Reflect.has(value, brand)) return false
    if (Object.hasOwn(this.prototype, brand)) return true
    const named = Object.getOwnPropertyDescriptor(this.prototype, 'name')
    // A subclass that somebody else made has no name of its own here, and no other copies.
    return named !== undefined && namesOf(value).includes(Reflect.get(this.prototype, 'name'))
  }
}

Object.defineProperty(RecreqError.prototype, brand, { value: true })

function namesOf(error: object): unknown[] {
  const names: unknown[] = []
  for (let at: unknown = error; typeof at === 'object' && at !== null; at = Object.getPrototypeOf(at))
    if (Object.hasOwn(at, 'name') && Reflect.has(at, brand)) names.push(Reflect.get(at, 'name'))
  return names
}
