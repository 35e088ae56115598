// The entry point `recreq`: all providers, and what they share.
export * from './shared-exports.js'
export { preload } from './preload.js'
export * as realtimekit from './generated/realtimekit.js'
export * as recall from './generated/recall.js'
export * as videosdk from './generated/videosdk.js'
