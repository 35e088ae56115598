// Makes the JSON Schema of recreq.config.json, so that editors complete the ids of rules and say what each of them looks for.

const option = {
  severity: ['error', 'warning', 'info', 'off'],
  unknown: ['error', 'warn', 'allow'],
  defaults: ['explicit', 'known', 'omit'],
}
const limits = {
  bytes: 'Bytes of a body.',
  depth: 'Levels of nesting.',
  values: 'Values in a body.',
  issues: 'Issues in a report.',
}

/**
 * @param {Map<string, Record<string, any>>} documents by the provider's name
 * @returns {Record<string, unknown>}
 */
export function configurationSchema(documents) {
  const rules = new Map([...documents].map(([provider, document]) => [provider, ruleSchemas(document)]))
  /** @type {Record<string, unknown>} */
  const operations = {}
  for (const [provider, document] of documents) {
    const paths = /** @type {Record<string, any>[]} */ (Object.values(document.paths))
    const listed = paths.flatMap((item) => Object.values(item)).filter(({ operationId }) => operationId !== undefined)
    const schemas = /** @type {[string, any][]} */ (Object.entries(document['x-schemas'] ?? {}))
    const named = [
      ...listed.map(({ operationId, summary }) => [operationId, summary]),
      ...schemas.map(([name, { summary }]) => [name, summary]),
    ]
    for (const [name, description] of named)
      operations[`${provider}.${name}`] = { description, $ref: `#/$defs/${provider}` }
  }
  const definitions = [...rules].map(([provider, found]) => [
    provider,
    {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...optionSchemas(found),
        extraBody: {
          type: 'object',
          description: 'Fields that recreq does not know yet, laid on the body after the check.',
        },
      },
    },
  ])
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:recreq:schema:recreq.config',
    title: 'recreq.config.json',
    description:
      'How strictly recreq looks at configurations. It holds for the files beside it and in the folders below.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string', description: 'For editors.' },
      ...optionSchemas(Object.assign({}, ...rules.values())),
      operations: {
        type: 'object',
        description: 'Options of single operations, laid over those above.',
        additionalProperties: false,
        properties: operations,
      },
    },
    $defs: Object.fromEntries(definitions),
  }
}

/** @param {Record<string, unknown>} rules */
function optionSchemas(rules) {
  const counts = Object.entries(limits).map(([name, description]) => [
    name,
    { type: 'integer', minimum: 1, description },
  ])
  return {
    rules: {
      type: 'object',
      description: 'Other severities for rules, by id.',
      additionalProperties: false,
      properties: rules,
    },
    unknown: {
      enum: option.unknown,
      default: 'error',
      description: 'What an unlisted field, or an unlisted value of an enum, is.',
    },
    defaults: {
      enum: option.defaults,
      default: 'explicit',
      description: "Which defaults are written into a body: the endpoint's own, all that are known, or none.",
    },
    limits: {
      type: 'object',
      description: 'What a single check may cost.',
      additionalProperties: false,
      properties: Object.fromEntries(counts),
    },
    messages: {
      type: 'object',
      description: 'Other words for messages, by the keys of recreq/messages/en.json and the ids of rules.',
      additionalProperties: { type: 'string' },
    },
  }
}

/**
 * @param {unknown} value
 * @param {Record<string, unknown>} [found]
 */
function ruleSchemas(value, found = {}) {
  if (typeof value !== 'object' || value === null) return found
  for (const [name, member] of Object.entries(value)) {
    if (name !== 'x-rules') ruleSchemas(member, found)
    else
      for (const { id, message, severity } of Object.values(member))
        if (id !== undefined) found[id] = { enum: option.severity, default: severity, description: message }
  }
  return found
}
