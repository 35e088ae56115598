// The package's entries that the scenario needs, as an import gives them.
export * as recall from 'recreq/recall'
export * as realtimekit from 'recreq/realtimekit'
export * as videosdk from 'recreq/videosdk'
export * as client from 'recreq/client'
export * as gateway from 'recreq/gateway'
export * as gatewayClient from 'recreq/gateway/client'
