// The entry point `recreq/realtimekit`: Cloudflare RealtimeKit's operations and types, without the other providers.
export * from './shared-exports.js'
export * from './generated/realtimekit.js'
