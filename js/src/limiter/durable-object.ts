// The entry point `recreq/limiter/durable-object`: a limiter for isolates that share a limit and not a memory. One Durable
// Object of Cloudflare Workers for each bucket keeps the counts.
import { sleep } from '../client/waiting.js'
import type { AcquireOptions, Limiter, Permit, RateBucket, RateObservation } from './limiter.js'
import { SlidingWindow, type WindowState } from './sliding-window.js'

export type { AcquireOptions, Limiter, Permit, RateBucket, RateObservation } from './limiter.js'

/**
 * What is used of a Durable Object's namespace, as a Worker has it in its `env`.
 *
 * @example
 * ```ts
 * interface Env { readonly RATE_LIMITS: DurableObjectNamespaceLike }
 * ```
 */
export interface DurableObjectNamespaceLike {
  idFromName(name: string): unknown
  // Methods are compared less strictly than functions: a real namespace takes its own ids only.
  get(id: never): { fetch(url: string, init: RequestInit): Promise<Response> }
}

/**
 * What is used of a Durable Object's state.
 *
 * @example
 * ```ts
 * class Limits extends RateLimitObject {
 *   constructor(state: DurableObjectStateLike) {
 *     super(state)
 *   }
 * }
 * ```
 */
export interface DurableObjectStateLike {
  readonly storage: {
    get(key: string): Promise<unknown>
    put(key: string, value: unknown): Promise<void>
  }
  blockConcurrencyWhile<Result>(callback: () => Promise<Result>): Promise<Result>
}

/**
 * How a limiter in a Durable Object behaves.
 *
 * @example
 * ```ts
 * const options: DurableObjectLimiterOptions = { lease: 300 }
 * ```
 */
export interface DurableObjectLimiterOptions {
  /**
   * Seconds after which a request counts as answered whose isolate has not said so, because it is gone. Longer than the
   * client's `timeout`.
   *
   * @default 120
   */
  readonly lease?: number | undefined
}

interface AcquireRequest extends Pick<RateBucket, 'requests' | 'seconds'> {
  readonly lease: number
}

interface AcquireAnswer {
  readonly permit?: string
  /** Milliseconds. */
  readonly wait?: number
}

interface ReleaseRequest {
  readonly permit: string
  readonly observed?: RateObservation | undefined
}

/** What outlives the object's memory. */
interface StoredCounts {
  readonly window: WindowState
  /** Until when each permit holds, in milliseconds since 1970. */
  readonly leases: Readonly<Record<string, number>>
}

const shortestWait = 10
// How often to ask again when nobody can say when there will be room.
const patience = 50

/**
 * A limiter whose counts are kept by a Durable Object, for all isolates together. Export {@link RateLimitObject} from the
 * Worker, and bind it.
 *
 * @example
 * ```ts
 * export { RateLimitObject } from 'recreq/limiter/durable-object'
 *
 * export default {
 *   async fetch(request, env) {
 *     const limiter = createDurableObjectLimiter(env.RATE_LIMITS)
 *     const client = createClient(recall, { region: 'us-west-2', credentials: { apiKey: env.RECALL_API_KEY }, limiter })
 *     return Response.json(await client.startRecording({ id }))
 *   },
 * }
 * ```
 */
export function createDurableObjectLimiter(
  namespace: DurableObjectNamespaceLike,
  { lease = 120 }: DurableObjectLimiterOptions = {},
): Limiter {
  const ask = async (key: string, path: string, body: AcquireRequest | ReleaseRequest): Promise<unknown> => {
    const object = namespace.get(namespace.idFromName(key) as never)
    // The host is a formality: what is asked never leaves for the network.
    const response = await object.fetch(`https://limiter.invalid${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`The Durable Object of the limiter answered with status ${response.status}.`)
    return response.json()
  }

  return {
    async acquire({ key, requests, seconds }: RateBucket, options: AcquireOptions = {}): Promise<Permit> {
      const signal = options.signal ?? undefined
      for (;;) {
        signal?.throwIfAborted()
        const { permit, wait = patience } = (await ask(key, '/acquire', { requests, seconds, lease })) as AcquireAnswer
        if (permit !== undefined) {
          const release = async (observed?: RateObservation) => {
            await ask(key, '/release', { permit, observed })
          }
          return { release }
        }
        // All who wait for the same place shall not ask at the same moment.
        await sleep(Math.max(wait, shortestWait) * (1 + Math.random() / 4), signal)
      }
    },
  }
}

/**
 * The Durable Object behind {@link createDurableObjectLimiter}.
 *
 * @example
 * ```toml
 * [[durable_objects.bindings]]
 * name = "RATE_LIMITS"
 * class_name = "RateLimitObject"
 * ```
 */
export class RateLimitObject {
  readonly #state: DurableObjectStateLike
  #window = new SlidingWindow(1, 1)
  #leases = new Map<string, number>()

  constructor(state: DurableObjectStateLike) {
    this.#state = state
    void state.blockConcurrencyWhile(async () => {
      const stored = (await state.storage.get('counts')) as StoredCounts | undefined
      if (stored === undefined) return
      this.#window = new SlidingWindow(1, 1, stored.window)
      this.#leases = new Map(Object.entries(stored.leases))
    })
  }

  /** Answers the limiters; nobody else can ask. */
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/acquire') return Response.json(await this.#acquire((await request.json()) as AcquireRequest))
    if (pathname === '/release') return Response.json(await this.#release((await request.json()) as ReleaseRequest))
    return new Response(null, { status: 404 })
  }

  async #acquire({ requests, seconds, lease }: AcquireRequest): Promise<AcquireAnswer> {
    const now = Date.now()
    this.#window.resize(requests, seconds)
    for (const [permit, until] of this.#leases) if (until <= now) this.#end(permit, now)
    if (!this.#window.take(now)) {
      const wait = this.#window.wait(now)
      return wait === Infinity ? {} : { wait }
    }
    const permit = crypto.randomUUID()
    this.#leases.set(permit, now + lease * 1000)
    await this.#store()
    return { permit }
  }

  async #release({ permit, observed }: ReleaseRequest): Promise<Record<string, never>> {
    // A permit whose time was over has been counted as answered already.
    if (this.#leases.has(permit)) this.#end(permit, Date.now(), observed)
    await this.#store()
    return {}
  }

  #end(permit: string, now: number, observed?: RateObservation): void {
    this.#leases.delete(permit)
    this.#window.answered(now, observed)
  }

  // An object that is idle loses its memory long before a window of five minutes is over.
  async #store(): Promise<void> {
    const counts: StoredCounts = { window: this.#window.state, leases: Object.fromEntries(this.#leases) }
    await this.#state.storage.put('counts', counts)
  }
}
