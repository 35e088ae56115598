// Connects a generated provider module with the package's own engine.
import type { AnswerTable } from './answers/table.js'
import { connectTo, type Provider } from './connecting.js'
import { ownEngine } from './engine/own-engine.js'

export type { MatchingOperation } from './matching.js'
export type { Operation, StandaloneSchema } from './operation.js'
export type { BodyInput, ExactlyOne } from './types.js'

/**
 * What a provider module was made from.
 *
 * @example
 * ```ts
 * console.log(`Compared with Recall's own pages on ${recall.spec.date}`)
 * ```
 */
export interface Spec {
  /** The day on which the facts were last compared with the provider's own pages. */
  readonly date: string
  /** A fingerprint of the facts: another one means other facts. */
  readonly hash: string
  /** The pages that the facts come from. */
  readonly sources: readonly Source[]
}

/**
 * A page that facts come from.
 *
 * @example
 * ```ts
 * for (const { title, url, read } of recall.spec.sources) console.log(`${title}: ${url} (${read})`)
 * ```
 */
export interface Source {
  readonly id: string
  readonly title: string
  readonly url: string
  /** The day on which it was read. */
  readonly read: string
}

/** Used by the generated modules. */
export function connect(name: string, image: string, answers: AnswerTable): Provider {
  return connectTo({ engine: ownEngine, name, image, answers })
}
