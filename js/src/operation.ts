// An operation of a provider's API, as programs use it: check, build, and its body alone.
import type { Answer, AnswerContent, ReadAnswerOptions, ReadResponseOptions } from './answer.js'
import { type AnsweredOperation, readReceived } from './answers/read-answer.js'
import { limitOf, receivedContent, receivedResponse } from './answers/received.js'
import { isSound, runCustomRules } from './custom-rules.js'
import { type EngineLimits, type OperationDescription, RunFlag, RunStatus } from './engine/abi.js'
import { currentSession, type RunResult, type Session } from './engine/session.js'
import { InvalidOptionsError } from './errors/invalid-options-error.js'
import { RequestInvalidError } from './errors/request-invalid-error.js'
import type { Issue } from './issue.js'
import { messageText, type Translations } from './messages.js'
import { type CheckedOptions, limitsWith, mergeOptions, noOptions, type Options, optionsJson } from './options.js'
import type { ProviderImage } from './provider.js'
import { makeReport, type Origin, type Report } from './report.js'
import { parseHead, RecordingRequest, type RequestContent, type SentBody } from './request.js'
import { type Snapshot, snapshotBody, snapshotInput, snapshotValue } from './snapshot.js'
import type { StandardSchema, StandardSchemaProperties, StandardSchemaResult } from './standard-schema.js'
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

class ProviderOperation<Input, Body, Result, CredentialName extends string>
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
    return { issues: report.errors.map(({ message, path }) => ({ message, path })) }
  }

  #report(snapshot: Snapshot): Report<Body> {
    try {
      return this.#runner.check(snapshot, RunFlag.check + RunFlag.bodyAlone)
    } finally {
      snapshot.release()
    }
  }
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

/** An operation, or a schema that stands for itself, in the instance that runs it. */
interface Attachment {
  readonly session: Session
  readonly profile: number
  readonly number: number
  /** Of the operation; a schema has none. */
  readonly description: OperationDescription | undefined
  readonly limits: EngineLimits
}

/** What the engine is given of a snapshot. */
type Source = Pick<Snapshot, 'written' | 'text'>

interface EngineReport {
  readonly issues: readonly Issue[]
  readonly truncated: boolean
  readonly provenance?: Readonly<Record<string, Origin>>
}

const nothingToReport: EngineReport = { issues: [], truncated: false }

/** Runs one operation or schema under one set of options, in whichever instance of the engine is the current one. */
class Runner {
  readonly name: string
  readonly #provider: ProviderImage
  readonly #options: CheckedOptions
  readonly #kind: number
  #attachment: Attachment | undefined

  /** `kind` is `RunFlag.standalone` for a schema that stands for itself, else 0. */
  constructor(provider: ProviderImage, name: string, options: CheckedOptions, kind: number) {
    this.#provider = provider
    this.name = name
    this.#options = options
    this.#kind = kind
  }

  get limits(): EngineLimits {
    return this.#attach().limits
  }

  with(options: Options): Runner {
    const { description } = currentSession().load(this.#provider.name, this.#provider.image)
    const runner = new Runner(this.#provider, this.name, mergeOptions(this.#options, options, description), this.#kind)
    if (runner.#attach().description?.body === false && runner.#options.extraBody !== undefined)
      throw new InvalidOptionsError('extraBody', `${this.name} has no body on which extraBody could be laid.`)
    return runner
  }

  get messages(): Translations {
    return this.#options.messages
  }

  /** The operation as answers are read with it. */
  answered(takesBody: boolean): AnsweredOperation {
    const { name: provider, answers: table } = this.#provider
    const judge = (body: string | Uint8Array) => {
      const strict = new Runner(this.#provider, this.name, noOptions, 0)
      const snapshot = snapshotBody(body, strict.limits)
      try {
        const { issues } = strict.check(snapshot, RunFlag.check + RunFlag.bodyAlone)
        return { date: currentSession().load(provider, this.#provider.image).description.date, issues }
      } finally {
        snapshot.release()
      }
    }
    return { provider, name: this.name, takesBody, table, messages: this.messages, judge }
  }

  check<Value>(snapshot: Snapshot, flags: number): Report<Value> {
    if (snapshot.issues.length > 0) return makeReport<Value>(false, undefined, snapshot.issues, snapshot.truncated)
    return this.#checkSource(snapshot, flags)
  }

  #checkSource<Value>(source: Source, flags: number): Report<Value> {
    const result = this.#run(source, flags)
    const { issues, truncated, provenance } = this.#reportOf(result)
    const value = result.body === '' ? undefined : (JSON.parse(result.body as string) as Value)
    const report = makeReport(result.status === RunStatus.ok, value, issues, truncated, provenance)
    return this.#options.customRules.size === 0 ? report : this.#checkCustomRules(report, source, flags, result)
  }

  build<Content extends RequestContent, CredentialName extends string>(
    snapshot: Snapshot,
  ): RecordingRequest<Content, CredentialName> {
    if (snapshot.issues.length > 0) throw this.#invalid(snapshot)
    let report: EngineReport | undefined
    let source: Source = snapshot
    if (this.#options.customRules.size > 0) {
      // A rule that changes the caller's bytes does not change what is sent.
      const { text } = snapshot
      if (typeof text === 'object') source = { written: snapshot.written, text: text.slice() }
      const checked = this.#checkSource(source, RunFlag.check)
      if (!checked.ok) throw this.#invalid(checked)
      report = checked
    }
    const result = this.#run(source, 0)
    const { issues, truncated } = report ?? this.#reportOf(result)
    if (result.status !== RunStatus.ok) throw this.#invalid({ issues, truncated })
    const { description } = this.#attach()
    if (description === undefined) throw new TypeError(`${this.name} is a schema: there is no request to build.`)
    const { method, body, credential } = description
    return new RecordingRequest({
      method,
      ...parseHead(result.head),
      body: (body ? result.body : undefined) as Content,
      issues,
      credential,
    })
  }

  #invalid({ issues, truncated }: EngineReport): RequestInvalidError {
    const { date } = currentSession().load(this.#provider.name, this.#provider.image).description
    return new RequestInvalidError(this.name, issues, truncated, { date })
  }

  #checkCustomRules<Value>(report: Report<Value>, { text }: Source, flags: number, { body }: RunResult): Report<Value> {
    const around = (flags & RunFlag.bodyAlone) === 0 ? ['body'] : []
    if (body === '' || !isSound(report.issues, report.ok, report.truncated, around)) return report
    const value: unknown = JSON.parse(body as string)
    const most = this.limits.issues
    const found = runCustomRules({
      rules: this.#options.customRules,
      body: around.length === 0 ? value : (value as { body: unknown }).body,
      text,
      around,
      most,
      translated: this.messages,
    })
    const ok = report.ok && !found.some(({ severity }) => severity === 'error')
    const issues = [...report.issues, ...found]
    const truncated = report.truncated || issues.length > most
    return makeReport(ok, report.value, issues.slice(0, most), truncated, report.provenance)
  }

  #run({ written, text }: Source, flags: number): RunResult {
    // Taking the snapshot may have run code of the caller's, which may have used up the instance from before.
    const { session, profile, number } = this.#attach()
    if (text === undefined) return session.run(profile, number, flags + this.#kind, written, undefined, false)
    const isString = typeof text === 'string'
    const bytesOut = !isString && (flags & RunFlag.check) === 0
    const textFlags = flags + this.#kind + RunFlag.bodyText + (isString ? RunFlag.utf16Offsets : 0)
    return session.run(profile, number, textFlags, written, text, bytesOut)
  }

  #attach(): Attachment {
    const session = currentSession()
    if (this.#attachment?.session === session) return this.#attachment
    const provider = session.load(this.#provider.name, this.#provider.image)
    const { operations, schemas } = provider.description
    const names = this.#kind === 0 ? operations.map(({ name }) => name) : schemas
    const number = names.indexOf(this.name)
    if (number < 0) throw new TypeError(`${this.#provider.name} has nothing called "${this.name}".`)
    const description = this.#kind === 0 ? operations[number] : undefined
    const profile = session.profile(provider, optionsJson(this.#options))
    if (typeof profile !== 'number')
      throw new InvalidOptionsError('', `The engine refuses these options: ${profile.refused}`)
    const limits = limitsWith(this.#options, provider.description)
    return (this.#attachment = { session, profile, number, description, limits })
  }

  #reportOf({ status, report }: RunResult): EngineReport {
    if (report !== '') return JSON.parse(report) as EngineReport
    return status === RunStatus.memoryExhausted ? memoryReport(this.messages) : nothingToReport
  }
}

function memoryReport(translated: Translations): EngineReport {
  const message = messageText('too-large.memory', {}, translated)
  const issue: Issue = { code: 'too-large', severity: 'error', path: [], pointer: '', message, params: {} }
  return { issues: [issue], truncated: false }
}
