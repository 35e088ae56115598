// The input of an operation out of a call's options: every parameter that an operation has is an option of `build` and `send`.
import { closest } from '../../suggestion.js'
import type { Arguments, OptionDescriptions } from '../command.js'
import { CallError } from '../exit.js'
import { schemasIn } from '../schema-walk.js'
import { providerDocument } from '../../provider-document.js'
import { allSubjects, type Parameter, parametersOf, type Subject } from '../subjects.js'

/** The parameters of all operations as options, in their own spelling and with hyphens: `bot_id` is also `--bot-id`. */
export function parameterOptions(): OptionDescriptions {
  const options: Record<string, OptionDescriptions[string]> = {}
  for (const subject of allSubjects()) {
    for (const { name } of parametersOf(subject)) {
      const option = { value: '<value>', about: '', multiple: true, hidden: true }
      options[name] = option
      options[hyphenated(name)] = option
    }
  }
  options['param'] = {
    value: 'name=value',
    multiple: true,
    about:
      'A parameter of the operation. Each is an option of its own, too: --region us-west-2, --id "$BOT". "recreq describe" shows which there are.',
  }
  return options
}

/** The parameters that a call gives, as an operation takes them. */
export function inputOf(subject: Subject, given: Arguments): Record<string, unknown> {
  const parameters = parametersOf(subject)
  const named = new Map<string, string[]>()
  const add = (name: string, values: readonly string[]) => named.set(name, [...(named.get(name) ?? []), ...values])
  for (const option of Object.keys(parameterOptions())) {
    if (option === 'param' || !given.has(option)) continue
    add(parameterNamed(option, parameters, subject).name, given.values(option))
  }
  for (const text of given.values('param')) {
    const [name = '', ...rest] = text.split('=')
    if (rest.length === 0) throw new CallError(`--param ${text} has no value: write --param ${text}=…`)
    add(parameterNamed(name, parameters, subject).name, [rest.join('=')])
  }
  return Object.fromEntries(
    [...named].map(([name, values]) => [name, valueOf(parameterNamed(name, parameters, subject), values, subject)]),
  )
}

/** How a parameter is given. */
export function optionOf(name: string): string {
  return `--${hyphenated(name)}`
}

function parameterNamed(name: string, parameters: readonly Parameter[], { fullName }: Subject): Parameter {
  const found = parameters.find((parameter) => parameter.name === name || hyphenated(parameter.name) === name)
  if (found !== undefined) return found
  const near = closest(
    name,
    parameters.map((parameter) => parameter.name),
  )
  const list =
    parameters.length === 0 ? 'It takes none.' : `It takes ${parameters.map((each) => each.name).join(', ')}.`
  throw new CallError(
    `${fullName} has no parameter ${name}. ${near === undefined ? list : `Did you mean ${optionOf(near)}?`}`,
  )
}

// What is no number stays text, and the engine says what it has to be.
function valueOf({ name, schema }: Parameter, values: readonly string[], { provider }: Subject): unknown {
  const types = schemasIn(providerDocument(provider), schema).map(({ type }) => type)
  if (types.includes('array')) return values.flatMap((value) => value.split(',')).filter((value) => value !== '')
  if (values.length > 1) throw new CallError(`${optionOf(name)} stands there more than once.`)
  const [value = ''] = values
  if (types.includes('boolean') && /^(?:true|false)$/.test(value)) return value === 'true'
  const isNumber = types.includes('integer') || types.includes('number')
  return isNumber && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value
}

function hyphenated(name: string): string {
  return name.replaceAll('_', '-').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
