// JSON Pointers in which `*` stands for any member or element.
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import { tokensOf } from '../issue.js'

/** The tokens of a pattern. */
export type PointerPattern = readonly string[]

/** @throws {@link InvalidOptionsError} for what is no list of patterns that begin at the body. */
export function readPatterns(patterns: unknown, option: string): PointerPattern[] {
  const example = `${option} is a list of JSON Pointers from the body on, such as ["/webhookUrl"]`
  if (!Array.isArray(patterns)) throw new InvalidOptionsError(option, `${example}.`)
  return patterns.map((pattern: unknown) => {
    if (typeof pattern !== 'string' || !/^(?:\/(?:[^~/]|~[01])*)+$/.test(pattern))
      throw new InvalidOptionsError(option, `${example}; "${String(pattern)}" is none.`)
    const tokens = tokensOf(pattern)
    if (tokens[0] === 'body' && tokens.length > 1)
      throw new InvalidOptionsError(option, `${example}: leave "/body" out of "${pattern}".`)
    return tokens
  })
}

/** Whether a pattern names the place, or one that it lies in. */
export function covers(pattern: PointerPattern, path: readonly (string | number)[]): boolean {
  return pattern.length <= path.length && pattern.every((token, at) => token === '*' || token === String(path[at]))
}
