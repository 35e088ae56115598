// Whose limit a call counts against, and what answers say of it.
import type { RateBucket, RateObservation } from '../limiter/limiter.js'
import type { RateLimitDescription } from './service.js'

const known = new Map<string, Promise<string>>()
const mostKnown = 64

/** The bucket of an operation for whoever owns the credential, at a host. The credential is in it as a hash only. */
export async function bucketFor(
  limit: RateLimitDescription,
  service: string,
  operation: string,
  url: string,
  owner: string,
): Promise<RateBucket> {
  const { requests, seconds, shared } = limit
  const key = [service, new URL(url).host, await fingerprint(owner), shared === true ? '*' : operation].join(' ')
  return { key, requests, seconds }
}

/** What a header such as `"default";r=50;t=30` (the IETF's draft of RateLimit headers) says is left. */
export function observedLimit(value: string | null): RateObservation | undefined {
  // Of several policies, the one that leaves least counts.
  const policies = (value ?? '').split(',').flatMap((policy) => {
    const remaining = /;\s*r=(\d{1,9})\b/.exec(policy)?.[1]
    const seconds = /;\s*t=(\d{1,6})\b/.exec(policy)?.[1]
    return remaining === undefined || seconds === undefined
      ? []
      : [{ remaining: Number(remaining), seconds: Number(seconds) }]
  })
  return policies.sort((one, other) => one.remaining - other.remaining)[0]
}

function fingerprint(owner: string): Promise<string> {
  let print = known.get(owner)
  if (print === undefined) {
    if (known.size >= mostKnown) known.clear()
    print = hash(owner)
    known.set(owner, print)
  }
  return print
}

async function hash(owner: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(owner)))
  return Array.from(digest.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
