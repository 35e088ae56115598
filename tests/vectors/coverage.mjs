// What a provider's document says that a request may have - fields, values of enums, defaults - and what of it a value has.

/**
 * A JSON Schema of the document.
 * @typedef {any} Schema
 */

/** A schema at a place of the body, as it is met on a walk. */
export class Place {
  #document
  /** @type {Schema} */
  schema
  /** Where in the body: `/realtime_endpoints/*(webhook)/url`. @type {string} */
  path
  /** Whether it is below options that go on to a third party. @type {boolean} */
  passedThrough

  /**
   * @param {any} document
   * @param {Schema} schema
   * @param {string} [path]
   * @param {boolean} [passedThrough]
   */
  constructor(document, schema, path = '', passedThrough = false) {
    this.#document = document
    this.path = path
    this.schema = this.#resolve(schema)
    this.passedThrough = passedThrough
  }

  /** The alternatives of a union, or the place alone; of several objects, each is called by its constant member. */
  get alternatives() {
    const branches = this.schema.anyOf ?? this.schema.oneOf
    if (branches === undefined) return [this]
    const objects = branches.map((branch) => this.#resolve(branch)).filter(({ properties }) => properties !== undefined)
    /** @type {Place[]} */
    const found = []
    for (const branch of branches) {
      const name = objects.length > 1 ? constantOf(this.#resolve(branch)) : undefined
      const inner = new Place(this.#document, branch, name === undefined ? this.path : `${this.path}(${name})`, this.passedThrough)
      found.push(...inner.alternatives)
    }
    return found
  }

  /** The places of the members that the schema lists. */
  get members() {
    const passedThrough = this.passedThrough || this.schema['x-pass-through'] === true
    return Object.entries(this.schema.properties ?? {}).map(([name, schema]) => ({
      name,
      place: new Place(this.#document, schema, `${this.path}/${name}`, passedThrough),
      ...('default' in schema && { default: schema.default }),
      ...('x-known-default' in schema && !passedThrough && { knownDefault: schema['x-known-default'] }),
    }))
  }

  /** The place of each element, or of each member that the schema does not list. */
  get others() {
    const schema = this.schema.items ?? this.schema.additionalProperties
    return schema === undefined || typeof schema === 'boolean' ? undefined : new Place(this.#document, schema, `${this.path}/*`, this.passedThrough)
  }

  /** Whether a value is of this alternative's kind. @param {any} value */
  takes(value) {
    const types = [this.schema.type ?? (this.schema.properties ? 'object' : undefined)].flat()
    const type = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
    if (types[0] !== undefined && !types.includes(type) && !(type === 'number' && types.includes('integer'))) return false
    return type !== 'object' || Object.entries(this.schema.properties ?? {}).every(([name, { const: constant }]) => constant === undefined || value[name] === constant)
  }

  /** @param {Schema} schema */
  #resolve(schema) {
    return resolve(this.#document, schema)
  }
}

/**
 * The operations of a document: what their inputs are called, and their bodies.
 * @param {any} document
 */
export function operationsOf(document) {
  const [{ variables = {} }] = document.servers
  const servers = Object.entries(variables).map(([name, schema]) => ({ name, place: new Place(document, schema, name) }))
  return Object.values(document.paths).flatMap(({ parameters: shared = [], ...methods }) =>
    Object.values(methods).map(({ operationId, parameters: own = [], requestBody }) => ({
      name: operationId,
      servers,
      parameters: [...shared, ...own].map((parameter) => inputOf(document, resolve(document, parameter))),
      requestBody: requestBody && new Place(document, requestBody.content['application/json'].schema),
    })),
  )
}

/**
 * The schemas of a document that stand for themselves.
 * @param {any} document
 */
export function schemasOf(document) {
  return Object.entries(document['x-schemas'] ?? {}).map(([name, { schema }]) => ({ name, place: new Place(document, schema) }))
}

/**
 * What the rules of a document are called, wherever they stand.
 * @param {any} value the document
 * @returns {string[]}
 */
export function rulesOf(value) {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'unlisted' && typeof member.id === 'string' ? [member.id] : key === 'x-rules' ? Object.values(member).flatMap(({ id }) => id ?? []) : rulesOf(member),
  )
}

/**
 * @param {any} document
 * @param {any} parameter
 */
function inputOf(document, { name, in: where, schema }) {
  const called = where === 'header' ? name.toLowerCase().replace(/-(.)/g, (_, letter) => letter.toUpperCase()) : name
  return { name: called, place: new Place(document, schema, called) }
}

/**
 * @param {any} document
 * @param {any} value a reference, or what it would point to
 */
function resolve(document, value) {
  let resolved = value
  while (resolved.$ref !== undefined) {
    resolved = resolved.$ref.slice(2).split('/').reduce((part, name) => part[name], document)
  }
  return resolved
}

/**
 * Everything that a body may have, each once.
 * @param {Place} place
 * @param {Inventory} [found]
 */
export function inventoryOf(place, found = new Inventory()) {
  for (const alternative of place.alternatives) {
    found.addEnum(alternative)
    for (const member of alternative.members) {
      found.fields.add(member.place.path)
      if (member.default !== undefined) found.defaults.set(member.place.path, member.default)
      if (member.knownDefault !== undefined) found.knownDefaults.set(member.place.path, member.knownDefault)
      inventoryOf(member.place, found)
    }
    if (alternative.others !== undefined) inventoryOf(alternative.others, found)
  }
  return found
}

/** What a document lists. */
class Inventory {
  /** @type {Set<string>} */
  fields = new Set()
  /** Each with the first of its places: one that stands at many counts once. @type {Map<Schema, string>} */
  enums = new Map()
  /** @type {Map<string, unknown>} */
  defaults = new Map()
  /** Of those that can be written. @type {Map<string, unknown>} */
  knownDefaults = new Map()

  /** @param {Place} place */
  addEnum({ schema, path }) {
    if (schema.enum !== undefined && !this.enums.has(schema)) this.enums.set(schema, path)
  }
}

/**
 * Calls for each value in a body that stands at a place of the document.
 * @param {Place} place
 * @param {unknown} value
 * @param {(place: Place, value: unknown, pointer: string) => void} see
 * @param {string} [pointer]
 */
export function walk(place, value, see, pointer = '') {
  for (const alternative of place.alternatives.filter((each) => each.takes(value))) {
    see(alternative, value, pointer)
    if (value === null || typeof value !== 'object') continue
    const listed = new Map(alternative.members.map((member) => [member.name, member.place]))
    for (const [key, inner] of Object.entries(value)) {
      const next = listed.get(key) ?? alternative.others
      if (next === undefined) continue
      see(next, inner, `${pointer}/${key}`)
      walk(next, inner, see, `${pointer}/${key}`)
    }
  }
}

/** @param {Schema} schema */
function constantOf({ properties = {} }) {
  return Object.values(properties).find((member) => member.const !== undefined)?.const
}
