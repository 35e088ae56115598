// The limiter for many isolates, in the runtime of Cloudflare Workers itself.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { serve } from './fake-service.mjs'
import { startWorker } from './workers.mjs'

// A Worker that asks an upstream whatever it is told to, at the pace of the limiter.
const source = `
import { createDurableObjectLimiter, RateLimitObject } from './dist/limiter/durable-object.js'
export { RateLimitObject }
export default {
  async fetch(request, env, ctx) {
    const { bucket, upstream, lease, grace, arrival, isLost, isHasty } = await request.json()
    let kept = 0
    const waitUntil = (promise) => {
      kept += 1
      ctx.waitUntil(promise)
    }
    const limiter = createDurableObjectLimiter(env.RATE_LIMITS, { lease, grace, waitUntil })
    try {
      const permit = await limiter.acquire(bucket, { signal: AbortSignal.timeout(20_000) })
      const response = upstream ? await fetch(upstream) : new Response('ok')
      const remaining = response.headers.get('x-remaining')
      const observed = remaining === null ? undefined : { remaining: Number(remaining), seconds: 1 }
      const released = isLost ? undefined : permit.release({ arrival, observed })
      // As a client does: whoever has the answer need not wait for the limiter.
      if (!isHasty) await released
      return isHasty ? new Response(String(kept)) : response
    } catch (error) {
      return new Response(error.name, { status: 500 })
    }
  },
}`

describe('a limiter in a Durable Object', () => {
  /** @type {import('miniflare').Miniflare} */
  let workers

  before(async () => {
    workers = await startWorker(source, { compatibilityDate: '2025-07-18', durableObjects: { RATE_LIMITS: 'RateLimitObject' } })
  })
  after(() => workers.dispose())

  /** @param {object} order */
  const call = (order) =>
    workers.dispatchFetch('http://worker.invalid/', { method: 'POST', body: JSON.stringify(order) })

  it('lets many callers at once never pass the limit, in any window', async (context) => {
    /** @type {number[]} */
    const seen = []
    const { url } = await serve(context, (response, { number }) => {
      seen.push(performance.now())
      setTimeout(() => response.end('ok'), (number * 7) % 30)
    })
    const bucket = { key: 'many', requests: 10, seconds: 0.3 }
    const answers = await Promise.all(Array.from({ length: 50 }, () => call({ bucket, upstream: url })))
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
    assert.equal(seen.length, 50)
    for (const begin of seen) {
      const within = seen.filter((moment) => moment >= begin && moment < begin + 300).length
      assert.ok(within <= 10, `${within} within one window`)
    }
  })

  it('keeps buckets apart', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((key) => call({ bucket: { key, requests: 1, seconds: 300 } })),
    )
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    )
  })

  it('gives the place of an isolate that is gone to others when its lease is over', async () => {
    const bucket = { key: 'lost', requests: 1, seconds: 0.05 }
    assert.equal((await call({ bucket, lease: 0.1, grace: 0.1, isLost: true })).status, 200)
    assert.equal((await call({ bucket })).status, 200)
  })

  it('gives the place of a request that was never sent to others at once', async () => {
    const bucket = { key: 'unsent', requests: 1, seconds: 300 }
    assert.equal((await call({ bucket, arrival: 'never' })).status, 200)
    assert.equal((await call({ bucket })).status, 200)
  })

  it('gives the place of a request that was given up to others when it can no longer arrive', async () => {
    const bucket = { key: 'given-up', requests: 1, seconds: 0.05 }
    assert.equal((await call({ bucket, grace: 0.1, arrival: 'unknown' })).status, 200)
    assert.equal((await call({ bucket })).status, 200)
  })

  it('hears what became of a request although the Worker is done with it', async () => {
    const bucket = { key: 'hasty', requests: 2, seconds: 0.05 }
    // Were a place lost, it would be so for two minutes and a half.
    for (let i = 0; i < 8; ++i) {
      const answer = await call({ bucket, isHasty: true })
      assert.equal(answer.status, 200)
      assert.equal(await answer.text(), '1', 'the isolate is kept alive for it')
    }
  })

  it('takes the word of the service about what is left', async (context) => {
    const { url, requests } = await serve(context, (response) => void response.setHeader('x-remaining', '0').end('ok'))
    const bucket = { key: 'told', requests: 100, seconds: 60 }
    await call({ bucket, upstream: url })
    const began = requests.length
    // It has to wait for the second that the service asked for, and then goes on.
    assert.equal((await call({ bucket, upstream: url })).status, 200)
    assert.deepEqual([began, requests.length], [1, 2])
  })
})
