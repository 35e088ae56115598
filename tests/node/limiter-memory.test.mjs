// The limiter in memory: who is served when, and what a permit that comes back leaves behind.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createMemoryLimiter } from 'recreq/client'
import { rejection } from './fake-service.mjs'

const bucket = { key: 'test', requests: 1, seconds: 300 }

/**
 * Whether a place is free now.
 * @param {import('recreq/client').Limiter} limiter
 * @param {import('recreq/client').RateBucket} wanted
 */
async function isFree(limiter, wanted) {
  const controller = new AbortController()
  const asked = limiter.acquire(wanted, { signal: controller.signal })
  controller.abort()
  return asked.then(
    () => true,
    () => false,
  )
}

describe('a limiter in memory', () => {
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
    const during = timers()
    controller.abort(reason)
    assert.equal(await waiting, reason)
    assert.deepEqual([during, timers()], [before + 1, before])
    assert.equal(await rejection(limiter.acquire(bucket, { signal: controller.signal })), reason)
  })

  it('takes a permit back once', async () => {
    const limiter = createMemoryLimiter()
    const two = { key: 'two', requests: 2, seconds: 300 }
    const first = await limiter.acquire(two)
    await first.release({ arrival: 'never' })
    await first.release({ arrival: 'never' })
    await limiter.acquire(two)
    await limiter.acquire(two)
    assert.equal(await isFree(limiter, two), false)
  })

  it('has a place free at once whose request was never sent', async () => {
    const limiter = createMemoryLimiter()
    await (await limiter.acquire(bucket)).release({ arrival: 'never' })
    assert.equal(await isFree(limiter, bucket), true)
  })

  it('gives such a place to whoever waits', async () => {
    const limiter = createMemoryLimiter()
    const first = await limiter.acquire(bucket)
    const second = limiter.acquire(bucket)
    await first.release({ arrival: 'never' })
    assert.ok(await second)
  })

  it('gives such a place to whoever waits, though the others are not free for long', async () => {
    const limiter = createMemoryLimiter()
    const two = { key: 'two', requests: 2, seconds: 300 }
    const [answered, held] = [await limiter.acquire(two), await limiter.acquire(two)]
    await answered.release()
    const waiting = limiter.acquire(two)
    await held.release({ arrival: 'never' })
    assert.ok(await waiting)
  })

  it('keeps the place of a request that may still arrive, for the time that it is told', async () => {
    const window = { key: 'short', requests: 1, seconds: 0.001 }
    const [patient, hasty] = [createMemoryLimiter({ grace: 300 }), createMemoryLimiter({ grace: 0 })]
    for (const limiter of [patient, hasty]) await (await limiter.acquire(window)).release({ arrival: 'unknown' })
    // The other's window is over now; the same clock runs for both.
    await hasty.acquire(window)
    assert.equal(await isFree(patient, window), false)
  })

  it('keeps buckets apart, however many there are', async () => {
    const limiter = createMemoryLimiter()
    const keys = Array.from({ length: 1000 }, (_, i) => `k${i}`)
    const permits = await Promise.all(keys.map((key) => limiter.acquire({ ...bucket, key })))
    assert.equal(permits.length, 1000)
    for (const key of keys) assert.equal(await isFree(limiter, { ...bucket, key }), false)
  })

  for (const grace of [-1, NaN, Infinity, '5'])
    it(`has no grace of ${grace} seconds`, () => {
      assert.throws(() => createMemoryLimiter({ grace: /** @type {any} */ (grace) }), { name: 'InvalidOptionsError', option: 'grace' })
    })
})
