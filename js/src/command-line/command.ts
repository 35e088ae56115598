// What a command is, and how its arguments are read: options by Node's parseArgs, anything it does not know refused in one
// line.
import { parseArgs } from 'node:util'
import { closest } from '../suggestion.js'
import { CallError } from './exit.js'
import { paletteFor, wrapped } from './terminal.js'

/** An option of a command. */
export interface OptionDescription {
  /** What stands for its value in the help; an option without one is a switch. */
  readonly value?: string
  readonly short?: string
  readonly about: string
  /** May be given more than once. */
  readonly multiple?: boolean
  /** Left out of the help: there is a text for many of its kind. */
  readonly hidden?: boolean
}

export type OptionDescriptions = Readonly<Record<string, OptionDescription>>

/** The arguments of a call. */
export interface Arguments {
  readonly words: readonly string[]
  /** Whether a switch is there. */
  has(name: string): boolean
  /** The value of an option. */
  value(name: string): string | undefined
  /** All values of an option. */
  values(name: string): readonly string[]
}

export interface Command {
  /** The words behind its name. */
  readonly words: string
  /** What it does, in whole sentences. */
  readonly about: string
  /** Calls that people make. */
  readonly examples: readonly string[]
  /** Read when the command is called: they can come from a provider's document. */
  options(): OptionDescriptions
  /** Carries the call out; the exit code. */
  run(given: Arguments): Promise<number> | number
}

const helpOption: OptionDescriptions = { help: { short: 'h', about: 'Shows this.' } }

/** Reads a command's arguments. */
export function readArguments(name: string, command: Command, args: readonly string[]): Arguments {
  const described = { ...command.options(), ...helpOption }
  const options = Object.fromEntries(
    Object.entries(described).map(([option, { value, short, multiple }]) => {
      const type = value === undefined ? ('boolean' as const) : ('string' as const)
      return [option, { type, ...(short !== undefined && { short }), ...(multiple === true && { multiple }) }]
    }),
  )
  const { positionals, tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const given = new Map<string, string[]>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = described[token.name]
    if (option === undefined || !Object.hasOwn(described, token.name))
      throw unknownOption(name, token.rawName, described)
    if (option.value === undefined && token.value !== undefined) throw new CallError(`${token.rawName} takes no value.`)
    if (option.value !== undefined && (token.value === undefined || token.value === ''))
      throw new CallError(`${token.rawName} needs a value: ${token.rawName} ${option.value}.`)
    const earlier = given.get(token.name) ?? []
    if (earlier.length > 0 && option.multiple !== true)
      throw new CallError(`${token.rawName} stands there more than once.`)
    given.set(token.name, [...earlier, token.value ?? ''])
  }
  return {
    words: positionals,
    has: (option) => given.has(option),
    value: (option) => given.get(option)?.[0],
    values: (option) => given.get(option) ?? [],
  }
}

/** One of several words. */
export function oneOf<Word extends string>(option: string, given: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === given)
  if (found !== undefined) return found
  const near = closest(given, words)
  throw new CallError(
    `--${option} is one of ${words.join(', ')}; "${given}" is not.${near === undefined ? '' : ` Did you mean ${near}?`}`,
  )
}

/** What `--help` shows of a command. */
export function helpOf(name: string, command: Command): string {
  const { bold, dim } = paletteFor(process.stdout)
  const options = Object.entries({ ...command.options(), ...helpOption }).filter(([, { hidden }]) => hidden !== true)
  const names = options.map(([option, { value, short }]) => {
    const shortForm = short === undefined ? '    ' : `-${short}, `
    return `${shortForm}--${option}${value === undefined ? '' : ` ${value}`}`
  })
  const width = Math.max(...names.map((option) => option.length))
  const lines = options.flatMap(([, { about }], index) =>
    wrapped(about, 96 - width).map(
      (line, row) => `  ${(row === 0 ? (names[index] ?? '') : '').padEnd(width)}  ${line}`,
    ),
  )
  return [
    `${bold('recreq')} ${bold(name)} ${command.words}`,
    '',
    ...command.about.split('\n').flatMap((paragraph) => wrapped(paragraph, 96)),
    '',
    bold('Options'),
    ...lines,
    '',
    bold('Examples'),
    ...command.examples.map((example) => `  ${dim('$')} ${example}`),
    '',
  ].join('\n')
}

function unknownOption(name: string, rawName: string, described: OptionDescriptions): CallError {
  const near = closest(rawName.replace(/^-+/, ''), Object.keys(described))
  const advice = near === undefined ? `"recreq ${name} --help" shows what there is.` : `Did you mean --${near}?`
  return new CallError(`There is no option ${rawName}. ${advice}`)
}
