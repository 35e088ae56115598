// The entry point `recreq/client`: clients of all providers. Web standards only.
export { type AnsweredCall, type Call, type ListCall } from './call.js'
export type { CallOptions, GeneralClientOptions } from './client-options.js'
export type {
  CallInput,
  Client,
  ClientCredentials,
  ClientMethod,
  ClientOptions,
  ProviderModule,
} from './client-types.js'
export { createClient } from './create-client.js'
export type { Hooks, IssueEvent, Logger, RedactedRequest, RequestEvent, ResponseEvent, RetryEvent } from './hooks.js'
export { mintVideoSdkToken, type VideoSdkTokenOptions } from './mint-videosdk-token.js'
export type { ReconcileOptions, Reconciliation } from './reconciliation.js'
export type { RetryOptions } from './retrying.js'
export type { ServiceDescription } from './service.js'
export { AuthenticationError } from '../errors/authentication-error.js'
export type { CallError } from '../errors/call-error.js'
export { ConflictError } from '../errors/conflict-error.js'
export { ConnectionError } from '../errors/connection-error.js'
export { InvalidCredentialError } from '../errors/invalid-credential-error.js'
export { InvalidOptionsError } from '../errors/invalid-options-error.js'
export { NotFoundError } from '../errors/not-found-error.js'
export { OutcomeUnknownError } from '../errors/outcome-unknown-error.js'
export { PermissionDeniedError } from '../errors/permission-denied-error.js'
export { RateLimitError } from '../errors/rate-limit-error.js'
export { RecreqError } from '../errors/recreq-error.js'
export { RequestInvalidError } from '../errors/request-invalid-error.js'
export { ResponseUnreadableError } from '../errors/response-unreadable-error.js'
export { ServiceError } from '../errors/service-error.js'
export { TimeoutError } from '../errors/timeout-error.js'
export type {
  AcquireOptions,
  Limiter,
  Permit,
  RateBucket,
  RateObservation,
  RequestArrival,
  RequestOutcome,
} from '../limiter/limiter.js'
export { createMemoryLimiter, type MemoryLimiterOptions } from '../limiter/memory.js'
