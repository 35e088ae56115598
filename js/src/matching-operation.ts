// Runs the matching of a bot: both inputs to the engine, the caller's own rules behind it.
import { isSound, runCustomRules } from './custom-rules.js'
import { RunFlag, RunStatus } from './engine/abi.js'
import { type Issue, type PatchOperation, tokensOf } from './issue.js'
import type { ChangedValue, Match, MatchingOperation, Overrides } from './matching.js'
import { ProviderOperation } from './operation.js'
import { noOptions, type Options } from './options.js'
import type { ProviderImage } from './connecting.js'
import type { MatchOrigin } from './report.js'
import { memoryReport, Runner } from './runner.js'
import { type Snapshot, snapshotBody } from './snapshot.js'

/** Makes the operation `name` of a provider, whose body can match a bot. Nothing happens before its first use. */
export function createMatchingOperation<Input, Body, Result, Config, Bot, CredentialName extends string>(
  provider: ProviderImage,
  name: string,
): MatchingOperation<Input, Body, Result, Config, Bot, CredentialName> {
  return new ProviderMatchingOperation(new Runner(provider, name, noOptions, 0))
}

class ProviderMatchingOperation<Input, Body, Result, Config, Bot, CredentialName extends string>
  extends ProviderOperation<Input, Body, Result, CredentialName>
  implements MatchingOperation<Input, Body, Result, Config, Bot, CredentialName>
{
  readonly #runner: Runner

  constructor(runner: Runner) {
    super(runner, true)
    this.#runner = runner
  }

  matchBot(bot: Bot | string | Uint8Array, overrides?: Overrides<Body> | string | Uint8Array): Match<Body> {
    return this.#match(RunFlag.matchBot, bot, overrides)
  }

  matchConfig(config: Config | string | Uint8Array, overrides?: Overrides<Body> | string | Uint8Array): Match<Body> {
    return this.#match(RunFlag.matchConfig, config, overrides)
  }

  override with(options: Options<Body>): MatchingOperation<Input, Body, Result, Config, Bot, CredentialName> {
    return new ProviderMatchingOperation(this.#runner.with(options))
  }

  #match(kind: number, matched: unknown, overrides: unknown): Match<Body> {
    const { limits, messages } = this.#runner
    const taken = snapshotBody(matched, limits, messages)
    const laid = overrides === undefined ? undefined : snapshotBody(overrides, limits, messages)
    try {
      return match(this.#runner, kind, taken, laid)
    } finally {
      taken.release()
      laid?.release()
    }
  }
}

function match<Body>(
  runner: Runner,
  kind: number,
  matched: Snapshot,
  overrides: Snapshot | undefined,
): Match<Body> {
  const key = kind === RunFlag.matchBot ? 'bot' : 'config'
  const unusable = [...issuesBelow(key, matched.issues), ...issuesBelow('overrides', overrides?.issues ?? [])]
  if (unusable.length > 0) {
    const most = runner.limits.issues
    const truncated = matched.truncated || overrides?.truncated === true || unusable.length > most
    return failedMatch(unusable.slice(0, most), truncated)
  }
  const { status, body, report } = runner.match(kind, matched, overrides)
  if (report === '') return failedMatch(memoryReport(runner.messages).issues, false)
  const found = JSON.parse(report) as MatchReport
  const made = body === '' ? undefined : (JSON.parse(body as string) as Body)
  const complete = makeMatch(status === RunStatus.ok, made, found)
  if (runner.customRules.size === 0 || made === undefined) return complete
  return checkCustomRules(runner, complete, JSON.parse(body as string), found.configuration)
}

// `body` is another copy of the match's body: the rules' own, as it is frozen.
function checkCustomRules<Body>(
  { customRules, limits, messages }: Runner,
  complete: Match<Body>,
  body: unknown,
  configuration: string,
): Match<Body> {
  if (!isSound(complete.issues, complete.ok, complete.truncated, [])) return complete
  const most = limits.issues
  const found = runCustomRules({ rules: customRules, body, text: undefined, around: [], most, translated: messages })
  const placed = found.map((issue) => placeIssue(issue, complete.origins, configuration))
  const ok = complete.ok && !placed.some(({ severity }) => severity === 'error')
  const issues = [...complete.issues, ...placed]
  const truncated = complete.truncated || issues.length > most
  return makeMatch(ok, complete.body, { ...complete, issues: issues.slice(0, most), truncated })
}

/** What the engine says of a match. */
interface MatchReport {
  readonly issues: readonly Issue[]
  readonly truncated: boolean
  /** The pointer at which issues blame the bot's part. */
  readonly configuration: string
  readonly origins: Readonly<Record<string, MatchOrigin>>
  readonly wouldHaveChanged: readonly ChangedValue[]
}

/** Of which nothing came but issues. */
function failedMatch<Body>(issues: readonly Issue[], truncated: boolean): Match<Body> {
  return makeMatch<Body>(false, undefined, { issues, truncated, origins: {}, wouldHaveChanged: [] })
}

/** Sorts the issues. `ok` is the engine's word: the list may have been cut off before the first error. */
function makeMatch<Body>(
  ok: boolean,
  body: Body | undefined,
  report: Omit<MatchReport, 'configuration'>,
): Match<Body> {
  const { issues, truncated, origins, wouldHaveChanged } = report
  const errors = issues.filter((issue) => issue.severity === 'error')
  const warnings = issues.filter((issue) => issue.severity === 'warning')
  const details = { origins, wouldHaveChanged, issues, errors, warnings, truncated }
  return ok ? { ok, body: body as Body, ...details } : { ok, body, ...details }
}

/** Issues of a value as issues of what it stands in. */
function issuesBelow(key: string, issues: readonly Issue[]): Issue[] {
  return issues.map((issue) => ({ ...issue, path: [key, ...issue.path], pointer: `/${key}${issue.pointer}` }))
}

/**
 * An issue of the body as one of what the body was made from: `configuration` is the pointer to the bot's part.
 * A fix remains when it only sets fields of the overrides.
 */
function placeIssue(issue: Issue, origins: MatchReport['origins'], configuration: string): Issue {
  const { fix, ...rest } = issue
  const ofBot = isOfBot(issue.pointer, origins)
  const around = ofBot ? configuration : '/overrides'
  const moved = fix?.map((operation): PatchOperation => ({ ...operation, path: `/overrides${operation.path}` }))
  const sets = moved?.every(({ op, path }) => op === 'add' && path.split('/').length === 3) === true
  return {
    ...rest,
    path: [...tokensOf(around), ...issue.path],
    pointer: around + issue.pointer,
    ...(sets && { fix: moved }),
  }
}

// Whether the value at a pointer, or the nearest one above it that somebody wrote, is the bot's.
function isOfBot(pointer: string, origins: MatchReport['origins']): boolean {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const origin = origins[at]
    if (origin !== undefined && origin !== 'default') return origin === 'bot'
  }
  return false
}
