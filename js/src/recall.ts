// The entry point `recreq/recall`: Recall.ai's operations and types, without the other providers.
export * from './shared-exports.js'
export { preload } from './preload.js'
export * from './generated/recall.js'
