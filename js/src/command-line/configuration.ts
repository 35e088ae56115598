// recreq.config.json: severities of rules and other options, for all operations and for single ones. It is looked for beside
// a file and in the folders above. What is wrong with it is said with its place.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import type { Options } from '../options.js'
import { type ProviderName, providerNames } from '../provider-document.js'
import { closest } from '../suggestion.js'
import { positionAt } from '../text-position.js'
import { reasonOf } from './body-file.js'
import { CallError } from './exit.js'
import { type JsonTree, nodeAt, readTree } from './json-text.js'
import { rulesOf } from './rules.js'
import { allSubjects, type Subject } from './subjects.js'

export const configurationName = 'recreq.config.json'

/** Options of the library that a file can hold. */
type FileOptions = Pick<Options, 'rules' | 'unknown' | 'defaults' | 'limits' | 'messages' | 'extraBody'>

const optionNames = ['rules', 'unknown', 'defaults', 'limits', 'messages'] as const
const operationOptionNames = [...optionNames, 'extraBody'] as const
const rootNames = ['$schema', ...optionNames, 'operations']

interface ConfigurationFile {
  readonly path: string
  readonly text: string
  readonly tree: JsonTree
  readonly content: FileOptions & { readonly operations?: Readonly<Record<string, FileOptions>> }
}

/** Something that takes options, such as an operation. */
interface Configurable<Self> {
  with(options: Options): Self
}

/** Finds and reads the files that configure the command line. */
export class Configuration {
  readonly #chosen: string | undefined
  readonly #read = new Map<string, ConfigurationFile>()

  /** `chosen`: the file that the option `--config` names. */
  constructor(chosen: string | undefined) {
    this.#chosen = chosen
  }

  /**
   * An operation or schema with the options that hold for a file.
   *
   * @throws {@link CallError} when the configuration is wrong, with the place.
   */
  apply<Target extends Configurable<Target>>(target: Target, subject: Subject, file: string | undefined): Target {
    const path = this.#chosen ?? nearest(dirname(resolve(file ?? 'standard input')))
    if (path === undefined) return target
    const configuration = this.#file(path)
    const { operations, ...general } = configuration.content
    const configured = withLayer(target, optionsFor(general, subject.provider), configuration, [])
    const own = operations?.[subject.fullName]
    return own === undefined ? configured : withLayer(configured, own, configuration, ['operations', subject.fullName])
  }

  #file(path: string): ConfigurationFile {
    const known = this.#read.get(path)
    if (known !== undefined) return known
    const file = readConfiguration(path)
    this.#read.set(path, file)
    return file
  }
}

function nearest(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, configurationName)
    if (existsSync(path)) return path
    if (dirname(at) === at) return undefined
  }
}

function readConfiguration(path: string): ConfigurationFile {
  let text: string
  try {
    text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
  } catch (error) {
    throw new CallError(`${path} cannot be read: ${reasonOf(error)}.`, { cause: error })
  }
  const tree = readTree(text)
  if (!tree.complete || tree.root?.kind !== 'object') throw new CallError(`${shown(path)} is no JSON object.`)
  const content = JSON.parse(text) as ConfigurationFile['content']
  const file = { path, text, tree, content }
  checkNames(file, [], rootNames, 'option')
  checkNames(
    file,
    ['rules'],
    providerNames.flatMap((provider) => rulesOf(provider).map(({ id }) => id)),
    'rule',
  )
  const subjects = allSubjects()
  checkNames(
    file,
    ['operations'],
    subjects.map(({ fullName }) => fullName),
    'operation',
  )
  for (const { fullName, provider } of subjects) {
    if (content.operations?.[fullName] === undefined) continue
    checkNames(file, ['operations', fullName], operationOptionNames, 'option')
    checkNames(
      file,
      ['operations', fullName, 'rules'],
      rulesOf(provider).map(({ id }) => id),
      'rule',
    )
  }
  return file
}

// Refuses what is no object, and members of it that nobody knows.
function checkNames(file: ConfigurationFile, path: readonly string[], known: readonly string[], noun: string): void {
  let at: unknown = file.content
  for (const step of path) at = (at as Record<string, unknown>)[step]
  if (at === undefined) return
  if (typeof at !== 'object' || at === null || Array.isArray(at))
    throw problem(file, path, `${path.at(-1) ?? ''} has to be an object.`)
  for (const name of Object.keys(at)) {
    if (known.includes(name)) continue
    const near = closest(name, known)
    const list = known.length <= 12 ? `There are ${known.join(', ')}.` : '"recreq describe" shows those that there are.'
    throw problem(
      file,
      [...path, name],
      `There is no ${noun} "${name}". ${near === undefined ? list : `Did you mean "${near}"?`}`,
    )
  }
}

// Rules have their provider's name before them; the other providers would refuse them.
function optionsFor(general: FileOptions, provider: ProviderName): FileOptions {
  const known = new Set(rulesOf(provider).map(({ id }) => id))
  const rules = Object.entries(general.rules ?? {}).filter(([id]) => known.has(id))
  const names = optionNames.filter((name) => name !== 'rules' && general[name] !== undefined)
  return { ...Object.fromEntries(names.map((name) => [name, general[name]])), rules: Object.fromEntries(rules) }
}

function withLayer<Target extends Configurable<Target>>(
  target: Target,
  options: FileOptions,
  file: ConfigurationFile,
  around: readonly string[],
): Target {
  try {
    return target.with(options)
  } catch (error) {
    if (!(error instanceof InvalidOptionsError)) throw error
    throw problem(file, [...around, ...stepsTo(error.option)], error.message)
  }
}

// `limits.depth` and `rules["recall/no-localhost"]` as paths.
function stepsTo(option: string): string[] {
  return [...option.matchAll(/\["([^]*)"\]|[^.[]+/g)].map(([whole, quoted]) => quoted ?? whole)
}

function problem({ path, text, tree }: ConfigurationFile, steps: readonly string[], message: string): CallError {
  const node = tree.root === undefined ? undefined : nodeAt(tree.root, steps)
  const { line, column } = positionAt(text, node?.key?.start ?? node?.start ?? 0)
  return new CallError(`${shown(path)}:${line}:${column}: ${message}`)
}

function shown(path: string): string {
  const near = relative('', path)
  return near === '' || near.startsWith('..') ? path : near
}
