// Values that a JSON Schema of a provider's document describes, made at random: what is listed, and now and then something else.

/** Makes values for the schemas of a document. */
export class ValueMaker {
  #document
  #random

  /**
   * @param {any} document
   * @param {import('./random.mjs').Random} random
   */
  constructor(document, random) {
    this.#document = document
    this.#random = random
  }

  /**
   * @param {any} schema
   * @returns {any}
   */
  value(schema) {
    const random = this.#random
    const resolved = this.#resolve(schema)
    const branches = resolved.anyOf ?? resolved.oneOf
    if (branches !== undefined) return this.value(random.pick(branches))
    if (resolved.const !== undefined) return resolved.const
    if (resolved.enum !== undefined) return random.pick(resolved.enum)
    switch (Array.isArray(resolved.type) ? random.pick(resolved.type) : resolved.type) {
      case 'null':
        return null
      case 'boolean':
        return random.oneIn(2)
      case 'integer':
        return (resolved.minimum ?? 0) + random.below(1000)
      case 'number':
        return random.below(1000) / 8
      case 'array':
        return Array.from({ length: random.below(3) }, () => this.value(resolved.items ?? { type: 'string' }))
      case 'object':
        return this.#object(resolved)
      default:
        return resolved.format === 'uri' ? `wss://media.example.com/${random.below(100)}` : `text ${random.below(100)}`
    }
  }

  /** @param {any} schema */
  #object(schema) {
    const random = this.#random
    const entries = Object.entries(schema.properties ?? {})
    const chosen =
      schema.maxProperties === 1
        ? [random.pick(entries)]
        : entries.filter(([name]) => (schema.required ?? []).includes(name) || random.oneIn(3))
    const made = Object.fromEntries(chosen.map(([name, property]) => [name, this.value(property)]))
    if (typeof schema.additionalProperties === 'object')
      for (let i = random.below(3); i > 0; --i) made[`key ${random.below(5)}`] = this.value(schema.additionalProperties)
    return made
  }

  /** @param {any} schema */
  #resolve(schema) {
    let resolved = schema
    while (resolved.$ref !== undefined)
      resolved = resolved.$ref.slice(2).split('/').reduce((part, name) => part[name], this.#document)
    return resolved
  }
}
