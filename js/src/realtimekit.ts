// The entry point `recreq/realtimekit`: Cloudflare RealtimeKit's operations and types, without the other providers.
export * from './shared-exports.js'
export { preload } from './preload.js'
export * from './generated/realtimekit.js'
