// What an editor shows over a field of a JSON configuration: the same that the TypeScript types show, as Markdown.

/** @typedef {import('./schemas.mjs').Schema} Schema */

const limits = /** @type {const} */ ([
  ['minimum', 'maximum', ''],
  ['minLength', 'maxLength', ' characters'],
  ['minItems', 'maxItems', ' entries'],
])

/**
 * @param {Schema} document
 * @param {Schema} schema
 * @returns {string} empty where there is nothing to say
 */
export function hoverText(document, schema) {
  const description = annotation(document, schema, 'description') ?? ''
  const known = annotation(document, schema, 'x-known-default')
  const standard = annotation(document, schema, 'default')
  const paragraphs = [
    description,
    limitsText(document, schema, description),
    known === undefined ? '' : `Used when absent: \`${JSON.stringify(known)}\`.`,
    standard === undefined ? '' : `Written when absent: \`${JSON.stringify(standard)}\`.`,
    confidenceText(schema['x-confidence']),
    schema.deprecated === true ? 'Deprecated.' : '',
  ]
  const said = paragraphs.filter((paragraph) => paragraph !== '')
  if (said.length === 0) return ''
  const links = sourceLinks(document, annotation(document, schema, 'x-source') ?? [])
  return [...said, ...(links === '' ? [] : [links])].join('\n\n')
}

/**
 * What a schema says under a keyword, or what it refers to; description and sources also of the one thing that may be null.
 * @param {Schema} document
 * @param {Schema} schema
 * @param {string} keyword
 * @returns {any}
 */
export function annotation(document, schema, keyword) {
  if (schema[keyword] !== undefined) return schema[keyword]
  if (schema.$ref !== undefined) return annotation(document, resolve(document, schema.$ref), keyword)
  if (keyword !== 'description' && keyword !== 'x-source') return undefined
  /** @type {Schema[]} */
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter((branch) => branch.type !== 'null')
  return branches.length === 1 ? annotation(document, branches[0], keyword) : undefined
}

/**
 * What a reference of a provider's document leads to.
 * @param {Schema} document
 * @param {string} reference `#/components/schemas/…`
 * @returns {Schema}
 */
export function resolve(document, reference) {
  const tokens = reference.slice('#/'.length).split('/')
  const found = tokens.reduce((place, token) => place?.[token.replaceAll('~1', '/').replaceAll('~0', '~')], document)
  if (found === undefined) throw new Error(`The document has nothing at ${reference}.`)
  return found
}

/**
 * What may be given, as far as the description does not say it.
 * @param {Schema} document
 * @param {Schema} schema
 * @param {string} description
 */
function limitsText(document, schema, description) {
  const sentences = limits.map(([low, high, unit]) => {
    const [least, most] = [low, high].map((keyword) => {
      const limit = annotation(document, schema, keyword)
      return limit === undefined || new RegExp(`(?<!\\d)${limit}(?!\\d)`).test(description) ? undefined : limit
    })
    if (least === 1 && most === undefined && unit !== '') return 'Not empty.'
    if (least !== undefined && most !== undefined) return `From ${least} to ${most}${unit}.`
    if (least !== undefined && least !== 0) return `At least ${least}${unit}.`
    return most === undefined ? '' : `At most ${most}${unit}.`
  })
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

/** @param {string | undefined} confidence */
function confidenceText(confidence) {
  if (confidence === 'observed') return 'Seen in traffic or public code, not documented.'
  return confidence === 'inferred' ? "Not documented: this is recreq's reading." : ''
}

/**
 * @param {Schema} document
 * @param {readonly string[]} ids
 */
function sourceLinks(document, ids) {
  const links = ids.map((id) => {
    const { url, title } = document['x-source'][id]
    return url === undefined ? title : `[${title}](${url})`
  })
  return links.join(' · ')
}
