// No window at the service has more requests than the limit, whatever becomes of them on the way: in virtual time, with
// requests that arrive long after their client has given them up.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createClient, createMemoryLimiter } from 'recreq/client'
import { createDurableObjectLimiter, RateLimitObject } from 'recreq/limiter/durable-object'
import * as recall from 'recreq/recall'
import { Random } from '../generated/random.mjs'
import { bot, id } from './fake-service.mjs'
import { mostWithin, withLimits } from './limited-provider.mjs'
import { virtualTime } from './virtual-time.mjs'

const own = { requests: 8, seconds: 1 }
const address = { requests: 20, seconds: 3, scope: 'address' }
const provider = withLimits(recall, { alone: [own], together: [address] })
const timeout = 400
const grace = 2

/**
 * A network that loses, delays and breaks, and a service behind it that notes when it sees what.
 * @param {Random} random
 */
function createNetwork(random) {
  /** @type {Map<string, number[]>} */
  const seen = new Map()
  const after = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
  const arrive = async (/** @type {Request} */ request, /** @type {number} */ delay) => {
    await after(delay)
    const key = request.headers.get('authorization') ?? ''
    seen.set(key, [...(seen.get(key) ?? []), performance.now()])
  }
  const broken = (/** @type {string} */ code) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
  const fates = {
    async answered(/** @type {Request} */ request) {
      await arrive(request, random.below(60))
      await after(random.below(60))
      return random.oneIn(8) ? Response.json({}, { status: 503 }) : Response.json(bot)
    },
    async refused() {
      await after(random.below(60))
      throw broken('ECONNREFUSED')
    },
    async reset(/** @type {Request} */ request) {
      const failing = random.below(timeout)
      void arrive(request, random.below(failing + grace * 1000))
      await after(failing)
      throw broken('ECONNRESET')
    },
    async silent(/** @type {Request} */ request) {
      void arrive(request, random.below(timeout + grace * 1000))
      return new Promise(() => undefined)
    },
  }
  const kinds = /** @type {(keyof typeof fates)[]} */ (['answered', 'answered', 'answered', 'refused', 'reset', 'silent'])
  return { seen, fetch: (/** @type {Request} */ request) => fates[kinds[random.below(kinds.length)] ?? 'answered'](request) }
}

/**
 * Many calls at once with two credentials. Some are aborted by their callers.
 * @param {import('node:test').TestContext} context
 * @param {number} seed
 * @param {(caller: number) => import('recreq/client').Limiter} limiterOf
 */
async function load(context, seed, limiterOf) {
  const time = virtualTime(context)
  const random = new Random(seed)
  const { seen, fetch } = createNetwork(random)
  const clients = Array.from({ length: 6 }, (_, caller) =>
    createClient(provider, {
      region: 'us-west-2',
      credentials: { apiKey: `a-placeholder-and-no-key-${caller % 2}` },
      limiter: limiterOf(caller),
      fetch: /** @type {any} */ (fetch),
      timeout,
      retry: { limit: 2, backoff: 5 },
    }),
  )
  const calls = Array.from({ length: 150 }, (_, at) => {
    const controller = new AbortController()
    if (random.oneIn(10)) setTimeout(() => controller.abort(), random.below(20_000))
    return /** @type {any} */ (clients[at % clients.length]).startRecording({ id }, { signal: controller.signal })
  })
  const outcomes = await time.settled(calls)
  // What is still on its way arrives.
  await time.settled([new Promise((resolve) => setTimeout(resolve, timeout + grace * 1000))])
  const each = [...seen.values()].map((moments) => mostWithin(moments, own.seconds * 1000))
  const together = mostWithin([...seen.values()].flat(), address.seconds * 1000)
  return { outcomes, each, together }
}

/** @param {Awaited<ReturnType<typeof load>>} result */
function assertKept({ outcomes, each, together }) {
  assert.ok(each.every((most) => most <= own.requests) && together <= address.requests, `${each} and ${together}`)
  assert.ok(together > address.requests / 2, 'the limit has been made use of')
  const kinds = new Set(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'answered' : outcome.reason.name)))
  for (const kind of ['answered', 'AbortError', 'OutcomeUnknownError']) assert.ok(kinds.has(kind), [...kinds].join())
}

/**
 * Durable Objects in memory, which are put away now and then when they have nothing to do.
 * @param {Random} random
 */
function createNamespace(random) {
  /** @type {Map<string, { store: Map<string, unknown>, object: RateLimitObject, ready: Promise<unknown>, busy: number }>} */
  const places = new Map()
  const open = (/** @type {Map<string, unknown>} */ store) => {
    /** @type {Promise<unknown>} */
    let ready = Promise.resolve()
    const object = new RateLimitObject({
      storage: {
        get: async (key) => structuredClone(store.get(key)),
        put: async (key, value) => void store.set(key, structuredClone(value)),
      },
      blockConcurrencyWhile(callback) {
        const done = callback()
        ready = done
        return done
      },
    })
    return { store, object, ready, busy: 0 }
  }
  const wake = async (/** @type {string} */ name) => {
    const known = places.get(name)
    const place =
      known === undefined || (known.busy === 0 && random.oneIn(20)) ? open(known?.store ?? new Map()) : known
    places.set(name, place)
    place.busy += 1
    await place.ready
    return place
  }
  return {
    idFromName: (/** @type {string} */ name) => name,
    get: (/** @type {string} */ name) => ({
      async fetch(/** @type {string} */ url, /** @type {RequestInit} */ init) {
        const travel = () => new Promise((resolve) => setTimeout(resolve, random.below(20)))
        await travel()
        const place = await wake(name)
        const answer = await place.object.fetch(new Request(url, init)).finally(() => (place.busy -= 1))
        await travel()
        return answer
      },
    }),
  }
}

/** One that keeps nothing but its memory. */
const forgetfulObject = () =>
  new RateLimitObject({
    storage: { get: async () => undefined, put: async () => undefined },
    blockConcurrencyWhile: (callback) => callback(),
  })

describe('a limiter in memory', () => {
  for (const seed of [1, 2, 3])
    it(`lets no window at the service have more than the limits: seed ${seed}`, async (context) => {
      const limiter = createMemoryLimiter({ grace })
      assertKept(await load(context, seed, () => limiter))
    })

  it('would let some, if a request that is given up counted as answered', async (context) => {
    const limiter = createMemoryLimiter({ grace: 0 })
    const { each, together } = await load(context, 1, () => limiter)
    assert.ok(together > address.requests || each.some((most) => most > own.requests), `${each} and ${together}`)
  })
})

describe('a limiter in a Durable Object', () => {
  for (const seed of [1, 2])
    it(`lets no window at the service have more than the limits, although isolates get lost: seed ${seed}`, async (context) => {
      const random = new Random(seed)
      const namespace = createNamespace(random)
      const limiterOf = (/** @type {number} */ caller) => {
        const limiter = createDurableObjectLimiter(/** @type {any} */ (namespace), { grace, lease: 1 })
        // The last isolate's words get lost now and then, as if it were gone.
        const isLost = () => caller === 5 && random.oneIn(4)
        return {
          /** @type {import('recreq/client').Limiter['acquire']} */
          async acquire(bucket, options) {
            const permit = await limiter.acquire(bucket, options)
            return isLost() ? { release() {} } : permit
          },
        }
      }
      assertKept(await load(context, seed, limiterOf))
    })

  it('counts the request of an isolate that is gone until it can no longer arrive', async (context) => {
    const { timers } = context.mock
    timers.enable({ apis: ['Date'], now: 0 })
    const object = forgetfulObject()
    const namespace = {
      idFromName: () => '',
      get: () => ({ fetch: (/** @type {string} */ url, /** @type {RequestInit} */ init) => object.fetch(new Request(url, init)) }),
    }
    const limiter = createDurableObjectLimiter(namespace, { lease: 10, grace: 5 })
    const isGranted = async () => {
      const controller = new AbortController()
      const asked = limiter.acquire({ key: 'gone', requests: 1, seconds: 1 }, { signal: controller.signal })
      for (let turn = 0; turn < 20; ++turn) await new Promise(setImmediate)
      controller.abort()
      return asked.then(
        () => true,
        () => false,
      )
    }
    assert.equal(await isGranted(), true)
    timers.tick(15_999)
    assert.equal(await isGranted(), false)
    timers.tick(1)
    assert.equal(await isGranted(), true)
    // Nobody asks for a long time: what was over long ago takes no place from when that is noticed.
    timers.tick(3_600_000)
    assert.equal(await isGranted(), true)
  })

  it('counts a request whose isolate was taken for gone too early from when it says so', async (context) => {
    const { timers } = context.mock
    timers.enable({ apis: ['Date'], now: 0 })
    const object = forgetfulObject()
    const asked = async (/** @type {string} */ path, /** @type {object} */ body) => {
      const answer = await object.fetch(new Request(`https://limiter.invalid${path}`, { method: 'POST', body: JSON.stringify(body) }))
      return answer.json()
    }
    const bucket = { requests: 1, seconds: 1, hold: 10 }
    const { permit } = await asked('/acquire', bucket)
    timers.tick(10_500)
    assert.equal((await asked('/acquire', bucket)).permit, undefined)
    await asked('/release', { permit, within: 0 })
    timers.tick(999)
    assert.equal((await asked('/acquire', bucket)).permit, undefined)
    timers.tick(1)
    assert.ok((await asked('/acquire', bucket)).permit)
  })
})
