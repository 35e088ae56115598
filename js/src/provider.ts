// Connects a generated provider module with the engine.
import type { AnswerTable } from './answers/table.js'
import { currentSession } from './engine/session.js'
import type { MatchingOperation } from './matching.js'
import { createMatchingOperation } from './matching-operation.js'
import { createOperation, createSchema, type Operation, type StandaloneSchema } from './operation.js'

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

/** A provider's compiled document: a string with one character per byte. */
export interface ProviderImage {
  readonly name: string
  readonly image: string
  readonly answers: AnswerTable
}

/** A provider, of which nothing is loaded before something of it is used. */
export interface Provider {
  readonly spec: Spec
  operation<Input, Body, Result, CredentialName extends string = 'apiKey'>(
    name: string,
  ): Operation<Input, Body, Result, CredentialName>
  matchingOperation<Input, Body, Result, Config, Bot, CredentialName extends string = 'apiKey'>(
    name: string,
  ): MatchingOperation<Input, Body, Result, Config, Bot, CredentialName>
  operationWithoutBody<Input, Result, CredentialName extends string = 'apiKey'>(
    name: string,
  ): Operation<Input, never, Result, CredentialName>
  schema<Value>(name: string): StandaloneSchema<Value>
}

/** Used by the generated modules. */
export function connect(name: string, image: string, answers: AnswerTable): Provider {
  const provider = { name, image, answers }
  return {
    spec: new LazySpec(provider),
    operation: (operation) => createOperation(provider, operation, true),
    matchingOperation: (operation) => createMatchingOperation(provider, operation),
    operationWithoutBody: (operation) => createOperation(provider, operation, false),
    schema: (schema) => createSchema(provider, schema),
  }
}

class LazySpec implements Spec {
  readonly #provider: ProviderImage

  constructor(provider: ProviderImage) {
    this.#provider = provider
  }

  get date(): string {
    return this.#read().date
  }

  get hash(): string {
    return this.#read().hash
  }

  get sources(): readonly Source[] {
    return this.#read().sources
  }

  toJSON(): Spec {
    return this.#read()
  }

  /** What `console.log` shows in Node, Deno and Bun. */
  [Symbol.for('nodejs.util.inspect.custom')](): Spec {
    return this.#read()
  }

  #read(): Spec {
    const { name, image } = this.#provider
    const { date, hash, sources } = currentSession().load(name, image).description
    return { date, hash, sources }
  }
}
