// Types that the generated provider modules are written with.

/**
 * An object with exactly one of the keys of `Choices`: the others are refused by the compiler.
 *
 * @example
 * ```ts
 * type Provider = ExactlyOne<{ deepgram_streaming: { model?: string }; meeting_captions: Record<string, never> }>
 * const provider: Provider = { meeting_captions: {} }
 * ```
 */
export type ExactlyOne<Choices> = {
  [Chosen in keyof Choices]-?: { [Key in Chosen]-?: Exclude<Choices[Key], undefined> } & {
    [Other in Exclude<keyof Choices, Chosen>]?: never
  }
}[keyof Choices]

/**
 * A body as its caller has it: an object, JSON text, or JSON text as UTF-8 bytes. Text and bytes give issues with
 * positions.
 *
 * @example
 * ```ts
 * const body: BodyInput<recall.StartRecordingBody> = '{"video_mixed_mp4":{}}'
 * ```
 */
export type BodyInput<Body> = Body | string | Uint8Array

/**
 * An operation's input after a check: the body is an object, whatever it was before, with its defaults filled in.
 *
 * @example
 * ```ts
 * const report = recall.startRecording.check({ region: 'us-west-2', id, body: text })
 * if (report.ok) console.log(report.value.body?.video_mixed_layout)
 * ```
 */
export type Checked<Input> = {
  [Name in keyof Input]: Name extends 'body' ? Exclude<Input[Name], string | Uint8Array> : Input[Name]
}

/**
 * A value that JSON can carry.
 *
 * @example
 * ```ts
 * const value: JsonValue = { metadata: { team: 'research' }, hours: 24 }
 * ```
 */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }
