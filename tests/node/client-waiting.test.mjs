// How long a client waits before it sends again, what ends the wait, and how long it waits for an answer.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { answer, bot, id, meeting_id, realtimekitClient, recallClient, rejection, serve } from './fake-service.mjs'

/**
 * The milliseconds that a client would wait after an answer; it is stopped before it does.
 * @param {import('node:test').TestContext} context
 * @param {Record<string, string>} headers
 * @param {object} [retry]
 */
async function delayAfter(context, headers, retry) {
  const { url } = await serve(context, (response) => answer(response, 429, {}, headers))
  const controller = new AbortController()
  let delay = NaN
  const hooks = {
    onRetry: (/** @type {{ delay: number }} */ event) => {
      delay = event.delay
      controller.abort()
    },
  }
  const call = recallClient(url, { hooks, retry }).startRecording({ id }, { signal: controller.signal })
  assert.equal((await rejection(call)).name, 'AbortError')
  return delay
}

describe('Retry-After', () => {
  it('is heeded in seconds', async (context) => {
    assert.equal(await delayAfter(context, { 'retry-after': '7' }), 7000)
  })

  it('is heeded as a date', async (context) => {
    const delay = await delayAfter(context, { 'retry-after': new Date(Date.now() + 30_000).toUTCString() })
    assert.ok(delay > 20_000 && delay <= 30_000, String(delay))
  })

  for (const value of ['1000000000', '1e9', 'Fri, 31 Dec 9999 23:59:59 GMT', '99999999999999999999']) {
    it(`is capped at a minute: ${value}`, async (context) => {
      const delay = await delayAfter(context, { 'retry-after': value })
      assert.ok(value === '1e9' ? delay <= 500 : delay === 60_000, String(delay))
    })
  }

  it('is capped where the client says', async (context) => {
    assert.equal(await delayAfter(context, { 'retry-after': '50' }, { maxRetryAfter: 2000 }), 2000)
  })

  for (const value of [
    '-5',
    'soon',
    '',
    '7 seconds',
    'NaN',
    'Infinity',
    '0x10',
    'Wed, 21 Oct 2015 07:28:00 GMT',
    'Wed, 99 Foo 2026 99:00:00 GMT',
  ]) {
    it(`that is garbage or in the past falls back to a backoff with jitter: "${value}"`, async (context) => {
      const delay = await delayAfter(context, { 'retry-after': value })
      assert.ok(delay >= 250 && delay <= 500, String(delay))
    })
  }
})

describe('a backoff', () => {
  it('grows, is never longer than its limit, and differs from caller to caller', async (context) => {
    const { url } = await serve(context, (response) => answer(response, 503, {}))
    /** @type {number[][]} */
    const all = await Promise.all(
      [1, 2].map(async () => {
        /** @type {number[]} */
        const delays = []
        const hooks = { onRetry: (/** @type {{ delay: number }} */ { delay }) => delays.push(delay) }
        await rejection(
          recallClient(url, { hooks, retry: { limit: 5, backoff: 2, backoffLimit: 8 } }).startRecording({ id }),
        )
        return delays
      }),
    )
    for (const delays of all)
      for (const [index, full] of [2, 4, 8, 8, 8].entries()) {
        const delay = delays[index] ?? NaN
        assert.ok(delay >= full / 2 && delay <= full, `${index}: ${delay}`)
      }
    assert.notDeepEqual(all[0], all[1])
  })

  it('does not happen when retrying is off', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 429, {}))
    for (const retry of [false, 0, { limit: 0 }])
      assert.equal((await rejection(recallClient(url, { retry }).startRecording({ id }))).name, 'RateLimitError')
    assert.equal(requests.length, 3)
  })
})

describe('a signal', () => {
  it('ends the wait at once, with its reason, and leaves no timer behind', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 429, {}, { 'retry-after': '50' }))
    const controller = new AbortController()
    const reason = new Error('the tab was closed')
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    let waiting = 0
    const hooks = {
      onRetry: () =>
        setImmediate(() => {
          waiting = timers()
          controller.abort(reason)
        }),
    }
    const call = recallClient(url, { hooks }).startRecording({ id }, { signal: controller.signal })
    // Were the wait over only then, this test would take fifty seconds.
    assert.equal(await rejection(call), reason)
    assert.equal(waiting, before + 1)
    assert.equal(timers(), before)
    assert.equal(requests.length, 1)
  })

  it('ends a request that is on its way', async (context) => {
    const controller = new AbortController()
    const { url, requests } = await serve(context, () => controller.abort())
    const error = await rejection(recallClient(url).startRecording({ id }, { signal: controller.signal }))
    assert.equal(error.name, 'AbortError')
    assert.equal(requests.length, 1)
  })

  it('ends the reading of an answer', async (context) => {
    const controller = new AbortController()
    const { url } = await serve(context, (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":')
      setTimeout(() => controller.abort(), 20)
    })
    assert.equal(
      (await rejection(recallClient(url).retrieveBot({ id }, { signal: controller.signal }))).name,
      'AbortError',
    )
  })

  it('that is aborted already sends nothing', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, bot))
    assert.equal(
      (await rejection(recallClient(url).startRecording({ id }, { signal: AbortSignal.abort() }))).name,
      'AbortError',
    )
    assert.equal(requests.length, 0)
  })

  it('ends a wait for a credential', async () => {
    const controller = new AbortController()
    const credentials = () => {
      controller.abort()
      return new Promise(() => undefined)
    }
    const call = recallClient('http://127.0.0.1:9', { credentials }).startRecording(
      { id },
      { signal: controller.signal },
    )
    assert.equal((await rejection(call)).name, 'AbortError')
  })

  it('has no listener left when all is over', async (context) => {
    const { url } = await serve(context, (response, { number: count }) =>
      answer(response, count % 2 === 1 ? 503 : 200, bot),
    )
    const { signal } = new AbortController()
    let listeners = 0
    const { addEventListener, removeEventListener } = signal
    signal.addEventListener = (/** @type {any[]} */ ...args) => {
      listeners += 1
      return Reflect.apply(addEventListener, signal, args)
    }
    signal.removeEventListener = (/** @type {any[]} */ ...args) => {
      listeners -= 1
      return Reflect.apply(removeEventListener, signal, args)
    }
    const client = recallClient(url, { limiter: undefined })
    for (let i = 0; i < 5; ++i) await client.startRecording({ id }, { signal })
    assert.ok(listeners <= 0, String(listeners))
  })
})

describe('a timeout', () => {
  it('counts to the last byte of an answer', async (context) => {
    const { url } = await serve(context, (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":')
    })
    const error = await rejection(recallClient(url, { timeout: 50, retry: false }).retrieveBot({ id }))
    assert.equal(error.name, 'TimeoutError')
    assert.match(error.message, /within 50 ms/)
  })

  it('ends a fetch that does not mind signals', async () => {
    const fetch = () => new Promise(() => undefined)
    const client = realtimekitClient('http://127.0.0.1:9', { fetch, timeout: 20 })
    const error = await rejection(client.startRecording({ body: { meeting_id } }))
    assert.equal(error.name, 'OutcomeUnknownError')
    assert.equal(error.cause.name, 'TimeoutError')
  })

  it('of a call takes the place of that of the client', async (context) => {
    const { url } = await serve(context, () => undefined)
    const client = recallClient(url, { timeout: 100_000, retry: false })
    assert.equal((await rejection(client.retrieveBot({ id }, { timeout: 20 }))).name, 'TimeoutError')
  })

  it('begins anew with each try', async () => {
    let sent = 0
    const fetch = () => {
      sent += 1
      return sent < 3 ? new Promise(() => undefined) : Promise.resolve(Response.json(bot))
    }
    assert.deepEqual(await recallClient('http://127.0.0.1:9', { fetch, timeout: 20 }).startRecording({ id }), bot)
    assert.equal(sent, 3)
  })
})
