// What the stand-in asks of each provider's module: how the things that the service keeps change.
import type { JsonObject } from '../provider-document.js'
import type { JsonValue } from '../types.js'

/** A call that has come through: known credential, allowed request. */
export interface Call {
  /** Path and query parameters by name; those of the query as their types. */
  readonly parameters: Readonly<Record<string, JsonValue | undefined>>
  /** With the service's own defaults. */
  readonly body: JsonObject
  /** Milliseconds since 1970, by the stand-in's clock. */
  readonly now: number
  /** Under which the service was called, for links to other pages. */
  readonly url: URL
}

/** What a call comes to: a result, or one of the documented answers. */
export type Outcome =
  | {
      readonly value: JsonValue
      /** The id of the recording that this call began. */
      readonly started?: string
    }
  | {
      readonly status: number
      /** Which of the response's examples; the first one if there is no such name. */
      readonly example?: string
    }

/** A request that is refused: what is wrong with it, where. */
export interface Refusal {
  readonly status: number
  /** The place in the body or among the parameters, without the word `body`. */
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** A service's memory, and what its operations do to it. */
export interface Behaviour {
  readonly operations: Readonly<Record<string, (call: Call) => Outcome>>
  /** The service's own shape for what is wrong with a request. */
  refusal(status: number, problems: readonly Refusal[]): JsonValue
  /** The service's own shape for a sentence. */
  problem(status: number, message: string): JsonValue
  /** How the thing that a call addresses was made, where that decides whether the call is taken. */
  settings?(call: Call): JsonObject
}

/** What the documents give to a behaviour. */
export interface BehaviourSources {
  /** A fresh copy of the first example of a successful answer. */
  example(operation: string): JsonValue
}

/** The moment as the services write it. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

/** A value that a check found to be text; empty when it is not there. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
