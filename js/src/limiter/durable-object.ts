// The entry point `recreq/limiter/durable-object`: a limiter for isolates that share a limit and not a memory. One Durable
// Object of Cloudflare Workers for each bucket keeps the counts.
import { sleep, unlessAborted } from '../client/waiting.js'
import { checkSeconds, defaultGrace } from './grace.js'
import type { AcquireOptions, Limiter, Permit, RateBucket, RateObservation, RequestOutcome } from './limiter.js'
import { SlidingWindow, type WindowState } from './sliding-window.js'

export type {
  AcquireOptions,
  Limiter,
  Permit,
  RateBucket,
  RateObservation,
  RequestArrival,
  RequestOutcome,
} from './limiter.js'

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
   * Seconds after which an isolate is taken for gone that has not said what became of its request. Longer than the
   * client's `timeout`. That request counts like one that was given up at this moment.
   *
   * @default 120
   */
  readonly lease?: number | undefined
  /**
   * Seconds in which a request that was given up may still reach the provider. It keeps its place for so long, and then
   * for as long as the limit's window.
   *
   * @default 30
   */
  readonly grace?: number | undefined
  /**
   * Keeps the isolate alive until the object knows what became of a request: `(promise) => ctx.waitUntil(promise)`. A
   * Worker whose response is finished may be stopped before that, and its places are taken until the lease is over.
   */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined
}

interface AcquireRequest extends Pick<RateBucket, 'requests' | 'seconds'> {
  /** Seconds after which the request counts as if it had just arrived. */
  readonly hold: number
}

interface AcquireAnswer {
  readonly permit?: string
  /** Milliseconds. */
  readonly wait?: number
}

interface ReleaseRequest {
  readonly permit: string
  /** Seconds from now within which it arrives, or has; undefined: never. */
  readonly within?: number | undefined
  readonly observed?: RateObservation | undefined
}

/** What outlives the object's memory. */
interface StoredCounts {
  readonly window: WindowState
  /** When each permit is over whose isolate says nothing more, in milliseconds since 1970. */
  readonly leases: Readonly<Record<string, number>>
}

const shortestWait = 10
const longestWait = 5000
// How often to ask again when nobody can say when there will be room.
const patience = 50

/**
 * A limiter whose counts are kept by a Durable Object, for all isolates together. Export {@link RateLimitObject} from the
 * Worker, and bind it.
 *
 * @throws {@link InvalidOptionsError}
 * @example
 * ```ts
 * export { RateLimitObject } from 'recreq/limiter/durable-object'
 *
 * export default {
 *   async fetch(request, env, ctx) {
 *     const waitUntil = (promise) => ctx.waitUntil(promise)
 *     const limiter = createDurableObjectLimiter(env.RATE_LIMITS, { waitUntil })
 *     const client = createClient(recall, { region: 'us-west-2', credentials: { apiKey: env.RECALL_API_KEY }, limiter })
 *     return Response.json(await client.startRecording({ id }))
 *   },
 * }
 * ```
 */
export function createDurableObjectLimiter(
  namespace: DurableObjectNamespaceLike,
  { lease = 120, grace = defaultGrace, waitUntil }: DurableObjectLimiterOptions = {},
): Limiter {
  checkSeconds('lease', lease)
  checkSeconds('grace', grace)
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

  const permitFor = (key: string, permit: string): Permit => {
    let open = true
    return {
      async release({ arrival, observed }: RequestOutcome = {}) {
        if (!open) return
        open = false
        const within = arrival === 'never' ? undefined : arrival === 'unknown' ? grace : 0
        const told = ask(key, '/release', { permit, within, observed })
        waitUntil?.(told.catch(() => undefined))
        await told
      },
    }
  }

  return {
    async acquire({ key, requests, seconds }: RateBucket, options: AcquireOptions = {}): Promise<Permit> {
      const signal = options.signal ?? undefined
      for (;;) {
        signal?.throwIfAborted()
        const asked = ask(key, '/acquire', { requests, seconds, hold: lease + grace }) as Promise<AcquireAnswer>
        try {
          const { permit, wait = patience } = await unlessAborted(asked, signal)
          if (permit !== undefined) return permitFor(key, permit)
          // All who wait for the same place shall not ask at the same moment, and one may be given back before.
          await sleep(Math.min(Math.max(wait, shortestWait), longestWait) * (1 + Math.random() / 4), signal)
        } catch (error) {
          const returned = asked.then(({ permit }) => permit && permitFor(key, permit).release({ arrival: 'never' }))
          // Whoever cannot give a place back leaves that to the lease.
          const settled = returned.catch(() => undefined)
          waitUntil?.(settled)
          throw error
        }
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

  async #acquire({ requests, seconds, hold }: AcquireRequest): Promise<AcquireAnswer> {
    const now = Date.now()
    this.#window.resize(requests, seconds)
    for (const [permit, until] of this.#leases) {
      if (until > now) continue
      this.#leases.delete(permit)
      this.#window.count(until)
    }
    if (!this.#window.take(now)) {
      const wait = this.#window.wait(now)
      return wait === Infinity ? {} : { wait }
    }
    const permit = crypto.randomUUID()
    this.#leases.set(permit, now + hold * 1000)
    await this.#store()
    return { permit }
  }

  async #release({ permit, within, observed }: ReleaseRequest): Promise<Record<string, never>> {
    const now = Date.now()
    const isHeld = this.#leases.delete(permit)
    if (within === undefined) {
      if (isHeld) this.#window.giveBack(now)
    } else if (isHeld) {
      this.#window.count(now + within * 1000)
    } else {
      // It was taken for gone. The provider may have counted its request only now.
      this.#window.countAnother(now + within * 1000)
    }
    if (observed !== undefined) this.#window.observe(now, observed)
    await this.#store()
    return {}
  }

  // An object that is idle loses its memory long before a window of five minutes is over.
  async #store(): Promise<void> {
    const counts: StoredCounts = { window: this.#window.state, leases: Object.fromEntries(this.#leases) }
    await this.#state.storage.put('counts', counts)
  }
}
