// A client asks its limiter for leave under every limit that counts a call, and tells it what became of the request.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createClient, createMemoryLimiter } from 'recreq/client'
import * as recall from 'recreq/recall'
import * as realtimekit from 'recreq/realtimekit'
import { startStandIn } from 'recreq/stand-in'
import { apiKey, bot, id, realtimekitClient, recallClient, rejection, serve } from './fake-service.mjs'
import { mostWithin, withLimits } from './limited-provider.mjs'

/**
 * What these tests tell every client: whatever happens to a request, it is sent once, however busy the machine is, and
 * nobody waits for a place that nobody will give back.
 */
const calm = { retry: /** @type {const} */ (false), timeout: 600_000 }
const answering = async () => Response.json(bot)
const recordings = { success: true, data: [], paging: { total_count: 0 } }
const nowhere = 'http://127.0.0.1:9'

/**
 * A limiter that grants everything, and notes what it is asked and told.
 * @param {(bucket: import('recreq/client').RateBucket) => void} [asked]
 */
function noting(asked = () => undefined) {
  /** @type {import('recreq/client').RateBucket[]} */
  const buckets = []
  /** @type {Record<string, import('recreq/client').RequestOutcome | undefined>} */
  const outcomes = {}
  /** @type {import('recreq/client').Limiter} */
  const limiter = {
    async acquire(bucket) {
      buckets.push(bucket)
      asked(bucket)
      return { release: (outcome) => void (outcomes[bucket.key] = outcome) }
    },
  }
  return { limiter, buckets, outcomes }
}

/**
 * A client of a provider with other limits.
 * @param {{ alone?: object[], together?: object[] }} limits
 * @param {object} options
 */
const limitedClient = (limits, options) =>
  createClient(withLimits(recall, limits), {
    region: 'us-west-2',
    credentials: { apiKey },
    baseUrl: nowhere,
    ...calm,
    .../** @type {{}} */ (options),
  })

/**
 * A failure as a runtime has it.
 * @param {string} code
 */
const broken = (code) => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }))

describe('many callers at once', () => {
  // A machine that stands still for a while finds its connections closed, and the request on them is sent again.
  const lasting = { retry: { backoff: 1 }, limiter: createMemoryLimiter({ grace: 1 }) }

  it('never pass the limit as the service counts it, in any window', async (context) => {
    /** @type {number[]} */
    const seen = []
    const { url } = await serve(context, (response, { number: count }) => {
      seen.push(performance.now())
      // Some answers take their time: when a request is counted is between its sending and its answer.
      setTimeout(() => response.setHeader('content-type', 'application/json').end(JSON.stringify(bot)), (count * 7) % 40)
    })
    const limits = { alone: [{ requests: 10, seconds: 0.2 }] }
    const clients = [1, 2, 3].map(() => limitedClient(limits, { ...lasting, baseUrl: url }))
    await Promise.all(Array.from({ length: 60 }, (_, i) => clients[i % 3]?.retrieveBot({ id })))
    assert.ok(seen.length >= 60, String(seen.length))
    assert.ok(mostWithin(seen, 200) <= 10, String(mostWithin(seen, 200)))
  })

  it('never get a 429 from the stand-in', async (context) => {
    const standIn = await startStandIn({ rateLimit: { requests: 20, seconds: 0.5 } })
    context.after(() => standIn.stop())
    const options = { ...lasting, baseUrl: standIn.baseUrl('recall') }
    const client = limitedClient({ alone: [{ requests: 20, seconds: 0.5 }] }, options)
    await Promise.all(Array.from({ length: 50 }, () => client.startRecording({ id })))
    assert.ok(standIn.journal.every(({ status }) => status !== 429))
    assert.equal(standIn.journal.filter(({ started }) => started !== undefined).length, 50)
  })
})

describe('what became of a request', () => {
  /** @type {[string, import('recreq/client').RequestArrival, (controller: AbortController) => object][]} */
  const cases = [
    ['arrived, when it is answered', 'arrived', () => ({ fetch: answering })],
    ['arrived, when it is refused', 'arrived', () => ({ fetch: async () => Response.json({}, { status: 400 }) })],
    [
      'arrived, when its answer is cut off',
      'arrived',
      () => ({ fetch: async () => new Response(new ReadableStream({ pull: () => broken('ECONNRESET') })) }),
    ],
    [
      'arrived, when its answer is given up that had begun',
      'arrived',
      (controller) => ({ fetch: async () => new Response(new ReadableStream({ pull: () => controller.abort() })) }),
    ],
    ['unknown, when no answer comes in time', 'unknown', () => ({ timeout: 1, fetch: () => new Promise(() => undefined) })],
    ['unknown, when the connection breaks', 'unknown', () => ({ fetch: () => broken('ECONNRESET') })],
    [
      'unknown, when its caller aborts it on its way',
      'unknown',
      (controller) => ({
        fetch() {
          controller.abort()
          return new Promise(() => undefined)
        },
      }),
    ],
    ['never, when nobody is there', 'never', () => ({ fetch: () => broken('ECONNREFUSED') })],
    [
      'never, when its caller aborts it before it is sent',
      'never',
      (controller) => ({ hooks: { onRequest: () => controller.abort() }, fetch: () => assert.fail('it was sent') }),
    ],
  ]
  for (const [name, arrival, optionsFor] of cases)
    it(`is told to the limiter: ${name}`, async () => {
      const { limiter, outcomes } = noting()
      const controller = new AbortController()
      const client = limitedClient({ alone: [{ requests: 1, seconds: 60 }] }, { limiter, ...optionsFor(controller) })
      await client.retrieveBot({ id }, { signal: controller.signal }).catch(() => undefined)
      assert.deepEqual(
        Object.values(outcomes).map((outcome) => outcome?.arrival),
        [arrival],
      )
    })

  it('that nobody answered keeps its place from the next call', async () => {
    let sent = 0
    const fetch = () => {
      sent += 1
      return broken('ECONNRESET')
    }
    const limits = { alone: [{ requests: 1, seconds: 0.001 }] }
    const client = limitedClient(limits, { limiter: createMemoryLimiter({ grace: 300 }), fetch })
    await rejection(client.retrieveBot({ id }))
    assert.equal((await rejection(client.retrieveBot({ id }, { signal: AbortSignal.timeout(20) }))).name, 'TimeoutError')
    assert.equal(sent, 1)
  })

  it('that was aborted before it was sent leaves its place to the next call', async () => {
    const limiter = createMemoryLimiter()
    const limits = { alone: [{ requests: 1, seconds: 300 }] }
    const controller = new AbortController()
    const hooks = { onRequest: () => controller.abort() }
    await rejection(limitedClient(limits, { limiter, hooks }).retrieveBot({ id }, { signal: controller.signal }))
    assert.deepEqual(await limitedClient(limits, { limiter, fetch: answering }).retrieveBot({ id }), bot)
  })
})

describe('a redirect', () => {
  it('is another request to every limit', async () => {
    const { limiter, buckets } = noting()
    let sent = 0
    const fetch = async () =>
      ++sent === 1 ? new Response(null, { status: 307, headers: { location: `/api/v1/bot/${id}/?again` } }) : answering()
    await limitedClient({ alone: [{ requests: 9, seconds: 60 }] }, { limiter, fetch }).retrieveBot({ id })
    assert.equal(sent, 2)
    assert.deepEqual(buckets, [buckets[0], buckets[0]])
  })

  it('does not wait for the place of the request that led to it', async () => {
    let sent = 0
    const fetch = async () =>
      ++sent === 1 ? new Response(null, { status: 307, headers: { location: `/api/v1/bot/${id}/?again` } }) : answering()
    const limiter = createMemoryLimiter()
    const client = limitedClient({ alone: [{ requests: 1, seconds: 0.01 }] }, { limiter, fetch, timeout: 10_000, retry: { limit: 0 } })
    assert.deepEqual(await client.retrieveBot({ id }), bot)
    assert.equal(sent, 2)
  })
})

describe('several limits', () => {
  const limits = {
    together: [
      { requests: 200, seconds: 1, scope: 'address' },
      { requests: 1200, seconds: 300, header: 'Ratelimit' },
    ],
    alone: [{ requests: 10, seconds: 1 }],
  }

  it('are acquired in one order: what the fewest share first, and the longest time before shorter ones', async () => {
    const { limiter, buckets, outcomes } = noting()
    await limitedClient(limits, { limiter, fetch: answering }).retrieveBot({ id })
    assert.deepEqual(
      buckets.map(({ requests, seconds }) => [requests, seconds]),
      [
        [1200, 300],
        [10, 1],
        [200, 1],
      ],
    )
    assert.equal(Object.keys(outcomes).length, 3)
  })

  it('count operations alone or together, and credentials alone or all of an address', async () => {
    const keysOf = async (/** @type {string} */ key, /** @type {'retrieveBot' | 'startRecording'} */ operation) => {
      const { limiter, buckets } = noting()
      await limitedClient(limits, { limiter, fetch: answering, credentials: { apiKey: key } })[operation]({ id })
      const [together, alone, address] = buckets.map((bucket) => bucket.key)
      return { together, alone, address }
    }
    const first = await keysOf('a-placeholder-1', 'retrieveBot')
    const other = await keysOf('a-placeholder-1', 'startRecording')
    const stranger = await keysOf('a-placeholder-2', 'retrieveBot')
    assert.deepEqual({ ...first, alone: '' }, { ...other, alone: '' })
    assert.notEqual(first.alone, other.alone)
    assert.equal(first.address, stranger.address)
    assert.notEqual(first.alone, stranger.alone)
    assert.notEqual(first.together, stranger.together)
    assert.ok(!JSON.stringify([first, other, stranger]).includes('placeholder'), 'credentials stand in keys as a hash alone')
  })

  it('give back what was granted when the wait for the next one is aborted', async () => {
    const limiter = createMemoryLimiter()
    const short = { alone: [{ requests: 1, seconds: 300 }], together: [{ requests: 1, seconds: 1, scope: 'address' }] }
    const { limiter: listening, buckets } = noting()
    await limitedClient(short, { limiter: listening, fetch: answering }).retrieveBot({ id })
    const [, address] = /** @type {[any, any]} */ (buckets)
    const taken = await limiter.acquire(address)
    /** @type {(value: unknown) => void} */
    let hasOwn = () => undefined
    const own = new Promise((resolve) => (hasOwn = resolve))
    const watched = {
      acquire: async (/** @type {any} */ bucket, /** @type {any} */ options) => {
        const permit = await limiter.acquire(bucket, options)
        if (bucket.key !== address.key) hasOwn(undefined)
        return permit
      },
    }
    const client = limitedClient(short, { limiter: watched, fetch: answering })
    const controller = new AbortController()
    const reason = new Error('enough')
    const waiting = rejection(client.retrieveBot({ id }, { signal: controller.signal }))
    await own
    await new Promise(setImmediate)
    controller.abort(reason)
    assert.equal(await waiting, reason)
    await taken.release({ arrival: 'never' })
    // Both places are free at once.
    assert.deepEqual(await client.retrieveBot({ id }), bot)
  })

  it('never have two callers wait for each other', async () => {
    const limiter = createMemoryLimiter()
    const narrow = { requests: 1, seconds: 0.001 }
    const wide = { requests: 1, seconds: 0.002, scope: 'address' }
    // One document has them the other way round.
    const clients = [{ together: [narrow, wide] }, { together: [wide, narrow] }].map((each) =>
      limitedClient(each, { limiter, fetch: answering }),
    )
    const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => clients[at % 2]?.retrieveBot({ id })))
    assert.equal(answers.length, 40)
  })

  it('take the word of an answer each for itself, and a 429 for the one that the fewest share', async () => {
    const outcomesOf = async (/** @type {Response} */ response) => {
      const { limiter, outcomes } = noting()
      await limitedClient(limits, { limiter, fetch: async () => response }).retrieveBot({ id }).catch(() => undefined)
      return Object.values(outcomes).map((outcome) => outcome?.observed)
    }
    const headers = { ratelimit: '"default";r=50;t=30' }
    assert.deepEqual(await outcomesOf(Response.json(bot, { headers })), [{ remaining: 50, seconds: 30 }, undefined, undefined])
    const refusal = Response.json({}, { status: 429, headers: { ...headers, 'retry-after': '7' } })
    assert.deepEqual(await outcomesOf(refusal), [{ remaining: 0, seconds: 7 }, undefined, undefined])
  })

  it('of RealtimeKit are those of its credential and of its address, for all operations together', async () => {
    const { limiter, buckets } = noting()
    const options = { limiter, ...calm, fetch: async () => Response.json(recordings) }
    await realtimekitClient(nowhere, options).getAllRecordings()
    await rejection(realtimekitClient(nowhere, options).getOneRecording({ recording_id: id }))
    assert.deepEqual(
      buckets.slice(0, 2).map(({ requests, seconds }) => [requests, seconds]),
      [
        [1200, 300],
        [200, 1],
      ],
    )
    assert.deepEqual(buckets.slice(0, 2), buckets.slice(2))
    assert.equal(realtimekit.service.rateLimits.length, 2)
  })
})

describe('a limit', () => {
  it('is taken from what the service says is left', async () => {
    let sent = 0
    const fetch = async () => {
      sent += 1
      return Response.json(recordings, { headers: { ratelimit: '"default";r=2;t=300, "burst";r=90;t=1' } })
    }
    const client = realtimekitClient(nowhere, { ...calm, limiter: createMemoryLimiter(), fetch })
    for (let i = 0; i < 3; ++i) await client.getAllRecordings()
    const error = await rejection(client.getAllRecordings({}, { signal: AbortSignal.timeout(20) }))
    assert.equal(error.name, 'TimeoutError')
    assert.equal(sent, 3)
  })

  it('that one caller met stops the others, too', async () => {
    let sent = 0
    const fetch = async () => {
      sent += 1
      return Response.json({}, { status: 429, headers: { 'retry-after': '40' } })
    }
    const options = { ...calm, limiter: createMemoryLimiter(), fetch }
    assert.equal((await rejection(recallClient(nowhere, options).retrieveBot({ id }))).name, 'RateLimitError')
    const error = await rejection(recallClient(nowhere, options).retrieveBot({ id }, { signal: AbortSignal.timeout(20) }))
    assert.equal(error.name, 'TimeoutError')
    assert.equal(sent, 1)
  })

  it('does not hold when it is switched off', async () => {
    const client = limitedClient({ alone: [{ requests: 1, seconds: 300 }] }, { limiter: false, fetch: answering })
    for (let i = 0; i < 3; ++i) assert.deepEqual(await client.retrieveBot({ id }), bot)
  })

  it('that a call waits for lets go at once when the call is aborted, with its reason, and leaves no timer behind', async () => {
    const limiter = createMemoryLimiter()
    const client = limitedClient({ alone: [{ requests: 1, seconds: 300 }] }, { limiter, fetch: answering })
    await client.retrieveBot({ id })
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    const controller = new AbortController()
    const reason = new Error('the tab was closed')
    const waiting = rejection(client.retrieveBot({ id }, { signal: controller.signal }))
    for (let turn = 0; turn < 10_000 && timers() === before; ++turn) await new Promise(setImmediate)
    assert.equal(timers(), before + 1)
    controller.abort(reason)
    assert.equal(await waiting, reason)
    assert.equal(timers(), before)
  })

  it('lets a call go at once that is aborted, although its limiter does not mind the signal', async () => {
    /** @type {(permit: import('recreq/client').Permit) => void} */
    let grant = () => undefined
    /** @type {unknown} */
    let told
    const limiter = { acquire: () => new Promise((resolve) => (grant = resolve)) }
    const client = limitedClient({ alone: [{ requests: 1, seconds: 300 }] }, { limiter, fetch: answering })
    const controller = new AbortController()
    const waiting = rejection(client.retrieveBot({ id }, { signal: controller.signal }))
    await new Promise(setImmediate)
    controller.abort()
    assert.equal((await waiting).name, 'AbortError')
    grant({ release: (outcome) => void (told = outcome) })
    await new Promise(setImmediate)
    assert.equal(/** @type {any} */ (told)?.arrival, 'never')
  })
})
