// The entry point `recreq/gateway`: what stands between pages and a provider. Web standards only.
export { InvalidCredentialError } from '../errors/invalid-credential-error.js'
export { InvalidOptionsError } from '../errors/invalid-options-error.js'
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
export { createGateway, type Gateway } from './create-gateway.js'
export type { CrossOriginOptions } from './cross-origin.js'
export type { Asked, GatewayOptions, PostedInput, Preparation } from './gateway-options.js'
export type { GatewayLimits } from './limits.js'
export type { ProblemDetails, ProblemName } from './problem.js'
