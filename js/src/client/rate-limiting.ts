// Which limits a call counts against, leave to send it under all of them, and what answers say of them.
import type { Limiter, Permit, RateBucket, RateObservation, RequestArrival } from '../limiter/limiter.js'
import type { RateLimitDescription } from './service.js'
import { unlessAborted } from './waiting.js'

const known = new Map<string, Promise<string>>()
const mostKnown = 64

/** What a client's calls are paced by. */
export interface Pacing {
  readonly limiter: Limiter
  /** Limits of all operations together. */
  readonly together: readonly RateLimitDescription[]
}

/** A bucket, and the header of answers that says what is left in it. */
export interface LimitedBucket extends RateBucket {
  readonly header: string | undefined
}

/** What is called, and what its limits are. */
export interface LimitedCall extends Pick<Pacing, 'together'> {
  readonly service: string
  readonly operation: string
  /** Limits of this operation alone. */
  readonly alone: readonly RateLimitDescription[]
  readonly url: string
  /** Whose credential it is. */
  readonly owner: string
}

/** Leave under one of the limits. */
export interface HeldPermit {
  readonly bucket: LimitedBucket
  readonly permit: Permit
}

/**
 * The buckets of a call, in the order in which they are to be acquired. It is the same for all callers, so that none
 * waits for another in a circle; what most callers share comes last, so that nobody holds it while he waits for his own.
 */
export async function bucketsOf(call: LimitedCall): Promise<readonly LimitedBucket[]> {
  const { service, together, operation, alone, url, owner } = call
  const limits = [
    ...alone.map((limit) => ({ limit, counted: operation })),
    ...together.map((limit) => ({ limit, counted: '*' })),
  ]
  if (limits.length === 0) return []
  const credential = await fingerprint(owner)
  const named = limits.map(({ limit: { requests, seconds, scope, header }, counted }) => {
    const key = [service, new URL(url).host, scope === 'address' ? scope : credential, counted, `${seconds}s`].join(' ')
    return { reach: scope === 'address' ? 1 : 0, bucket: { key, requests, seconds, header } }
  })
  named.sort(
    (one, other) =>
      one.reach - other.reach ||
      other.bucket.seconds - one.bucket.seconds ||
      (one.bucket.key < other.bucket.key ? -1 : 1),
  )
  return named.map(({ bucket }) => bucket)
}

/** Waits for leave under each limit. Who gives up while waiting for one gives the others back. */
export async function acquireAll(
  limiter: Limiter,
  buckets: readonly LimitedBucket[],
  signal: AbortSignal | undefined,
): Promise<HeldPermit[]> {
  const held: HeldPermit[] = []
  try {
    for (const bucket of buckets) {
      const { key, requests, seconds } = bucket
      held.push({ bucket, permit: await acquire(limiter, { key, requests, seconds }, signal) })
    }
  } catch (error) {
    releaseAll(held, 'never')
    throw error
  }
  return held
}

/** Gives leave back; `observed` is what an answer says of a bucket. */
export function releaseAll(
  held: readonly HeldPermit[],
  arrival: RequestArrival,
  observed: (bucket: LimitedBucket) => RateObservation | undefined = () => undefined,
): void {
  for (const { bucket, permit } of held) void release(permit, arrival, observed(bucket))
}

async function acquire(limiter: Limiter, bucket: RateBucket, signal: AbortSignal | undefined): Promise<Permit> {
  const granted = limiter.acquire(bucket, { signal })
  try {
    return await unlessAborted(granted, signal)
  } catch (error) {
    // A limiter that does not mind the signal may still grant what nobody will use.
    void granted.then(
      (permit) => release(permit, 'never', undefined),
      () => undefined,
    )
    throw error
  }
}

// A limiter that fails afterwards must not make a call look failed that was answered.
async function release(permit: Permit, arrival: RequestArrival, observed: RateObservation | undefined): Promise<void> {
  try {
    await permit.release({ arrival, observed })
  } catch {
    // It gives the place back when it is too old.
  }
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
