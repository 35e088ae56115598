// How strictly to look and what to fill in: checking the options and laying new ones over old ones.
import type { ActiveRule, CustomRule } from './custom-rules.js'
import type { EngineLimits, ProviderDescription } from './engine/abi.js'
import { InvalidOptionsError } from './errors/invalid-options-error.js'
import { isEngineMessage, type Translations } from './messages.js'
import { snapshotValue } from './snapshot.js'
import { snapshotJson } from './snapshot-json.js'
import { closest } from './suggestion.js'
import type { JsonValue } from './types.js'

/**
 * How strictly to look, and what to fill in.
 *
 * @example
 * ```ts
 * const lenient = recall.startRecording.with({ unknown: 'warn', defaults: 'omit', rules: { 'recall/no-localhost':
 * 'off' } })
 * ```
 */
export interface Options<Body = unknown> {
  /**
   * Which defaults are written into a body: `explicit`, those that the endpoint documents as its own and that nothing
   * else can supply; `known`, the provider's other known defaults, too; `omit`, none.
   *
   * @default 'explicit'
   */
  readonly defaults?: 'explicit' | 'known' | 'omit' | undefined
  /**
   * What an unlisted field, or an unlisted value of an enum, is.
   *
   * @default 'error'
   */
  readonly unknown?: 'error' | 'warn' | 'allow' | undefined
  /** Other severities for rules, by id. Structural errors cannot be lowered. */
  readonly rules?: Readonly<Record<string, RuleSetting>> | undefined
  /** What a single call may cost. */
  readonly limits?: Limits | undefined
  /** Rules of your own, which run after those of the provider. One with the id of an earlier one takes its place. */
  readonly customRules?: readonly CustomRule<Body>[] | undefined
  /**
   * Other words for messages, for translations: by the keys of `recreq/messages/en.json`, by the ids of rules, and by
   * provider and status for what a failure means: `recall/401`. `{name}` stands for a parameter.
   */
  readonly messages?: Readonly<Record<string, string>> | undefined
  /**
   * Fields that recreq does not know yet, laid on the body after the check: objects are merged member by member at any
   * depth, anything else replaces what was there.
   */
  readonly extraBody?: Readonly<Record<string, JsonValue>> | undefined
  /**
   * Whether reports say where each value of the effective body comes from.
   *
   * @default false
   */
  readonly provenance?: boolean | undefined
}

/**
 * The severity of a rule, or `off`.
 *
 * @example
 * ```ts
 * const rules: Record<string, RuleSetting> = { 'recall/no-localhost': 'warning' }
 * ```
 */
export type RuleSetting = 'error' | 'warning' | 'info' | 'off'

/**
 * What a single call may cost. Reaching a limit is an issue, never a crash.
 *
 * @example
 * ```ts
 * const strict = recall.startRecording.with({ limits: { bytes: 65_536, depth: 16 } })
 * ```
 */
export interface Limits {
  /**
   * Bytes of JSON: of a body's text, or of what an input's objects become.
   *
   * @default 1048576
   */
  readonly bytes?: number | undefined
  /**
   * Levels of nesting in a body.
   *
   * @default 64
   */
  readonly depth?: number | undefined
  /**
   * Values in a body, members and elements included.
   *
   * @default 100000
   */
  readonly values?: number | undefined
  /**
   * Issues in a report; with more, `truncated` is true.
   *
   * @default 100
   */
  readonly issues?: number | undefined
}

/** Options that have been checked. All members are own ones, so that nothing is taken from a prototype. */
export interface CheckedOptions {
  readonly defaults: string | undefined
  readonly unknown: string | undefined
  readonly rules: ReadonlyMap<string, string>
  readonly limits: ReadonlyMap<string, number>
  readonly customRules: ReadonlyMap<string, ActiveRule>
  readonly messages: Translations
  /** JSON text. */
  readonly extraBody: string | undefined
  readonly provenance: boolean
}

/** What holds when nothing is chosen. */
export const noOptions: CheckedOptions = {
  defaults: undefined,
  unknown: undefined,
  rules: new Map(),
  limits: new Map(),
  customRules: new Map(),
  messages: new Map(),
  extraBody: undefined,
  provenance: false,
}

/** Options that stand in one object. */
interface OptionGroup {
  /** The option whose members they are; empty for those at the top. */
  readonly option: string
  readonly noun: string
  readonly names: readonly string[]
  readonly example: string
}

const allOptions: OptionGroup = {
  option: '',
  noun: 'option',
  names: ['defaults', 'unknown', 'rules', 'limits', 'customRules', 'messages', 'extraBody', 'provenance'],
  example: "{ unknown: 'warn' }",
}
const limitOptions: OptionGroup = {
  option: 'limits',
  noun: 'limit',
  names: ['bytes', 'depth', 'values', 'issues'],
  example: '{ depth: 16 }',
}
const ruleOptions = (names: readonly string[]): OptionGroup => ({
  option: 'rules',
  noun: 'rule',
  names,
  example: `{ '${names[0] ?? 'id'}': 'off' }`,
})
const defaultsValues = ['explicit', 'known', 'omit']
const unknownValues = ['error', 'warn', 'allow']
const ruleSettings = ['error', 'warning', 'info', 'off']
// The engine counts in 32 bits.
const largestLimit = 0x7fff_ffff

/**
 * Checks `options` and lays them over `earlier`: rules, limits, custom rules and messages one by one, the others as a
 * whole.
 *
 * @throws {@link InvalidOptionsError}
 */
export function mergeOptions(earlier: CheckedOptions, options: unknown, provider: ProviderDescription): CheckedOptions {
  const given = membersOf(allOptions, options)
  const merged = {
    defaults: given.has('defaults') ? oneOf('defaults', given.get('defaults'), defaultsValues) : earlier.defaults,
    unknown: given.has('unknown') ? oneOf('unknown', given.get('unknown'), unknownValues) : earlier.unknown,
    rules: new Map(earlier.rules),
    limits: given.has('limits')
      ? mergeLimits(earlier.limits, given.get('limits'), provider.largestDepth)
      : earlier.limits,
    customRules: new Map(earlier.customRules),
    messages: given.has('messages') ? mergeMessages(earlier.messages, given.get('messages')) : earlier.messages,
    extraBody: given.has('extraBody') ? extraBodyJson(given.get('extraBody'), provider) : earlier.extraBody,
    provenance: given.has('provenance') ? isTrue('provenance', given.get('provenance')) : earlier.provenance,
  }
  if (given.has('customRules')) addCustomRules(merged.customRules, given.get('customRules'), provider.rules)
  if (given.has('rules')) setRules(merged, given.get('rules'), provider.rules)
  return merged
}

/** The options as the engine takes them: equal options give equal text. */
export function optionsJson(options: CheckedOptions): string {
  const { defaults, unknown, rules, limits, customRules, messages, extraBody, provenance } = options
  const members: string[] = []
  if (defaults !== undefined) members.push(`"defaults":${JSON.stringify(defaults)}`)
  if (unknown !== undefined) members.push(`"unknown":${JSON.stringify(unknown)}`)
  if (rules.size > 0) members.push(`"rules":${objectJson(rules)}`)
  if (limits.size > 0) members.push(`"limits":${objectJson(limits)}`)
  if (messages.size > 0) {
    const itsOwn = [...messages].filter(([key]) => isEngineMessage(key) && !customRules.has(key))
    members.push(`"messages":${objectJson(new Map(itsOwn))}`)
  }
  if (extraBody !== undefined) members.push(`"extraBody":${JSON.stringify(extraBody)}`)
  if (provenance) members.push('"provenance":true')
  return `{${members.join(',')}}`
}

/** The limits that hold with these options. */
export function limitsWith({ limits }: CheckedOptions, provider: ProviderDescription): EngineLimits {
  return { ...provider.limits, ...Object.fromEntries(limits) }
}

function setRules(
  merged: { readonly rules: Map<string, string>; readonly customRules: Map<string, ActiveRule> },
  rules: unknown,
  known: readonly string[],
): void {
  const names = [...known, ...merged.customRules.keys()]
  for (const [id, given] of membersOf(ruleOptions(names), rules)) {
    const severity = oneOf(`rules["${id}"]`, given, ruleSettings) as ActiveRule['severity']
    const custom = merged.customRules.get(id)
    if (custom === undefined) merged.rules.set(id, severity)
    else merged.customRules.set(id, { ...custom, severity })
  }
}

function addCustomRules(merged: Map<string, ActiveRule>, given: unknown, known: readonly string[]): void {
  if (!Array.isArray(given))
    throw new InvalidOptionsError('customRules', 'The option customRules is an array of rules.')
  given.forEach((rule: unknown, index) => {
    const option = `customRules[${index}]`
    if (typeof rule !== 'object' || rule === null || typeof (rule as CustomRule).check !== 'function')
      throw new InvalidOptionsError(option, `${option} is not a rule: an object with an "id" and a function "check".`)
    const { id, severity = 'error' } = rule as CustomRule
    if (typeof id !== 'string' || id === '')
      throw new InvalidOptionsError(`${option}.id`, `${option} has no id. Write one, for example "team/no-webhooks".`)
    if (known.includes(id))
      throw new InvalidOptionsError(`${option}.id`, `The provider has a rule "${id}". Give yours another id.`)
    const checked = oneOf(`${option}.severity`, severity, ruleSettings.slice(0, 3)) as ActiveRule['severity']
    merged.set(id, { rule: rule as CustomRule, severity: checked })
  })
}

function mergeMessages(earlier: Translations, given: unknown): Translations {
  const merged = new Map(earlier)
  for (const [key, text] of ownMembers('messages', "{ 'unknown-key': '…' }", given)) {
    const option = `messages["${key}"]`
    if (typeof text !== 'string') throw new InvalidOptionsError(option, `The option ${option} is a text.`)
    merged.set(key, text)
  }
  return merged
}

function extraBodyJson(given: unknown, provider: ProviderDescription): string {
  const snapshot = snapshotValue(given, provider.limits)
  try {
    const [issue] = snapshot.issues
    if (issue !== undefined) {
      const problem = `The option extraBody is not JSON at "${issue.pointer}". ${issue.message}`
      throw new InvalidOptionsError('extraBody', problem)
    }
    const json = snapshotJson(snapshot.written)
    if (!json.startsWith('{'))
      throw new InvalidOptionsError('extraBody', 'The option extraBody is an object, for example { new_field: true }.')
    return json
  } finally {
    snapshot.release()
  }
}

function isTrue(option: string, given: unknown): boolean {
  if (typeof given === 'boolean') return given
  throw new InvalidOptionsError(option, `The option ${option} is true or false.`)
}

function mergeLimits(earlier: ReadonlyMap<string, number>, limits: unknown, largestDepth: number): Map<string, number> {
  const merged = new Map(earlier)
  for (const [name, limit] of membersOf(limitOptions, limits)) {
    const option = `limits.${name}`
    const largest = name === 'depth' ? largestDepth : largestLimit
    if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > largest) {
      throw new InvalidOptionsError(option, `The option ${option} is a whole number from 1 to ${largest}.`)
    }
    merged.set(name, limit)
  }
  return merged
}

function ownMembers(option: string, example: string, value: unknown): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const what = option === '' ? 'Options are' : `The option ${option} is`
    throw new InvalidOptionsError(option, `${what} an object, for example ${example}.`)
  }
  return new Map(Object.entries(value).filter(([, member]) => member !== undefined))
}

// The members that are there: own ones that are not undefined, all of them known.
function membersOf(group: OptionGroup, value: unknown): Map<string, unknown> {
  const { option, noun, names, example } = group
  const members = ownMembers(option, example, value)
  for (const name of members.keys()) {
    if (names.includes(name)) continue
    const near = closest(name, names)
    const advice = near === undefined ? `There are ${names.join(', ')}.` : `Did you mean "${near}"?`
    throw new InvalidOptionsError(
      option === '' ? name : `${option}.${name}`,
      `There is no ${noun} "${name}". ${advice}`,
    )
  }
  return members
}

function oneOf(option: string, value: unknown, values: readonly string[]): string {
  if (typeof value === 'string' && values.includes(value)) return value
  const near = typeof value === 'string' ? closest(value, values) : undefined
  const advice = near === undefined ? '' : ` Did you mean "${near}"?`
  throw new InvalidOptionsError(
    option,
    `The option ${option} is one of ${values.map((known) => `"${known}"`).join(', ')}.${advice}`,
  )
}

// Only texts and numbers go through JSON.stringify, so that nobody's toJSON is asked.
function objectJson(members: ReadonlyMap<string, string | number>): string {
  const names = [...members.keys()].sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(members.get(name))}`).join(',')}}`
}
