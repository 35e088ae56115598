// Rules of the caller's own: what they are, and running them over an effective body. What they return is taken over
// property by property, so that an issue is nothing but data afterwards.
import { CustomRuleError } from './errors/custom-rule-error.js'
import { type Issue, type PatchOperation, pointerOf, type Severity, tokensOf } from './issue.js'
import { fillMessage, type Translations } from './messages.js'
import { positionOfValue } from './text-position.js'

/**
 * A rule of your own, beside those of the provider. It runs after them, over the body as it will be sent, and only
 * when the body has no structural error: values have the types that they should have.
 *
 * @example
 * ```ts
 * const keepsNothing: CustomRule<recall.StartRecordingBody> = {
 *   id: 'team/keep-a-day-at-most',
 *   check({ retention }) {
 *     if (retention?.type !== 'timed' || (retention.hours ?? 0) <= 24) return undefined
 *     return { pointer: '/retention/hours', message: 'We keep recordings for a day at most. Write 24.' }
 *   },
 * }
 * const operation = recall.startRecording.with({ customRules: [keepsNothing] })
 * ```
 */
export interface CustomRule<Body = unknown> {
  /** As issues name it. The options `rules` and `messages` know it by this name, too. */
  readonly id: string
  /** Of its issues, unless they have one of their own; `error` when absent. */
  readonly severity?: Severity | undefined
  /** Looks at the effective body, which is frozen, and returns what is wrong with it. */
  check(body: Body): CustomIssue | Iterable<CustomIssue> | undefined
}

/**
 * What a custom rule says of a body. Pointers begin at the body.
 *
 * @example
 * ```ts
 * const issue: CustomIssue = { pointer: '/retention', message: 'Say how long we keep it.', severity: 'warning' }
 * ```
 */
export interface CustomIssue {
  /** The value to blame, as a JSON Pointer; the body itself when absent. */
  readonly pointer?: string | undefined
  /** What will happen, where, what to write; `{name}` stands for a parameter. */
  readonly message: string
  readonly severity?: Severity | undefined
  readonly params?: Issue['params'] | undefined
  readonly expected?: Issue['expected'] | undefined
  readonly suggestion?: string | undefined
  /** Operations on the input that make the issue go away. */
  readonly fix?: readonly PatchOperation[] | undefined
  readonly confidence?: Issue['confidence'] | undefined
  readonly docs?: string | undefined
}

/** A custom rule with the severity that holds after the option `rules`. */
export interface ActiveRule {
  readonly rule: CustomRule
  readonly severity: Severity | 'off'
}

/** What custom rules look at. */
export interface CustomCheck {
  readonly rules: ReadonlyMap<string, ActiveRule>
  /** The effective body; theirs alone, as it is frozen. */
  readonly body: unknown
  /** The body's own text. */
  readonly text: string | Uint8Array | undefined
  /** The keys that lead to the body. */
  readonly around: readonly string[]
  /** The most issues that one rule may report. */
  readonly most: number
  readonly translated: Translations
}

const severities: readonly unknown[] = ['error', 'warning', 'info']
const confidences: readonly unknown[] = ['documented', 'observed', 'inferred']
const pointerForm = /^(?:\/(?:[^~/]|~[01])*)*$/

/** Whether custom rules can look at a body of which this was found: its values have the types that they should have. */
export function isSound(issues: readonly Issue[], ok: boolean, truncated: boolean, around: readonly string[]): boolean {
  if (truncated && !ok) return false
  const pointer = pointerOf(around)
  return !issues.some(
    (issue) =>
      issue.severity === 'error' &&
      !['rule', 'unknown-key', 'unknown-value'].includes(issue.code) &&
      (issue.pointer === pointer || issue.pointer.startsWith(`${pointer}/`)),
  )
}

/**
 * The issues of all custom rules, in the order of the rules.
 *
 * @throws {@link CustomRuleError}
 */
export function runCustomRules(check: CustomCheck): Issue[] {
  deepFreeze(check.body)
  const issues: Issue[] = []
  for (const active of check.rules.values()) {
    if (active.severity !== 'off') issues.push(...issuesOf(active.rule, active.severity, check))
  }
  return issues
}

function issuesOf(rule: CustomRule, severity: Severity, check: CustomCheck): Issue[] {
  const { id } = rule
  const issues: Issue[] = []
  try {
    const returned: unknown = rule.check(check.body)
    if (returned === undefined || returned === null) return issues
    if (typeof returned !== 'object' || 'then' in returned)
      throw new CustomRuleError(id, 'has to return an issue, a list of issues or nothing, and at once.')
    const found = (Symbol.iterator in returned ? returned : [returned]) as Iterable<unknown>
    for (const each of found) {
      if (issues.length === check.most)
        throw new CustomRuleError(id, `reports more than ${check.most} issues, which is the limit "issues".`)
      issues.push(takeIssue(each, id, severity, check))
    }
  } catch (error) {
    if (error instanceof CustomRuleError) throw error
    throw new CustomRuleError(id, 'threw an exception.', { cause: error })
  }
  return issues
}

function takeIssue(given: unknown, rule: string, ruleSeverity: Severity, check: CustomCheck): Issue {
  if (typeof given !== 'object' || given === null)
    throw new CustomRuleError(rule, 'reports something that is no issue.')
  const { pointer: below = '', message, severity = ruleSeverity, params = {}, fix, ...rest } = given as CustomIssue
  const { expected, suggestion, confidence, docs } = rest
  const claim = (holds: boolean, member: string, expectation: string) => {
    if (!holds) throw new CustomRuleError(rule, `reports an issue whose "${member}" is not ${expectation}.`)
  }
  claim(isPointer(below), 'pointer', 'a JSON Pointer, for example "/retention/hours"')
  claim(typeof message === 'string' && message !== '', 'message', 'a text')
  claim(severities.includes(severity), 'severity', '"error", "warning" or "info"')
  const plainParams = typeof params === 'object' && Object.values(params).every(isTextOrNumber)
  claim(plainParams, 'params', 'an object of texts and numbers')
  const fits = expected === undefined || typeof expected === 'string' || Array.isArray(expected)
  claim(fits, 'expected', 'a text or a list')
  claim(suggestion === undefined || typeof suggestion === 'string', 'suggestion', 'a text')
  const sure = confidence === undefined || confidences.includes(confidence)
  claim(sure, 'confidence', '"documented", "observed" or "inferred"')
  claim(docs === undefined || typeof docs === 'string', 'docs', 'a text')
  claim(fix === undefined || (Array.isArray(fix) && fix.every(isOperation)), 'fix', 'a list of JSON Patch operations')

  const around = pointerOf(check.around)
  const inBody = pathIn(check.body, below)
  return {
    code: 'rule',
    rule,
    severity,
    path: [...check.around, ...inBody],
    pointer: around + below,
    message: fillMessage(check.translated.get(rule) ?? message, params),
    params: { ...params },
    ...(expected !== undefined && { expected }),
    ...(suggestion !== undefined && { suggestion }),
    ...(fix !== undefined && { fix: fix.map((operation) => moveBelow(around, operation)) }),
    ...(confidence !== undefined && { confidence }),
    ...(docs !== undefined && { docs }),
    ...(check.text !== undefined && positionOfValue(check.text, inBody)),
  }
}

function isPointer(value: unknown): value is string {
  return typeof value === 'string' && pointerForm.test(value)
}

function isTextOrNumber(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number'
}

function isOperation(value: unknown): value is PatchOperation {
  if (typeof value !== 'object' || value === null) return false
  const { op, path, from, value: added } = value as Record<string, unknown>
  if (!isPointer(path)) return false
  return op === 'remove' || (op === 'move' && isPointer(from)) || (op === 'add' && added !== undefined)
}

function moveBelow(around: string, operation: PatchOperation): PatchOperation {
  const path = around + operation.path
  if (operation.op === 'remove') return { op: 'remove', path }
  if (operation.op === 'move') return { op: 'move', from: around + operation.from, path }
  return { op: 'add', path, value: operation.value }
}

// A pointer as keys and indices: which of them a token is depends on what stands there.
function pathIn(body: unknown, pointer: string): (string | number)[] {
  let at = body
  return tokensOf(pointer).map((token) => {
    const step = Array.isArray(at) && /^(?:0|[1-9]\d{0,8})$/.test(token) ? Number(token) : token
    const there = typeof at === 'object' && at !== null && Object.hasOwn(at, step)
    at = there ? (at as Record<string | number, unknown>)[step] : undefined
    return step
  })
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  for (const child of Object.values(value)) deepFreeze(child)
}
