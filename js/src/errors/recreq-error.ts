// The class that all errors of this package share.

/**
 * Any error that recreq throws on its own account. Each has a literal `name` to tell it by.
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
}
