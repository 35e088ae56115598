// One operation or schema under one set of options: what was given goes to the engine, what it says becomes reports and
// requests.
import type { AnsweredOperation } from './answers/read-answer.js'
import type { ProviderImage } from './connecting.js'
import { isSound, runCustomRules } from './custom-rules.js'
import { type EngineLimits, type OperationDescription, RunFlag, RunStatus } from './engine/abi.js'
import type { RunResult, Session } from './engine/session.js'
import { InvalidOptionsError } from './errors/invalid-options-error.js'
import { RequestInvalidError } from './errors/request-invalid-error.js'
import type { Issue } from './issue.js'
import { messageText, type Translations } from './messages.js'
import { type CheckedOptions, limitsWith, mergeOptions, noOptions, type Options, optionsJson } from './options.js'
import { makeReport, type Origin, type Report } from './report.js'
import { parseHead, RecordingRequest, type RequestContent } from './request.js'
import { type Snapshot, snapshotBody } from './snapshot.js'

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
export type Source = Pick<Snapshot, 'written' | 'text'>

interface EngineReport {
  readonly issues: readonly Issue[]
  readonly truncated: boolean
  readonly provenance?: Readonly<Record<string, Origin>>
}

const nothingToReport: EngineReport = { issues: [], truncated: false }

/** Runs one operation or schema under one set of options, in whichever instance of the engine is the current one. */
export class Runner {
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
    const { description } = this.#provider.engine.session().load(this.#provider.name, this.#provider.image)
    const runner = new Runner(this.#provider, this.name, mergeOptions(this.#options, options, description), this.#kind)
    if (runner.#attach().description?.body === false && runner.#options.extraBody !== undefined)
      throw new InvalidOptionsError('extraBody', `${this.name} has no body on which extraBody could be laid.`)
    return runner
  }

  get messages(): Translations {
    return this.#options.messages
  }

  get customRules(): CheckedOptions['customRules'] {
    return this.#options.customRules
  }

  /** The operation as answers are read with it. */
  answered(takesBody: boolean): AnsweredOperation {
    const { name: provider, answers: table } = this.#provider
    const judge = (body: string | Uint8Array) => {
      const strict = new Runner(this.#provider, this.name, noOptions, 0)
      const snapshot = snapshotBody(body, strict.limits)
      try {
        const { issues } = strict.check(snapshot, RunFlag.check + RunFlag.bodyAlone)
        return { date: this.#provider.engine.session().load(provider, this.#provider.image).description.date, issues }
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
    const { url, headers } = parseHead(result.head)
    return new RecordingRequest({
      method,
      url,
      headers,
      body: (body ? result.body : undefined) as Content,
      issues,
      credential,
    })
  }

  #invalid({ issues, truncated }: EngineReport): RequestInvalidError {
    const { date } = this.#provider.engine.session().load(this.#provider.name, this.#provider.image).description
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

  /** `kind` is `RunFlag.matchBot` or `RunFlag.matchConfig`. */
  match(kind: number, matched: Source, overrides: Source | undefined): RunResult {
    const { session, profile, number } = this.#attach()
    const textFlags = (text: Source['text'], isText: number, hasUtf16Offsets: number) =>
      text === undefined ? 0 : isText + (typeof text === 'string' ? hasUtf16Offsets : 0)
    const flags =
      kind +
      textFlags(matched.text, RunFlag.inputText, RunFlag.inputUtf16Offsets) +
      textFlags(overrides?.text, RunFlag.bodyText, RunFlag.utf16Offsets)
    const laid = overrides?.text ?? overrides?.written
    return session.run(profile, number, flags, matched.text ?? matched.written, laid, false)
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
    const session = this.#provider.engine.session()
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

/** What is said when the engine has no memory left. */
export function memoryReport(translated: Translations): EngineReport {
  const message = messageText('too-large.memory', {}, translated)
  const issue: Issue = { code: 'too-large', severity: 'error', path: [], pointer: '', message, params: {} }
  return { issues: [issue], truncated: false }
}
