// What a person has to know of a field to show it in a form: the data of the entries `recreq/PROVIDER/fields`.
import type { JsonValue } from '../types.js'

/**
 * A field of a body: what it is called, what it may be, what happens when it is left out. Its `type` tells which others
 * of its members there are.
 *
 * @example
 * ```ts
 * function control(field: FieldReference): string {
 *   switch (field.type) {
 *     case 'string':
 *       return field.values === undefined ? 'text' : 'select'
 *     case 'number':
 *     case 'integer':
 *       return 'number'
 *     case 'boolean':
 *       return 'checkbox'
 *     case 'object':
 *     case 'array':
 *       return 'fieldset'
 *     case 'choice':
 *       return 'tabs'
 *     case 'any':
 *       return 'textarea'
 *   }
 * }
 * ```
 */
export type FieldReference =
  TextField | NumberField | BooleanField | ObjectField | ArrayField | ChoiceField | AnyField

/**
 * What is known of every field.
 *
 * @example
 * ```ts
 * const label = ({ label, required }: FieldFacts) => (required ? `${label} *` : label)
 * ```
 */
export interface FieldFacts {
  /**
   * Where the field is, from the root of the body: a JSON Pointer in which `*` stands for each element of an array, and
   * for each member of an object whose members have names of your own.
   */
  readonly pointer: string
  /** The last part of the pointer, as the provider calls it; empty for the body itself. */
  readonly name: string
  /** The name in words. */
  readonly label: string
  readonly description?: string
  /** It has to be there when the object around it is. */
  readonly required: boolean
  /** It may be null. */
  readonly nullable: boolean
  /** What recreq writes when the field is left out. */
  readonly default?: JsonValue
  /** What the provider uses when the field is left out. It is shown, and not sent. */
  readonly knownDefault?: JsonValue
  readonly examples?: readonly JsonValue[]
  /** It holds a secret: nothing ever shows its value. */
  readonly writeOnly?: boolean
  readonly deprecated?: boolean
  /** It says where data goes, which is not for a page to say. */
  readonly destination?: boolean
  /** It goes on to a third party: what is not listed below it is let through, with a warning. */
  readonly passThrough?: boolean
  /**
   * How it is known when the provider does not document it: seen in traffic or public code, or recreq's own reading.
   */
  readonly confidence?: 'observed' | 'inferred'
  /** The provider's pages about it, the best first. */
  readonly links: readonly FieldLink[]
}

/**
 * A text.
 *
 * @example
 * ```ts
 * const options = (field: TextField) => field.values?.map(({ value, label }) => new Option(label, value)) ?? []
 * ```
 */
export interface TextField extends FieldFacts {
  readonly type: 'string'
  /** The values that there are. With `otherValues`, others are let through. */
  readonly values?: readonly FieldValue[]
  readonly otherValues?: boolean
  readonly minLength?: number
  readonly maxLength?: number
  /** A regular expression of ECMAScript in Unicode mode. */
  readonly pattern?: string
  /** What it is more exactly, in JSON Schema's word: `uri`, `uuid`, `date-time`, … */
  readonly format?: string
}

/**
 * A number. An `integer` has no fraction.
 *
 * @example
 * ```ts
 * const step = (field: NumberField) => (field.type === 'integer' ? 1 : 'any')
 * ```
 */
export interface NumberField extends FieldFacts {
  readonly type: 'number' | 'integer'
  /** The values that there are, when they are listed. */
  readonly values?: readonly FieldValue<number>[]
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
}

/**
 * True or false.
 *
 * @example
 * ```ts
 * const checked = (field: BooleanField) => field.default === true || field.knownDefault === true
 * ```
 */
export interface BooleanField extends FieldFacts {
  readonly type: 'boolean'
  /** The one value that there is, when there is only one. */
  readonly values?: readonly FieldValue<boolean>[]
}

/**
 * An object. One without `fields` and `members` may only be empty, unless it is `open`: it switches something on.
 *
 * @example
 * ```ts
 * const names = (field: ObjectField) => field.fields.map(({ name }) => name)
 * ```
 */
export interface ObjectField extends FieldFacts {
  readonly type: 'object'
  /** Its members that have names, in the order of the provider's document. */
  readonly fields: readonly FieldReference[]
  /** What each of its other members is, when their names are yours to choose. */
  readonly members?: FieldReference
  /** Members that nothing is known of are let through. */
  readonly open?: boolean
  readonly minProperties?: number
  readonly maxProperties?: number
}

/**
 * A list.
 *
 * @example
 * ```ts
 * const heading = (field: ArrayField) => `${field.label}: each is ${field.element.type}`
 * ```
 */
export interface ArrayField extends FieldFacts {
  readonly type: 'array'
  /** What each of its elements is. */
  readonly element: FieldReference
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
}

/**
 * One of several things. `by` says how a value tells which of them it is: by the one `key` that the object has, by the
 * `value` of its member `property`, or by its `type` alone.
 *
 * @example
 * ```ts
 * function chosen(field: ChoiceField, value: object): FieldOption | undefined {
 *   if (field.by === 'key') return field.options.find(({ choice }) => choice in value)
 *   return field.options.find(({ choice }) => Reflect.get(value, field.property ?? '') === choice)
 * }
 * ```
 */
export interface ChoiceField extends FieldFacts {
  readonly type: 'choice'
  readonly by: 'key' | 'value' | 'type'
  /** The member whose value tells, if `by` is `value`. */
  readonly property?: string
  readonly options: readonly FieldOption[]
}

/**
 * Anything that JSON can carry.
 *
 * @example
 * ```ts
 * const isFree = (field: FieldReference): field is AnyField => field.type === 'any'
 * ```
 */
export interface AnyField extends FieldFacts {
  readonly type: 'any'
}

/**
 * One of the things that a field may be.
 *
 * @example
 * ```ts
 * const tab = ({ choice, label }: FieldOption) => ({ key: choice, title: label })
 * ```
 */
export interface FieldOption {
  /** The key, the value of the member that tells, or the type. */
  readonly choice: string
  readonly label: string
  readonly description?: string
  /**
   * What the field then is. By `key`, this is the member of that name; else it stands at the same place as the field
   * itself.
   */
  readonly field: FieldReference
}

/**
 * A value that a field may have.
 *
 * @example
 * ```ts
 * const option = ({ value, label }: FieldValue) => new Option(label, value)
 * ```
 */
export interface FieldValue<Value = string> {
  readonly value: Value
  /** The value in words; codes, such as those of languages, stand for themselves. */
  readonly label: string
  readonly description?: string
}

/**
 * A page of the provider's.
 *
 * @example
 * ```ts
 * const anchor = ({ title, url }: FieldLink) => `[${title}](${url})`
 * ```
 */
export interface FieldLink {
  readonly title: string
  readonly url: string
}

/**
 * A name that people write and the provider does not take: a field that was removed, one of another place, a common
 * mistake.
 *
 * @example
 * ```ts
 * for (const { pointer, rules } of startRecording.unlisted) console.log(pointer, rules[0]?.message)
 * ```
 */
export interface UnlistedField {
  /** Where people write it. */
  readonly pointer: string
  readonly name: string
  /** What is said about it, and what to write: which of them, depends on the value and on what else there is. */
  readonly rules: readonly UnlistedFieldRule[]
}

/**
 * What a rule says about a field that the provider does not take.
 *
 * @example
 * ```ts
 * const line = ({ rule, message }: UnlistedFieldRule) => `${message} (${rule})`
 * ```
 */
export interface UnlistedFieldRule {
  readonly rule: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly docs?: string
}

/**
 * Something that an operation takes beside its body. Its pointer leads from the root of the input, where it stands
 * beside `body`.
 *
 * @example
 * ```ts
 * const regions = startRecording.parameters.filter(({ in: place }) => place === 'server').map(({ field }) => field)
 * ```
 */
export interface ParameterReference {
  /** A variable of the server's name, or a part of the path, the query or a header. */
  readonly in: 'server' | 'path' | 'query' | 'header'
  readonly field: FieldReference
}

/**
 * An operation, with all that it takes.
 *
 * @example
 * ```ts
 * import { startRecording } from 'recreq/recall/fields'
 *
 * const operation: OperationReference = startRecording
 * console.log(operation.title, operation.body?.fields.length)
 * ```
 */
export interface OperationReference {
  readonly name: string
  readonly title: string
  readonly description?: string
  readonly method: string
  /** With its parameters in braces. */
  readonly path: string
  readonly links: readonly FieldLink[]
  readonly parameters: readonly ParameterReference[]
  /** The body, with its fields below it. Undefined for an operation without one. */
  readonly body?: ObjectField
  readonly unlisted: readonly UnlistedField[]
}

/**
 * A schema that stands for itself, with all that is in it.
 *
 * @example
 * ```ts
 * import { recordingConfig } from 'recreq/recall/fields'
 *
 * const schema: SchemaReference = recordingConfig
 * console.log(schema.value.nullable)
 * ```
 */
export interface SchemaReference {
  readonly name: string
  readonly title: string
  readonly description?: string
  readonly links: readonly FieldLink[]
  readonly value: ObjectField
  readonly unlisted: readonly UnlistedField[]
}
