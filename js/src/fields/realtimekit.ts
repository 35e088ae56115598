// The entry point `recreq/realtimekit/fields`: Cloudflare RealtimeKit's fields, for people who build forms.
export type * from './field-reference.js'
export { everyField, fieldsAt } from './finding.js'
export * from '../generated/realtimekit.fields.js'
