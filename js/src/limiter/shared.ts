// The limiter of whoever is given none: the clients and gateways of one process share the limits of their credential.
import type { Limiter } from './limiter.js'
import { createMemoryLimiter } from './memory.js'

let limiter: Limiter | undefined

export function sharedLimiter(): Limiter {
  return (limiter ??= createMemoryLimiter())
}
