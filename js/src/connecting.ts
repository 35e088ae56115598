// Makes a provider's operations out of its compiled document and an engine.
import type { AnswerTable } from './answers/table.js'
import type { Engine } from './engine/engine.js'
import type { MatchingOperation } from './matching.js'
import { createMatchingOperation } from './matching-operation.js'
import { createOperation, createSchema, type Operation, type StandaloneSchema } from './operation.js'
import type { Source, Spec } from './provider.js'

/** A provider's compiled document, packed, and the engine that reads it. */
export interface ProviderImage {
  readonly engine: Engine
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

/** Makes the operations and schemas of a provider. */
export function connectTo(provider: ProviderImage): Provider {
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
    const { engine, name, image } = this.#provider
    const { date, hash, sources } = engine.session().load(name, image).description
    return { date, hash, sources }
  }
}
