// The entry point `recreq`: all providers, and what they share.
export * from './common.js'
export * as recall from './generated/recall.js'
