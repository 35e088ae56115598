// The limiter in memory in the runtime of Cloudflare Workers itself, where the requests of an isolate share it, and nothing else:
// none can wake another's, and one whose client goes away is stopped wherever it is.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { startWorker } from './workers.mjs'

const source = `
import { createMemoryLimiter } from './build/javascript/limiter/memory.js'
const limiter = createMemoryLimiter()
let waiting = 0
export default {
  async fetch(request) {
    const { bucket } = await request.json()
    if (bucket === undefined) return Response.json(waiting)
    waiting += 1
    const permit = await limiter.acquire(bucket)
    waiting -= 1
    await scheduler.wait(5)
    permit.release()
    return new Response('served')
  },
}`

// Since then, a promise that another request resolves goes on in the request that waits for it.
for (const compatibilityDate of ['2024-10-13', '2026-01-01']) {
  describe(`a limiter in memory, in workerd as of ${compatibilityDate}`, () => {
    /** @type {import('miniflare').Miniflare} */
    let workers

    before(async () => {
      workers = await startWorker(source, { compatibilityDate, unsafeDirectSockets: [{ host: '127.0.0.1' }] })
    })
    after(() => workers.dispose())

    /** @param {object} order */
    const call = async (order) => {
      const response = await workers.dispatchFetch('http://worker.invalid/', { method: 'POST', body: JSON.stringify(order) })
      return response.text()
    }

    /** @param {number} count */
    const waiting = async (count) => {
      while (Number(await call({})) !== count) continue
    }

    it('serves all who wait', async () => {
      const bucket = { key: 'all', requests: 2, seconds: 0.1 }
      const answers = await Promise.all(Array.from({ length: 12 }, () => call({ bucket })))
      assert.deepEqual([...new Set(answers)], ['served'])
    })

    it('passes over the first of them when it is stopped', async () => {
      const bucket = { key: 'stopped', requests: 1, seconds: 0.5 }
      await call({ bucket })
      // Straight to the Worker: what goes through Miniflare is not stopped.
      const leaving = request(await workers.unsafeGetDirectURL(), { method: 'POST' }).on('error', () => undefined)
      leaving.end(JSON.stringify({ bucket }))
      await waiting(1)
      const next = call({ bucket })
      await waiting(2)
      leaving.socket?.resetAndDestroy()
      assert.equal(await next, 'served')
      assert.equal(await call({}), '1', 'the first never came to its turn')
    })
  })
}
