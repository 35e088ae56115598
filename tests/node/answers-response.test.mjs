// `readResponse`: a standard Response, of fetch or of one's own, is read once, within a limit, until its signal says no.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, describe, it } from 'node:test'
import * as recall from 'recreq/recall'
import { id } from './recall-input.mjs'

const { startRecording } = recall
const bot = { id, meeting_url: null, status_changes: [], recordings: [], calendar_meetings: [] }
const json = { 'Content-Type': 'application/json' }

/** A stream that gives out what `pull` enqueues, and says whether it was cancelled. */
function streamOf(pull) {
  const state = { cancelled: false, pulled: 0 }
  const stream = new ReadableStream(
    { pull: (controller) => pull(controller, ++state.pulled), cancel: () => void (state.cancelled = true) },
    { highWaterMark: 0 },
  )
  return { stream, state }
}

describe('a Response', () => {
  it('is read into the result', async () => {
    assert.deepEqual(await startRecording.readResponse(Response.json(bot)), { ok: true, status: 200, value: bot })
  })

  it('is read when its characters are split between chunks', async () => {
    const bytes = new TextEncoder().encode(`\uFEFF${JSON.stringify({ ...bot, bot_name: 'é€𝄞' })}`)
    const { stream } = streamOf((controller, count) => {
      if (count > bytes.length) controller.close()
      else controller.enqueue(bytes.slice(count - 1, count))
    })
    const answer = await startRecording.readResponse(new Response(stream))
    assert.ok(answer.ok)
    assert.equal(answer.value.bot_name, 'é€𝄞')
  })

  it('is read into a failure with what its headers say', async () => {
    const response = Response.json({ detail: 'Slow down.' }, { status: 429, headers: { 'Retry-After': '5' } })
    const answer = await startRecording.readResponse(response)
    assert.ok(!answer.ok)
    assert.deepEqual([answer.kind, answer.retryAfter], ['rate-limit', 5])
  })

  it('without a body is empty', async () => {
    const answer = await startRecording.readResponse(new Response(null, { status: 204 }))
    assert.ok(!answer.ok)
    assert.match(answer.message, /It is empty\.$/)
  })

  it('that a browser shows nothing of is a redirect', async () => {
    const opaque = { status: 0, headers: new Headers(), url: '', body: null, bodyUsed: false }
    const answer = await startRecording.readResponse(/** @type {any} */ (opaque))
    assert.ok(!answer.ok)
    assert.deepEqual([answer.kind, answer.status], ['redirect', 0])
  })
})

describe('a limit', () => {
  const endless = () => streamOf((controller) => controller.enqueue(new Uint8Array(1000).fill(32)))

  it('ends the reading of a stream that has no end', async () => {
    const { stream, state } = endless()
    const answer = await startRecording.readResponse(new Response(stream, { headers: json }), { limit: 5500 })
    assert.ok(!answer.ok)
    assert.equal(answer.kind, 'unreadable')
    assert.match(answer.message, /longer than 5500 bytes/)
    assert.deepEqual(state, { cancelled: true, pulled: 6 })
  })

  it('is lower for failures, which keep their kind', async () => {
    const { stream, state } = endless()
    const answer = await startRecording.readResponse(new Response(stream, { status: 503 }))
    assert.ok(!answer.ok)
    assert.equal(answer.kind, 'service')
    assert.match(answer.message, /longer than 1048576 bytes/)
    assert.ok(state.cancelled && state.pulled < 1100)
  })

  it('is a whole number', async () => {
    for (const limit of [0, -1, 1.5, NaN, Infinity, '9']) {
      const options = /** @type {any} */ ({ limit })
      await assert.rejects(startRecording.readResponse(Response.json(bot), options), { name: 'InvalidOptionsError', option: 'limit' })
      assert.throws(() => startRecording.readAnswer({ status: 200 }, options), { name: 'InvalidOptionsError' })
    }
  })
})

describe('a signal', () => {
  it('that was aborted before rejects with its reason', async () => {
    const reason = new Error('enough')
    const reading = startRecording.readResponse(Response.json(bot), { signal: AbortSignal.abort(reason) })
    await assert.rejects(reading, (error) => error === reason)
  })

  it('ends a reading that waits, and cancels the stream', async () => {
    const { stream, state } = streamOf(() => new Promise(() => undefined))
    const stop = new AbortController()
    const reading = startRecording.readResponse(new Response(stream), { signal: stop.signal })
    stop.abort()
    await assert.rejects(reading, { name: 'AbortError' })
    assert.ok(state.cancelled)
  })

  it('that is never aborted is let go of', async () => {
    const { signal } = new AbortController()
    let listeners = 0
    const { addEventListener, removeEventListener } = signal
    signal.addEventListener = (...given) => (++listeners, addEventListener.apply(signal, /** @type {any} */ (given)))
    signal.removeEventListener = (...given) => (--listeners, removeEventListener.apply(signal, /** @type {any} */ (given)))
    await startRecording.readResponse(Response.json(bot), { signal })
    assert.equal(listeners, 0)
  })
})

describe('misuse', () => {
  it('is to pass a Response whose body was read', async () => {
    const response = Response.json(bot)
    await response.text()
    await assert.rejects(startRecording.readResponse(response), { name: 'TypeError', message: /has been read already/ })
    const locked = Response.json(bot)
    locked.body?.getReader()
    await assert.rejects(startRecording.readResponse(locked), { name: 'TypeError', message: /has been read already/ })
  })

  it('is to pass something else', async () => {
    for (const other of [undefined, null, 'text', 200, {}, { status: 200 }, bot]) {
      await assert.rejects(startRecording.readResponse(/** @type {any} */ (other)), { name: 'TypeError' })
    }
    for (const other of [{}, { status: '200' }, { status: 200.5 }, { status: 200, body: 7 }, { status: 200, body: {} }]) {
      assert.throws(() => startRecording.readAnswer(/** @type {any} */ (other)), { name: 'TypeError' })
    }
  })
})

describe('over a connection', () => {
  /** @type {import('node:http').Server} */
  let server
  let origin = ''

  before(async () => {
    server = createServer((request, response) => {
      if (request.url === '/bot') return response.writeHead(200, json).end(JSON.stringify(bot))
      if (request.url === '/away') return response.writeHead(302, { Location: '/bot' }).end()
      response.writeHead(request.url === '/broken' ? 200 : 400, { ...json, 'Content-Length': '1000' })
      response.write('{"detail":"')
      setImmediate(() => response.destroy())
    })
    await new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(undefined)))
    origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`
  })
  after(() => server.close())

  it('is what fetch gives', async () => {
    assert.equal((await startRecording.readResponse(await fetch(`${origin}/bot`))).ok, true)
  })

  it('says where a redirect would have gone', async () => {
    const answer = await startRecording.readResponse(await fetch(`${origin}/away`, { redirect: 'manual' }))
    assert.ok(!answer.ok)
    assert.equal(answer.kind, 'redirect')
    assert.match(answer.message, new RegExp(`on to ${origin}/bot\\.`))
  })

  it('is a failure when it breaks off', async () => {
    const read = async (path) => startRecording.readResponse(await fetch(`${origin}/${path}`))
    const [success, failure] = [await read('broken'), await read('broken-failure')]
    assert.ok(!success.ok && !failure.ok)
    assert.deepEqual([success.kind, failure.kind], ['unreadable', 'invalid-request'])
    for (const { message } of [success, failure]) assert.match(message, /The connection broke off before its end\.$/)
  })
})
