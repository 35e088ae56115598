// The entry point `recreq/videosdk/fields`: VideoSDK's fields, for people who build forms.
export type * from './field-reference.js'
export { everyField, fieldsAt } from './finding.js'
export * from '../generated/videosdk.fields.js'
