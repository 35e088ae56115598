// The entry point `recreq/recall/fields`: Recall.ai's fields, for people who build forms.
export type * from './field-reference.js'
export { everyField, fieldsAt } from './finding.js'
export * from '../generated/recall.fields.js'
