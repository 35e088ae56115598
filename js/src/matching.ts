// Matching a bot: the body that makes a start by hand do what the bot would have done, and what would have been
// different without it.
import type { Issue } from './issue.js'
import type { Operation } from './operation.js'
import type { Options } from './options.js'
import type { MatchOrigin } from './report.js'
import type { JsonValue } from './types.js'

/**
 * An operation whose body can be made to match what a bot was told when it was created.
 *
 * @example
 * ```ts
 * const match = recall.startRecording.matchBot(await retrieved.json(), { video_mixed_layout: 'gallery_view_v2' })
 * if (match.ok) await fetch(recall.startRecording.build({ region, id, body: match.body }).toRequest({ apiKey }))
 * ```
 */
export interface MatchingOperation<Input, Body, Result, Config, Bot, CredentialName extends string = 'apiKey'>
  extends Operation<Input, Body, Result, CredentialName> {
  /**
   * The body that makes a start do what this bot would have done. The bot is what the provider answers, where what is
   * null is left out: an object, JSON text or bytes. Overrides are what shall be different: plain objects are merged
   * member by member; everything else, also null, a list, or an object that stands for one of several choices, takes
   * the place of what the bot has. Bad data never makes it throw.
   *
   * @example
   * ```ts
   * const { ok, body, issues } = recall.startRecording.matchBot(bot, { retention: { type: 'timed', hours: 24 } })
   * ```
   */
  matchBot(bot: Bot | string | Uint8Array, overrides?: Overrides<Body> | string | Uint8Array): Match<Body>

  /**
   * The same for the configuration that a bot was created with, as it was written: what is absent has its default.
   *
   * @example
   * ```ts
   * const config: recall.RecordingConfig = { transcript: { provider: { meeting_captions: {} } }, retention: null }
   * const { body, wouldHaveChanged } = recall.startRecording.matchConfig(config, { audio_mixed_mp3: {} })
   * ```
   */
  matchConfig(config: Config | string | Uint8Array, overrides?: Overrides<Body> | string | Uint8Array): Match<Body>

  with(options: Options<Body>): MatchingOperation<Input, Body, Result, Config, Bot, CredentialName>
}

/**
 * Fields of a body that shall be different: all of them may be absent, also in plain objects inside. A list, and an object
 * that stands for one of several choices, is written whole.
 *
 * @example
 * ```ts
 * const overrides: Overrides<recall.StartRecordingBody> = {
 *   transcript: { diarization: { use_separate_streams_when_available: true } },
 *   video_mixed_mp4: null,
 * }
 * ```
 */
export type Overrides<Value> = { readonly [Name in keyof Value]?: Override<Value[Name]> }

type Override<Value> =
  IsUnion<Extract<Value, object>> extends true
    ? Value
    : Value extends object
      ? Value extends readonly unknown[]
        ? Value
        : Overrides<Value>
      : Value

type IsUnion<Value, Whole = Value> = [Value] extends [never]
  ? false
  : Value extends unknown
    ? [Whole] extends [Value]
      ? false
      : true
    : never

/**
 * What would have been different, without a word, had only the overrides been sent.
 *
 * @example
 * ```ts
 * for (const { pointer, bot, start } of match.wouldHaveChanged) console.log(pointer, bot, '→', start)
 * ```
 */
export interface ChangedValue {
  /** The place in the body, as a JSON Pointer. */
  readonly pointer: string
  /** What the bot has there; absent when it has nothing. */
  readonly bot?: JsonValue
  /** What the start would have had there; absent when it would have had nothing. */
  readonly start?: JsonValue
  /** Places in the body whose values are left out of both, because they are secrets or may be. */
  readonly withheld?: readonly string[]
}

interface MatchDetails {
  /** Where each value of the body comes from, by JSON Pointer into the body. */
  readonly origins: Readonly<Record<string, MatchOrigin>>
  readonly wouldHaveChanged: readonly ChangedValue[]
  /** What was found: in the bot or configuration (`/bot/…`, `/config/…`) and in the overrides (`/overrides/…`). */
  readonly issues: readonly Issue[]
  /** The issues that say that this is no body to send. */
  readonly errors: readonly Issue[]
  /** The issues that mean that something will not be as it is with the bot, or not happen as written. */
  readonly warnings: readonly Issue[]
  /** True when there were more issues than `limits.issues`; the rest is left out. */
  readonly truncated: boolean
}

/**
 * A body that matches a bot, everything written out. It is undefined when there was nothing to make it of.
 *
 * @example
 * ```ts
 * const match = recall.startRecording.matchBot(bot)
 * if (match.ok) start(match.body)
 * else for (const { pointer, message } of match.errors) console.error(pointer, message)
 * ```
 */
export type Match<Body> =
  | (MatchDetails & { readonly ok: true; readonly body: Body })
  | (MatchDetails & { readonly ok: false; readonly body: Body | undefined })
