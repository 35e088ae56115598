// The entry point `recreq/videosdk`: VideoSDK's operations and types, without the other providers.
export * from './shared-exports.js'
export { preload } from './preload.js'
export * from './generated/videosdk.js'
