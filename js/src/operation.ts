// An operation of a provider's API, as programs use it: check, build, and its body alone.
import type { Answer, AnswerContent, ReadAnswerOptions, ReadResponseOptions } from './answer.js'
import { type AnsweredOperation, readReceived } from './answers/read-answer.js'
import { limitOf, receivedContent, receivedResponse } from './answers/received.js'
import { RunFlag } from './engine/abi.js'
import type { Issue } from './issue.js'
import { noOptions, type Options } from './options.js'
import type { ProviderImage } from './connecting.js'
import type { Report } from './report.js'
import type { RecordingRequest, SentBody } from './request.js'
import { Runner } from './runner.js'
import { type Snapshot, snapshotBody, snapshotInput, snapshotValue } from './snapshot.js'
import type {
  StandardSchema,
  StandardSchemaIssue,
  StandardSchemaProperties,
  StandardSchemaResult,
} from './standard-schema.js'
import type { BodyInput, Checked } from './types.js'

/**
 * An operation of a provider's API. Its input has the server variables, the path, query and header parameters by
 * name, and `body` as an object, as JSON text, or as UTF-8 bytes.
 *
 * @example
 * ```ts
 * const { startRecording } = recall
 * const report = startRecording.check(input)
 * if (report.ok) await fetch(startRecording.build(input).toRequest({ apiKey }))
 * ```
 */
export interface Operation<Input, Body, Result = unknown, CredentialName extends string = 'apiKey'> {
  /** The provider's own name for it, in camelCase. */
  readonly name: string
  /** The body alone: for editors, forms, and what is stored before there is something to send. Undefined without one. */
  readonly body: [Body] extends [never] ? undefined : BodySchema<Body>

  /**
   * Says what is wrong with an input, and what it is with its defaults filled in. Bad input never makes it throw.
   *
   * @example
   * ```ts
   * const report = recall.startRecording.check({ region: 'us-west-2', id, body: { video_separate_mp4: {} } })
   * for (const { pointer, message } of report.errors) console.error(pointer, message)
   * ```
   */
  check(input: Input): Report<Checked<Input>>

  /**
   * Makes the request out of an input.
   *
   * @throws {@link RequestInvalidError} when the input has errors.
   * @example
   * ```ts
   * const request = recall.startRecording.build({ region: 'us-west-2', id })
   * for (const { pointer, message } of request.issues) console.warn(pointer, message)
   * ```
   */
  build(input: Input): RecordingRequest<SentBody<Body>, CredentialName>

  /**
   * Reads what came back: the result, or a failure that says what is wrong and where in the request. A bad answer never
   * makes it throw.
   *
   * @throws {@link TypeError} (the promise is rejected) when this is no `Response`, or its body has been read already;
   * the signal's reason when `signal` is aborted.
   * @example
   * ```ts
   * const response = await fetch(request.toRequest({ apiKey }))
   * const answer = await recall.startRecording.readResponse(response, { request })
   * if (answer.ok) console.log(answer.value.id)
   * else console.error(answer.kind, answer.message)
   * ```
   */
  readResponse(response: Response, options?: ReadResponseOptions): Promise<Answer<Result>>

  /**
   * The same for an answer that has arrived already: its status, its headers, and its body as text or bytes.
   *
   * @throws {@link TypeError} when the status or the body cannot be one.
   * @example
   * ```ts
   * const answer = recall.startRecording.readAnswer({ status: 429, headers: { 'Retry-After': '7' }, body: '' })
   * if (!answer.ok) console.error(answer.kind, answer.retryAfter)
   * ```
   */
  readAnswer(answer: AnswerContent, options?: ReadAnswerOptions): Answer<Result>

  /**
   * The same operation with other options. They are laid over those that it has already.
   *
   * @throws {@link InvalidOptionsError} when an option does not exist or cannot have its value.
   * @example
   * ```ts
   * const lenient = recall.startRecording.with({ unknown: 'warn' })
   * ```
   */
  with(options: Options<Body>): Operation<Input, Body, Result, CredentialName>
}

/**
 * The body of an operation. It is a Standard Schema, so form and server libraries can use it as it is.
 *
 * @example
 * ```ts
 * const report = recall.startRecording.body.check('{"video_separate_mp4":{}}')
 * for (const { line, column, message } of report.errors) console.error(`${line}:${column} ${message}`)
 * ```
 */
export interface BodySchema<Body> extends StandardSchema<Body> {
  /**
   * Says what is wrong with a body: an object, JSON text, or JSON text as UTF-8 bytes. Bad input never makes it throw.
   *
   * @example
   * ```ts
   * const report = recall.startRecording.body.check({ video_mixed_layout: 'gallery_view_v2' })
   * ```
   */
  check(body: BodyInput<Body>): Report<Body>
}

/**
 * A schema that stands for itself: what an operation that recreq does not build takes in one of its fields. It is
 * checked like the body of an operation, and is a Standard Schema as well.
 *
 * @example
 * ```ts
 * const report = recall.recordingConfig.check({ transcript: { provider: { meeting_captions: {} } } })
 * if (report.ok) createBot({ meeting_url, recording_config: report.value })
 * ```
 */
export interface StandaloneSchema<Value> extends BodySchema<Value> {
  /** What it is called in the provider's module. */
  readonly name: string

  /**
   * The same schema with other options. They are laid over those that it has already.
   *
   * @throws {@link InvalidOptionsError} when an option does not exist or cannot have its value.
   * @example
   * ```ts
   * const silent = recall.recordingConfig.with({ rules: { 'recall/manual-start': 'off' } })
   * ```
   */
  with(options: Options<Value>): StandaloneSchema<Value>
}

/** Makes the operation `name` of a provider. Nothing happens before its first use. */
export function createOperation<Input, Body, Result, CredentialName extends string>(
  provider: ProviderImage,
  name: string,
  takesBody: boolean,
): Operation<Input, Body, Result, CredentialName> {
  return new ProviderOperation(new Runner(provider, name, noOptions, 0), takesBody)
}

/** Makes the schema `name` of a provider. Nothing happens before its first use. */
export function createSchema<Value>(provider: ProviderImage, name: string): StandaloneSchema<Value> {
  return new ProviderSchema(new Runner(provider, name, noOptions, RunFlag.standalone))
}

/** Runs an operation. */
export class ProviderOperation<Input, Body, Result, CredentialName extends string>
  implements Operation<Input, Body, Result, CredentialName>
{
  readonly name: string
  readonly body: Operation<Input, Body>['body']
  readonly #runner: Runner

  constructor(runner: Runner, takesBody: boolean) {
    this.name = runner.name
    this.body = (takesBody ? new ProviderBody<Body>(runner) : undefined) as Operation<Input, Body>['body']
    this.#runner = runner
  }

  check(input: Input): Report<Checked<Input>> {
    const snapshot = snapshotInput(input, this.#runner.limits, this.#runner.messages)
    try {
      return this.#runner.check(snapshot, RunFlag.check)
    } finally {
      snapshot.release()
    }
  }

  build(input: Input): RecordingRequest<SentBody<Body>, CredentialName> {
    const snapshot = snapshotInput(input, this.#runner.limits, this.#runner.messages)
    try {
      return this.#runner.build(snapshot)
    } finally {
      snapshot.release()
    }
  }

  async readResponse(response: Response, options: ReadResponseOptions = {}): Promise<Answer<Result>> {
    const limit = limitOf(options.limit)
    const received = await receivedResponse(response, limit, options.signal)
    return readReceived(this.#answered(), received, options) as Answer<Result>
  }

  readAnswer(answer: AnswerContent, options: ReadAnswerOptions = {}): Answer<Result> {
    const limit = limitOf(options.limit)
    return readReceived(this.#answered(), receivedContent(answer, limit), options) as Answer<Result>
  }

  with(options: Options<Body>): Operation<Input, Body, Result, CredentialName> {
    return new ProviderOperation(this.#runner.with(options), this.body !== undefined)
  }

  #answered(): AnsweredOperation {
    return this.#runner.answered(this.body !== undefined)
  }
}

class ProviderBody<Body> implements BodySchema<Body> {
  readonly '~standard': StandardSchemaProperties<Body>
  readonly #runner: Runner

  constructor(runner: Runner) {
    this.#runner = runner
    this['~standard'] = { version: 1, vendor: 'recreq', validate: (value) => this.#validate(value) }
  }

  check(body: BodyInput<Body>): Report<Body> {
    return this.#report(snapshotBody(body, this.#runner.limits, this.#runner.messages))
  }

  // Libraries that validate values mean values: here a string is a string, not JSON text.
  #validate(value: unknown): StandardSchemaResult<Body> {
    const report = this.#report(snapshotValue(value, this.#runner.limits, this.#runner.messages))
    if (report.ok) return { value: report.value }
    return { issues: report.errors.map(standardIssue) }
  }

  #report(snapshot: Snapshot): Report<Body> {
    try {
      return this.#runner.check(snapshot, RunFlag.check + RunFlag.bodyAlone)
    } finally {
      snapshot.release()
    }
  }
}

// An object that lacks a member is at fault; forms show the message where the member would be.
function standardIssue({ code, message, path, params }: Issue): StandardSchemaIssue {
  const lacks = code === 'required' || code === 'dependent-required'
  return { message, path: lacks ? [...path, params['key'] ?? ''] : path }
}

class ProviderSchema<Value> extends ProviderBody<Value> implements StandaloneSchema<Value> {
  readonly name: string
  readonly #runner: Runner

  constructor(runner: Runner) {
    super(runner)
    this.name = runner.name
    this.#runner = runner
  }

  with(options: Options<Value>): StandaloneSchema<Value> {
    return new ProviderSchema(this.#runner.with(options))
  }
}
