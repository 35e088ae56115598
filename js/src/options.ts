// How strictly to look and what to fill in: checking the options and laying new ones over old ones.
import type { EngineLimits, ProviderDescription } from './engine/abi.js'
import { InvalidOptionsError } from './errors/invalid-options-error.js'
import { closest } from './suggestion.js'

/**
 * How strictly to look, and what to fill in.
 *
 * @example
 * ```ts
 * const lenient = recall.startRecording.with({ unknown: 'warn', defaults: 'omit', rules: { 'recall/no-localhost':
 * 'off' } })
 * ```
 */
export interface Options {
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
}

/** What holds when nothing is chosen. */
export const noOptions: CheckedOptions = {
  defaults: undefined,
  unknown: undefined,
  rules: new Map(),
  limits: new Map(),
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
  names: ['defaults', 'unknown', 'rules', 'limits'],
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
 * Checks `options` and lays them over `earlier`: rules and limits one by one, the others as a whole.
 *
 * @throws {@link InvalidOptionsError}
 */
export function mergeOptions(earlier: CheckedOptions, options: unknown, provider: ProviderDescription): CheckedOptions {
  const given = membersOf(allOptions, options)
  return {
    defaults: given.has('defaults') ? oneOf('defaults', given.get('defaults'), defaultsValues) : earlier.defaults,
    unknown: given.has('unknown') ? oneOf('unknown', given.get('unknown'), unknownValues) : earlier.unknown,
    rules: given.has('rules') ? mergeRules(earlier.rules, given.get('rules'), provider.rules) : earlier.rules,
    limits: given.has('limits')
      ? mergeLimits(earlier.limits, given.get('limits'), provider.largestDepth)
      : earlier.limits,
  }
}

/** The options as the engine takes them: equal options give equal text. */
export function optionsJson({ defaults, unknown, rules, limits }: CheckedOptions): string {
  const members: string[] = []
  if (defaults !== undefined) members.push(`"defaults":${JSON.stringify(defaults)}`)
  if (unknown !== undefined) members.push(`"unknown":${JSON.stringify(unknown)}`)
  if (rules.size > 0) members.push(`"rules":${objectJson(rules)}`)
  if (limits.size > 0) members.push(`"limits":${objectJson(limits)}`)
  return `{${members.join(',')}}`
}

/** The limits that hold with these options. */
export function limitsWith({ limits }: CheckedOptions, provider: ProviderDescription): EngineLimits {
  return { ...provider.limits, ...Object.fromEntries(limits) }
}

function mergeRules(
  earlier: ReadonlyMap<string, string>,
  rules: unknown,
  known: readonly string[],
): Map<string, string> {
  const merged = new Map(earlier)
  for (const [id, setting] of membersOf(ruleOptions(known), rules))
    merged.set(id, oneOf(`rules["${id}"]`, setting, ruleSettings))
  return merged
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

// The members that are there: own ones that are not undefined, all of them known.
function membersOf(group: OptionGroup, value: unknown): Map<string, unknown> {
  const { option, noun, names, example } = group
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const what = option === '' ? 'Options are' : `The option ${option} is`
    throw new InvalidOptionsError(option, `${what} an object, for example ${example}.`)
  }
  const members = new Map(Object.entries(value).filter(([, member]) => member !== undefined))
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
