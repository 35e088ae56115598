// Calls are paced so that no service sees more than its limit, whoever calls and however fast it answers.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createClient, createMemoryLimiter } from 'recreq/client'
import * as recall from 'recreq/recall'
import * as realtimekit from 'recreq/realtimekit'
import { startStandIn } from 'recreq/stand-in'
import { SlidingWindow } from '../../dist/limiter/sliding-window.js'
import {
  account_id,
  answer,
  apiKey,
  apiToken,
  app_id,
  bot,
  id,
  realtimekitClient,
  recallClient,
  rejection,
  serve,
} from './fake-service.mjs'

/**
 * A provider with another limit, so that a test need not wait a minute.
 * @param {any} provider
 * @param {string} name
 * @param {object} rateLimit
 */
function limited(provider, name, rateLimit) {
  const { operations } = provider.service
  return {
    ...provider,
    service: { ...provider.service, operations: { ...operations, [name]: { ...operations[name], rateLimit } } },
  }
}

/**
 * The most moments that any window of a length has in it.
 * @param {number[]} moments
 * @param {number} length
 */
function mostWithin(moments, length) {
  let most = 0
  for (const [index, begin] of moments.entries())
    most = Math.max(most, moments.slice(index).filter((moment) => moment < begin + length).length)
  return most
}

describe('many callers at once', () => {
  it('never pass the limit as the service counts it, in any window', async (context) => {
    /** @type {number[]} */
    const seen = []
    const { url } = await serve(context, (response, { number: count }) => {
      seen.push(performance.now())
      // Some answers take their time: when a request is counted is between its sending and its answer.
      setTimeout(() => answer(response, 200, bot), (count * 7) % 40)
    })
    const limit = { requests: 10, seconds: 0.2 }
    const options = { region: 'us-west-2', credentials: { apiKey }, baseUrl: url, limiter: createMemoryLimiter() }
    const clients = [1, 2, 3].map(() =>
      createClient(limited(recall, 'retrieveBot', limit), /** @type {any} */ (options)),
    )
    await Promise.all(Array.from({ length: 60 }, (_, i) => /** @type {any} */ (clients[i % 3]).retrieveBot({ id })))
    assert.equal(seen.length, 60)
    assert.ok(mostWithin(seen, 200) <= 10, String(mostWithin(seen, 200)))
  })

  it('never get a 429 from the stand-in', async (context) => {
    const standIn = await startStandIn({ rateLimit: { requests: 20, seconds: 1 } })
    context.after(() => standIn.stop())
    const provider = limited(recall, 'startRecording', { requests: 20, seconds: 1 })
    const options = {
      region: 'us-west-2',
      credentials: { apiKey },
      baseUrl: standIn.baseUrl('recall'),
      limiter: createMemoryLimiter(),
    }
    const client = /** @type {any} */ (createClient(provider, /** @type {any} */ (options)))
    await Promise.all(Array.from({ length: 50 }, () => client.startRecording({ id })))
    assert.deepEqual([...new Set(standIn.journal.map(({ status }) => status))], [200])
    assert.equal(standIn.journal.length, 50)
  })
})

describe('a limit', () => {
  it('is counted for each operation alone, or for all together, as the document says', async (context) => {
    const { url } = await serve(context, (response) => answer(response, 418, {}))
    /** @type {Set<string>} */
    const keys = new Set()
    const limiter = {
      acquire: async (/** @type {{ key: string }} */ { key }) => {
        keys.add(key)
        return { release() {} }
      },
    }
    const first = recallClient(url, { limiter })
    await Promise.all([
      rejection(first.retrieveBot({ id })),
      rejection(first.startRecording({ id })),
      rejection(first.startRecording({ id })),
    ])
    assert.equal(keys.size, 2)
    keys.clear()
    const second = realtimekitClient(url, { limiter })
    await Promise.all([rejection(second.getAllRecordings()), rejection(second.getOneRecording({ recording_id: id }))])
    assert.equal(keys.size, 1)
  })

  it("is each credential's own, which stands in its name as a hash alone", async (context) => {
    const { url } = await serve(context, (response) => answer(response, 200, bot))
    /** @type {string[]} */
    const keys = []
    const limiter = {
      acquire: async (/** @type {{ key: string }} */ { key }) => {
        keys.push(key)
        return { release() {} }
      },
    }
    for (const each of ['placeholder-one', 'placeholder-two', 'placeholder-one'])
      await recallClient(url, { limiter, credentials: { apiKey: each } }).retrieveBot({ id })
    assert.equal(keys[0], keys[2])
    assert.notEqual(keys[0], keys[1])
    assert.ok(!keys.join().includes('placeholder'))
  })

  it('is taken from what the service says is left', async (context) => {
    const { url, requests } = await serve(context, (response) =>
      answer(
        response,
        200,
        { success: true, data: [], paging: { total_count: 0 } },
        { ratelimit: '"default";r=2;t=300, "burst";r=90;t=1' },
      ),
    )
    const options = {
      credentials: { apiToken },
      parameters: { account_id, app_id },
      baseUrl: url,
      limiter: createMemoryLimiter(),
    }
    const client = createClient(realtimekit, options)
    for (let i = 0; i < 3; ++i) await client.getAllRecordings()
    const error = await rejection(client.getAllRecordings({}, { signal: AbortSignal.timeout(30) }))
    assert.equal(error.name, 'TimeoutError')
    assert.equal(requests.length, 3)
  })

  it('that one caller met stops the others, too', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 429, {}, { 'retry-after': '40' }))
    const limiter = createMemoryLimiter()
    const client = recallClient(url, { limiter, retry: { limit: 1 } })
    const controller = new AbortController()
    const hooks = { onRetry: () => controller.abort() }
    await rejection(
      recallClient(url, { limiter, hooks, retry: { limit: 1 } }).retrieveBot({ id }, { signal: controller.signal }),
    )
    assert.equal(
      (await rejection(client.retrieveBot({ id }, { signal: AbortSignal.timeout(30) }))).name,
      'TimeoutError',
    )
    assert.equal(requests.length, 1)
  })

  it('does not hold when it is switched off', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, bot))
    const provider = limited(recall, 'retrieveBot', { requests: 1, seconds: 300 })
    const client = /** @type {any} */ (
      createClient(
        provider,
        /** @type {any} */ ({ region: 'us-west-2', credentials: { apiKey }, baseUrl: url, limiter: false }),
      )
    )
    for (let i = 0; i < 3; ++i) await client.retrieveBot({ id })
    assert.equal(requests.length, 3)
  })
})

describe('a limiter in memory', () => {
  const bucket = { key: 'test', requests: 1, seconds: 300 }

  it('serves in the order of asking, and passes over who gave up', async () => {
    const limiter = createMemoryLimiter()
    const small = { key: 'test', requests: 1, seconds: 0.01 }
    const first = await limiter.acquire(small)
    /** @type {string[]} */
    const served = []
    const wait = async (/** @type {string} */ name, /** @type {AbortSignal} */ signal) => {
      const permit = await limiter.acquire(small, { signal })
      served.push(name)
      await permit.release()
    }
    const controller = new AbortController()
    const waits = [
      wait('b', new AbortController().signal),
      rejection(wait('c', controller.signal)),
      wait('d', new AbortController().signal),
    ]
    controller.abort()
    await first.release()
    await Promise.all(waits)
    assert.deepEqual(served, ['b', 'd'])
  })

  it('gives up at once when it is aborted, and leaves no timer behind', async () => {
    const limiter = createMemoryLimiter()
    await (await limiter.acquire(bucket)).release()
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    const controller = new AbortController()
    const reason = new Error('enough')
    const waiting = rejection(limiter.acquire(bucket, { signal: controller.signal }))
    assert.equal(timers(), before + 1)
    controller.abort(reason)
    assert.equal(await waiting, reason)
    assert.equal(timers(), before)
    assert.equal(await rejection(limiter.acquire(bucket, { signal: controller.signal })), reason)
  })

  it('takes a permit back once', async () => {
    const limiter = createMemoryLimiter()
    const two = { key: 'two', requests: 2, seconds: 300 }
    const first = await limiter.acquire(two)
    await first.release()
    await first.release()
    await limiter.acquire(two)
    assert.equal((await rejection(limiter.acquire(two, { signal: AbortSignal.timeout(10) }))).name, 'TimeoutError')
  })

  it('keeps buckets apart, however many there are', async () => {
    const limiter = createMemoryLimiter()
    const keys = Array.from({ length: 1000 }, (_, i) => `k${i}`)
    const permits = await Promise.all(keys.map((key) => limiter.acquire({ ...bucket, key })))
    assert.equal(permits.length, 1000)
    for (const key of keys) {
      const error = await rejection(limiter.acquire({ ...bucket, key }, { signal: AbortSignal.abort() }))
      assert.equal(error.name, 'AbortError')
    }
  })
})

describe('a window', () => {
  it('counts a request from when it is sent until its answer is as old as the window', () => {
    const window = new SlidingWindow(2, 10)
    assert.deepEqual([window.take(0), window.take(0), window.take(0)], [true, true, false])
    assert.equal(window.wait(0), Infinity)
    window.answered(5000)
    assert.equal(window.take(14_999), false)
    assert.equal(window.wait(14_000), 1000)
    assert.equal(window.take(15_000), true)
  })

  it('takes the word of the service where it is stricter, less what is on its way', () => {
    const window = new SlidingWindow(100, 10)
    for (let i = 0; i < 3; ++i) window.take(0)
    window.answered(0, { remaining: 3, seconds: 30 })
    assert.deepEqual([window.take(1), window.take(1)], [true, false])
    assert.equal(window.wait(1000), 29_000)
    assert.equal(window.take(30_000), true)
  })

  it('does not take a later word that allows more before the time is over', () => {
    const window = new SlidingWindow(100, 10)
    window.take(0)
    window.take(0)
    window.answered(0, { remaining: 0, seconds: 60 })
    window.answered(1, { remaining: 50, seconds: 5 })
    assert.equal(window.take(59_000), false)
    assert.equal(window.take(60_001), true)
  })
})
