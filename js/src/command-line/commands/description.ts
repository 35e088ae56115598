// The parts of a description: fields with their types and defaults, the branches of unions, rules, sources.
import { type JsonObject, objectAt, providerDocument, referenced } from '../../provider-document.js'
import type { JsonValue } from '../../types.js'
import type { DocumentedRule } from '../rules.js'
import { schemasIn, schemasOf } from '../schema-walk.js'
import { listAt, sourceIds, type Subject, text } from '../subjects.js'
import { displayWidth, type Palette, wrapped } from '../terminal.js'

export interface DescriptionStyle {
  readonly palette: Palette
  /** Columns of a line. */
  readonly width: number
}

/** A field, a parameter, an element. */
export interface Place {
  readonly name: string
  readonly required: boolean
  /** As they are written where the place is listed. */
  readonly schemas: readonly JsonObject[]
}

/** What schemas say together: of every value, and in the alternatives of a union. */
interface Outline {
  readonly own: readonly JsonObject[]
  readonly branches: readonly JsonObject[]
  readonly nullable: boolean
}

const fewValues = 6

/** A field as its parent lists it: a line, and its description. */
export function fieldLines(document: JsonObject, place: Place, style: DescriptionStyle): string[] {
  const { cyan, dim, yellow } = style.palette
  const { own } = outlineOf(document, place.schemas)
  const facts = [
    dim(typeText(document, place.schemas, fewValues)),
    ...(place.required ? [yellow('required')] : []),
    ...defaultTexts(own, style.palette),
    ...(own.some((schema) => schema['deprecated'] === true) ? [yellow('deprecated')] : []),
    ...(own.some((schema) => schema['writeOnly'] === true) ? [yellow('secret')] : []),
  ]
  const description = descriptionOf(own)
  return [
    ...hanging(`  ${cyan(place.name)}  ${facts.join(dim(', '))}`, style.width, '      '),
    ...(description === '' ? [] : wrapped(description, style.width - 6).map((line) => `      ${line}`)),
  ]
}

/** Everything about a place: what it may be, what is in it. */
export function placeLines(document: JsonObject, place: Place, style: DescriptionStyle): string[] {
  const { bold, dim, yellow } = style.palette
  const { own } = outlineOf(document, place.schemas)
  const description = descriptionOf(own)
  const type = typeText(document, place.schemas, Number.POSITIVE_INFINITY)
  const facts = [
    ...(place.required ? [yellow('required')] : []),
    ...defaultTexts(own, style.palette),
    ...limitTexts(own),
  ]
  return [
    ...wrapped(type, style.width).map(dim),
    ...facts,
    ...(description === '' ? [] : ['', ...wrapped(description, style.width)]),
    ...contentLines(document, place.schemas, style, bold('Fields')),
  ]
}

/** What an object has in it: its fields, and those of each branch where it is a union. An array: what its elements have. */
export function contentLines(
  document: JsonObject,
  schemas: readonly JsonObject[],
  style: DescriptionStyle,
  heading: string,
): string[] {
  const { bold } = style.palette
  const { own, branches } = outlineOf(document, schemas)
  const fields = propertyLines(document, own, style)
  const parts = fields.length === 0 ? [] : ['', heading, ...fields]
  for (const branch of branches) {
    const inside = outlineOf(document, [branch])
    const properties = propertyLines(document, inside.own, style)
    if (properties.length === 0) continue
    const description = descriptionOf(inside.own)
    parts.push(
      '',
      bold(branchLabel(document, branch)),
      ...(description === '' ? [] : wrapped(description, style.width)),
      ...properties,
    )
  }
  const elements = schemasOf(own, 0)
  return elements.length === 0
    ? parts
    : [...parts, ...contentLines(document, elements, style, bold('Fields of each element'))]
}

export function ruleLines(rules: readonly DocumentedRule[], { palette, width }: DescriptionStyle): string[] {
  const { bold, dim, red, yellow, cyan } = palette
  const colours: Readonly<Record<string, (text: string) => string>> = { error: red, warning: yellow, info: cyan }
  return rules.flatMap(({ id, severity, message, confidence, docs, place }) => [
    `  ${(colours[severity] ?? dim)(severity)}  ${bold(id)}${dim(`  ${place || '/'}${confidence === 'documented' ? '' : `, ${confidence}`}`)}`,
    ...wrapped(message, width - 6).map((line) => `      ${line}`),
    ...(docs === undefined ? [] : [dim(`      ${docs}`)]),
  ])
}

/** The sources of facts, each with the day on which it was read. */
export function sourceLines(subject: Subject, schemas: readonly JsonObject[], { palette }: DescriptionStyle): string[] {
  const document = providerDocument(subject.provider)
  const all = objectAt(document, 'x-source')
  const ids = new Set([...schemas.flatMap(sourceIds)])
  const lines = [...ids].flatMap((id) => {
    const source = objectAt(all, id)
    const url = text(source['url'])
    return [
      `  ${text(source['title'])}, read on ${text(source['read'])}`,
      ...(url === '' ? [] : [palette.dim(`      ${url}`)]),
    ]
  })
  return lines.length === 0 ? [] : ['', palette.bold('Sources'), ...lines]
}

/** What schemas say of every value, references followed. */
export function ownSchemas(document: JsonObject, schemas: readonly JsonObject[]): readonly JsonObject[] {
  return outlineOf(document, schemas).own
}

function outlineOf(document: JsonObject, schemas: readonly JsonObject[]): Outline {
  const own = new Set<JsonObject>()
  const branches = new Set<JsonObject>()
  let nullable = false
  schemas.forEach(collect)
  return { own: [...own], branches: [...branches], nullable }

  function collect(schema: JsonObject): void {
    if (own.has(schema)) return
    own.add(schema)
    const target = referenced(document, schema)
    if (target !== undefined) collect(target)
    listAt(schema, 'allOf').forEach(collect)
    const alternatives = [...listAt(schema, 'oneOf'), ...listAt(schema, 'anyOf')]
    const others = alternatives.filter(({ type }) => type !== 'null')
    nullable ||= others.length < alternatives.length
    if (others.length === 1) others.forEach(collect)
    else for (const branch of others) branches.add(branch)
  }
}

function propertyLines(document: JsonObject, own: readonly JsonObject[], style: DescriptionStyle): string[] {
  const required = new Set(own.flatMap((schema) => (schema['required'] ?? []) as string[]))
  const names = new Set(own.flatMap((schema) => Object.keys(objectAt(schema, 'properties'))))
  return [...names].flatMap((name) =>
    fieldLines(document, { name, required: required.has(name), schemas: schemasOf(own, name) }, style),
  )
}

// The alternatives of a union are told apart by a constant, or by the name that the document has for them.
function branchLabel(document: JsonObject, branch: JsonObject): string {
  for (const schema of schemasIn(document, branch)) {
    for (const [name, field] of Object.entries(objectAt(schema, 'properties'))) {
      const { const: constant } = field as JsonObject
      if (constant !== undefined) return `${name}: ${JSON.stringify(constant)}`
    }
  }
  const reference = branch['$ref']
  return typeof reference === 'string' ? reference.replace(/.*\//, '') : typeText(document, [branch], fewValues)
}

/** `string`, `"a" or "b"`, `array of strings`. */
function typeText(document: JsonObject, schemas: readonly JsonObject[], most: number): string {
  const { own, branches, nullable } = outlineOf(document, schemas)
  const values = own.flatMap(({ const: constant, enum: listed }) =>
    constant !== undefined ? [constant] : Array.isArray(listed) ? (listed as JsonValue[]) : [],
  )
  const kinds = new Set<string>()
  if (values.length > 0) {
    const shown = values.slice(0, most).map((value) => JSON.stringify(value))
    kinds.add(values.length > most ? `${shown.join(', ')}, … (${values.length} in all)` : shown.join(', '))
  } else {
    for (const { type } of own) {
      for (const name of Array.isArray(type) ? (type as string[]) : typeof type === 'string' ? [type] : []) {
        const elements = name === 'array' ? schemasOf(own, 0) : []
        kinds.add(elements.length === 0 ? name : `array of ${plural(typeText(document, elements, most))}`)
      }
    }
    for (const branch of branches) kinds.add(typeText(document, [branch], most))
  }
  if (nullable) kinds.add('null')
  return kinds.size === 0 ? 'any value' : [...kinds].join(' or ')
}

// `strings`; values in quotes stay as they are.
function plural(type: string): string {
  return type.replaceAll(/\b(?:string|integer|number|boolean|object)\b(?!")/g, '$&s')
}

function defaultTexts(own: readonly JsonObject[], { green, dim }: Palette): string[] {
  for (const schema of own) {
    const { default: written, 'x-known-default': known } = schema
    if (written !== undefined) return [green(`default ${JSON.stringify(written)}, written`)]
    if (known !== undefined) return [`default ${JSON.stringify(known)}, ${dim('known, never sent')}`]
  }
  return []
}

const limits: Readonly<Record<string, string>> = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'more than',
  exclusiveMaximum: 'less than',
  multipleOf: 'a multiple of',
  minLength: 'characters at least:',
  maxLength: 'characters at most:',
  minItems: 'elements at least:',
  maxItems: 'elements at most:',
  minProperties: 'members at least:',
  maxProperties: 'members at most:',
  pattern: 'has the form',
  format: 'is a',
}

function limitTexts(own: readonly JsonObject[]): string[] {
  const lines = Object.entries(limits).flatMap(([keyword, words]) => {
    const limit = own.map((schema) => schema[keyword]).find((value) => value !== undefined)
    return limit === undefined ? [] : [`${words} ${typeof limit === 'string' ? limit : JSON.stringify(limit)}`]
  })
  const is = (keyword: string) => own.some((schema) => schema[keyword] === true)
  const confidence = own.map((schema) => text(schema['x-confidence'])).find((value) => value !== '')
  return [
    ...lines,
    ...(is('deprecated') ? ['deprecated'] : []),
    ...(is('writeOnly') ? ['secret: never shown'] : []),
    ...(is('x-destination') ? ['says where data goes'] : []),
    ...(is('x-pass-through') ? ['goes on to a third party: keys that are not listed are warnings at most'] : []),
    ...(confidence === undefined ? [] : [confidence]),
  ]
}

function descriptionOf(own: readonly JsonObject[]): string {
  return own.map((schema) => text(schema['description'])).find((value) => value !== '') ?? ''
}

// A line that is broken where it becomes too long; colours take no room.
function hanging(line: string, width: number, indent: string): string[] {
  const plain = (part: string) => displayWidth(part.replaceAll(/\x1b\[\d+m/g, ''))
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/(?<=\S) (?=\S)/)) {
    if (current !== '' && plain(current) + 1 + plain(word) > width) {
      lines.push(current)
      current = indent + word
    } else {
      current = current === '' ? word : `${current} ${word}`
    }
  }
  return [...lines, current]
}
