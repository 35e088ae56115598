// What a client tells while it works, and that listening changes nothing.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  answer,
  apiKey,
  bot,
  id,
  meeting_id,
  realtimekitClient,
  recallClient,
  recordingAnswer,
  rejection,
  serve,
} from './fake-service.mjs'

/** Hooks that write down what they are told. */
function listeners() {
  /** @type {[string, any][]} */
  const told = []
  const hooks = Object.fromEntries(
    ['onRequest', 'onResponse', 'onRetry', 'onIssue'].map((name) => [
      name,
      (/** @type {unknown} */ event) => void told.push([name, event]),
    ]),
  )
  return { told, hooks }
}

describe('hooks', () => {
  it('are told of each try, each answer, and why there is another try', async (context) => {
    const { url } = await serve(context, (response, { number: count }) =>
      answer(response, count === 1 ? 503 : 200, bot),
    )
    const { told, hooks } = listeners()
    await recallClient(url, { hooks }).startRecording({ id, body: { metadata: { a: 'ä' } } })
    assert.deepEqual(
      told.map(([name]) => name),
      ['onRequest', 'onResponse', 'onRetry', 'onRequest', 'onResponse'],
    )
    const [[, request], [, response], [, retry], [, second]] = /** @type {any} */ (told)
    assert.equal(request.operation, 'startRecording')
    assert.deepEqual([request.attempt, second.attempt], [1, 2])
    assert.deepEqual([response.status, retry.status, retry.reason], [503, 503, 'status 503'])
    assert.ok(response.milliseconds >= 0 && retry.delay >= 0)
    assert.equal(request.request.method, 'POST')
    assert.equal(request.request.url, `${url}/api/v1/bot/${id}/start_recording/`)
    assert.ok('Idempotency-Key' in request.request.headers)
  })

  it('see neither the credential nor the body, which may hold secrets of its own', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, recordingAnswer))
    const { told, hooks } = listeners()
    /** @type {string[]} */
    const lines = []
    const write = (/** @type {string} */ line) => void lines.push(line)
    const logger = { debug: write, warn: write, error: write }
    const storage_config = {
      type: 'aws',
      access_key: 'placeholder-access',
      secret: 'placeholder-storage',
      bucket: 'b',
      region: 'eu-west-1',
    }
    await realtimekitClient(url, { hooks, logger }).startRecording({
      body: { meeting_id, storage_config: /** @type {any} */ (storage_config) },
    })
    assert.match(requests[0]?.text ?? '', /placeholder-storage/)
    const shown = JSON.stringify(told) + lines.join()
    assert.ok(lines.length > 0 && told.length > 0)
    assert.doesNotMatch(shown, /placeholder/)
    assert.equal(told[0]?.[1].request.bytes, Buffer.byteLength(requests[0]?.text ?? ''))
  })

  it('are told of warnings before, and of errors instead of a request', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, bot))
    const { told, hooks } = listeners()
    const client = recallClient(url, { hooks, unknown: 'warn' })
    await client.startRecording({ id, body: /** @type {any} */ ({ brand_new: 1 }) })
    assert.deepEqual(
      told.map(([name]) => name),
      ['onIssue', 'onRequest', 'onResponse'],
    )
    assert.equal(told[0]?.[1].issue.severity, 'warning')
    told.length = 0
    await rejection(client.startRecording({ id, body: /** @type {any} */ ({ retention: 7 }) }))
    assert.deepEqual(
      told.map(([name, event]) => [name, event.issue?.pointer]),
      [['onIssue', '/body/retention']],
    )
    assert.equal(requests.length, 1)
  })

  for (const [what, fail] of /** @type {[string, () => unknown][]} */ ([
    [
      'throw',
      () => {
        throw new Error(`about ${apiKey}`)
      },
    ],
    ['reject', () => Promise.reject(new Error(`about ${apiKey}`))],
  ]))
    it(`that ${what} do not make a start look as if there had been none`, async (context) => {
      const { url, requests } = await serve(context, (response, { number: count }) =>
        answer(response, count === 1 ? 429 : 200, bot),
      )
      /** @type {string[]} */
      const lines = []
      const logger = { debug() {}, warn() {}, error: (/** @type {string} */ line) => void lines.push(line) }
      const hooks = { onRequest: fail, onResponse: fail, onRetry: fail, onIssue: fail }
      assert.deepEqual(await recallClient(url, { hooks, logger }).startRecording({ id }), bot)
      assert.equal(requests.length, 2)
      await new Promise((resolve) => setImmediate(resolve))
      assert.equal(lines.length, 5)
      assert.match(lines[0] ?? '', /the hook onRequest failed/)
      assert.ok(!lines.join().includes(apiKey))
    })

  it('cannot change what is sent', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, bot))
    const onRequest = (/** @type {any} */ { request }) => {
      request.headers['Idempotency-Key'] = 'another'
    }
    await recallClient(url, { hooks: { onRequest } }).startRecording({ id }, { idempotencyKey: 'mine' })
    assert.equal(requests[0]?.headers['idempotency-key'], 'mine')
  })
})

describe('a logger', () => {
  it('gets a line for each step', async (context) => {
    const { url } = await serve(context, (response, { number: count }) =>
      answer(response, count === 1 ? 503 : 200, bot),
    )
    /** @type {string[]} */
    const lines = []
    const logger = {
      debug: (/** @type {string} */ line) => void lines.push(`debug ${line}`),
      warn: (/** @type {string} */ line) => void lines.push(`warn ${line}`),
      error: (/** @type {string} */ line) => void lines.push(`error ${line}`),
    }
    await recallClient(url, { logger }).startRecording({ id })
    const plain = lines.map((line) => line.replaceAll(/\d+ ms/g, '… ms').replace(url, ''))
    assert.deepEqual(plain, [
      `debug startRecording: POST /api/v1/bot/${id}/start_recording/, try 1`,
      'debug startRecording: 503 after … ms',
      'warn startRecording: status 503; again in … ms',
      `debug startRecording: POST /api/v1/bot/${id}/start_recording/, try 2`,
      'debug startRecording: 200 after … ms',
    ])
  })

  it('that throws changes nothing', async (context) => {
    const { url } = await serve(context, (response) => answer(response, 200, bot))
    const fail = () => {
      throw new Error('disk full')
    }
    assert.deepEqual(
      await recallClient(url, { logger: { debug: fail, warn: fail, error: fail } }).startRecording({ id }),
      bot,
    )
  })

  it('is not there unless it is given: a client is silent', async (context) => {
    const { url } = await serve(context, (response) => answer(response, 503, {}))
    const methods = /** @type {const} */ (['log', 'debug', 'info', 'warn', 'error'])
    const mocks = methods.map((name) => context.mock.method(console, name, () => undefined))
    await rejection(recallClient(url, { retry: { limit: 1, backoff: 0 } }).startRecording({ id }))
    assert.deepEqual(
      mocks.map(({ mock }) => mock.callCount()),
      [0, 0, 0, 0, 0],
    )
  })
})
