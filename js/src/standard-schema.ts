// Standard Schema, version 1: the interface by which form and server libraries use a validator that they do not know.
// It is declared here rather than imported, so that the package depends on nothing.

/**
 * Anything that can be used as a Standard Schema. Compatible with `StandardSchemaV1` of `@standard-schema/spec`.
 *
 * @see https://standardschema.dev
 * @example
 * ```ts
 * const schema: StandardSchema<recall.StartRecordingBody> = recall.startRecording.body
 * const result = schema['~standard'].validate(value)
 * ```
 */
export interface StandardSchema<Input, Output = Input> {
  readonly '~standard': StandardSchemaProperties<Input, Output>
}

/**
 * What a Standard Schema has under the key `~standard`.
 *
 * @example
 * ```ts
 * const { vendor, validate } = recall.startRecording.body['~standard']
 * ```
 */
export interface StandardSchemaProperties<Input, Output = Input> {
  readonly version: 1
  readonly vendor: 'recreq'
  /** Checks a value, at once: never a promise. */
  readonly validate: (value: unknown) => StandardSchemaResult<Output>
  /** For type inference only; there is nothing here at run time. */
  readonly types?: { readonly input: Input; readonly output: Output } | undefined
}

/**
 * The value with its defaults, or what is wrong with it. Warnings and infos are not part of a Standard Schema result:
 * `check` has them.
 *
 * @example
 * ```ts
 * const result = recall.startRecording.body['~standard'].validate(value)
 * if (result.issues) throw new Error(result.issues[0]?.message)
 * ```
 */
export type StandardSchemaResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly StandardSchemaIssue[] }

/**
 * An error in a Standard Schema result.
 *
 * @example
 * ```ts
 * const describe = ({ path, message }: StandardSchemaIssue) => `${path.join('.')}: ${message}`
 * ```
 */
export interface StandardSchemaIssue {
  readonly message: string
  /** Where it is. Of a member that is missing, the place where it would be. */
  readonly path: readonly (string | number)[]
}
