// `recreq describe`: what is known of an operation, of a schema, or of a field: types, values, defaults, rules, sources.
import { tokensOf } from '../../issue.js'
import { documentedRateLimits, type JsonObject, objectAt, providerDocument } from '../../provider-document.js'
import { closest } from '../../suggestion.js'
import type { Command } from '../command.js'
import {
  contentLines,
  type DescriptionStyle,
  fieldLines,
  ownSchemas,
  type Place,
  placeLines,
  ruleLines,
  sourceLines,
} from './description.js'
import { CallError, ExitCode } from '../exit.js'
import { optionOf } from '../request/request-input.js'
import { type DocumentedRule, rulesAbout, rulesOfSubject } from '../rules.js'
import { schemasIn, schemasOf } from '../schema-walk.js'
import { credentialOf, parametersOf, serverUrl, type Subject, subjectNamed, text } from '../subjects.js'
import { lineWidth, paletteFor, wrapped } from '../terminal.js'

export const describe: Command = {
  words: '<operation> [pointer]',
  about:
    'Shows what is known of an operation: its parameters, its body, its rules, and where the facts come from. A JSON Pointer leads to a field of ' +
    'the body; * stands for any element of an array.\n' +
    'A default that is written goes into the body; one that is known is what the provider uses when the field is absent, and is never sent.',
  examples: [
    'recreq describe recall.startRecording',
    'recreq describe recall.startRecording "/realtime_endpoints/*"',
    'recreq describe recordingConfig /retention/hours',
  ],
  options: () => ({}),
  run(given) {
    const [name, pointer = '', ...more] = given.words
    if (name === undefined) throw new CallError('Which operation? "recreq list" shows all.')
    if (more.length > 0) throw new CallError(`One pointer; "${more.join(' ')}" is too much.`)
    const subject = subjectNamed(name)
    const style = { palette: paletteFor(process.stdout), width: lineWidth(process.stdout) }
    const path = tokensOf(pointer === '' || pointer.startsWith('/') ? pointer : `/${pointer}`)
    const lines = path.length === 0 ? describeSubject(subject, style) : describeField(subject, path, style)
    process.stdout.write(`${lines.join('\n')}\n`)
    return ExitCode.fine
  },
}

function describeSubject(subject: Subject, style: DescriptionStyle): string[] {
  const { bold, dim, cyan } = style.palette
  const { content, request, provider, schema } = subject
  const document = providerDocument(provider)
  const lines = [`${bold(subject.fullName)}  ${text(content['summary'])}`]
  if (request !== undefined) {
    const { header, prefix, environment } = credentialOf(provider)
    lines.push(
      cyan(`${request.method} ${serverUrl(provider)}${request.path}`),
      dim(`${header}: ${prefix}$${environment}`),
    )
  }
  lines.push('', ...wrapped(text(content['description']), style.width))
  lines.push(...limitLines(content, ''))
  if (request !== undefined) lines.push(...limitLines(document, ', all operations together'))

  const parameters = parametersOf(subject).map((parameter): Place => {
    const schemas = [{ description: parameter.description, ...parameter.schema, 'x-source': parameter.sources }]
    return { name: optionOf(parameter.name), required: parameter.required, schemas }
  })
  if (parameters.length > 0) lines.push('', bold('Parameters'))
  for (const parameter of parameters) lines.push(...fieldLines(document, parameter, style))

  const schemas = schema === undefined ? [] : [schema]
  const optional = request !== undefined && objectAt(content, 'requestBody')['required'] !== true
  const heading = request === undefined ? 'Value' : optional ? 'Body, may be left out' : 'Body'
  lines.push(...contentLines(document, schemas, style, bold(heading)), ...rulesPart(rulesOfSubject(subject), style))
  const own = [...ownSchemas(document, schemas), ...parameters.flatMap((parameter) => parameter.schemas)]
  const shared = request === undefined ? [] : documentedRateLimits(document)
  return [...lines, ...sourceLines(subject, [content, ...shared, ...own], style)]
}

function limitLines(holder: JsonObject, together: string): string[] {
  return documentedRateLimits(holder).map(({ requests, seconds, per }) => {
    const period = seconds === 1 ? 'a second' : `${Number(seconds)} seconds`
    return `At most ${Number(requests)} requests in ${period} per ${text(per)}${together}.`
  })
}

function describeField(subject: Subject, path: readonly string[], style: DescriptionStyle): string[] {
  const document = providerDocument(subject.provider)
  if (subject.schema === undefined) throw new CallError(`${subject.fullName} has no body, and so no fields.`)
  let schemas: readonly JsonObject[] = [subject.schema]
  let required = false
  for (const [index, token] of path.entries()) {
    const flat = schemas.flatMap((schema) => schemasIn(document, schema))
    const below = stepInto(flat, token)
    if (below.length === 0) throw nothingAt(subject, path.slice(0, index), token, flat)
    required = flat.some((schema) => ((schema['required'] ?? []) as string[]).includes(token))
    schemas = below
  }
  const pointer = `/${path.join('/')}`
  return [
    `${style.palette.bold(subject.fullName)} ${style.palette.cyan(pointer)}`,
    ...placeLines(document, { name: pointer, required, schemas }, style),
    ...rulesPart(rulesAbout(subject, path), style),
    ...sourceLines(subject, ownSchemas(document, schemas), style),
  ]
}

function rulesPart(rules: readonly DocumentedRule[], style: DescriptionStyle): string[] {
  return rules.length === 0 ? [] : ['', style.palette.bold('Rules'), ...ruleLines(rules, style)]
}

function stepInto(flat: readonly JsonObject[], token: string): JsonObject[] {
  const elements = /^(?:\d+|\*)$/.test(token) ? schemasOf(flat, token === '*' ? 0 : Number(token)) : []
  return elements.length > 0 ? elements : schemasOf(flat, token)
}

function nothingAt(subject: Subject, above: readonly string[], token: string, flat: readonly JsonObject[]): CallError {
  const names = [...new Set(flat.flatMap((schema) => Object.keys(objectAt(schema, 'properties'))))]
  const near = closest(token, names)
  const at = `${subject.fullName}${above.length === 0 ? '' : ` /${above.join('/')}`}`
  const elements = flat.some((schema) => 'items' in schema)
    ? ` It is an array: /${[...above, '*'].join('/')} are its elements.`
    : ''
  const list = names.length === 0 ? 'It has no fields.' : `It has ${names.join(', ')}.`
  return new CallError(
    `${at} has no field ${token}.${elements || ` ${near === undefined ? list : `Did you mean ${near}?`}`}`,
  )
}
