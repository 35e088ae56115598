// No call records twice: what is repeated, what is not, and what the caller learns when nobody knows.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { OutcomeUnknownError } from 'recreq/client'
import * as recall from 'recreq/recall'
import { createClient } from 'recreq/client'
import { startStandIn } from 'recreq/stand-in'
import {
  answer,
  apiKey,
  bot,
  everyOperation,
  id,
  meeting_id,
  realtimekitClient,
  recallClient,
  recordingAnswer,
  rejection,
  roomId,
  serve,
  startService,
  videosdkClient,
} from './fake-service.mjs'

/** Statuses that services and what stands before them answer with. */
const statuses = [400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 422, 425, 429, 500, 501, 502, 503, 504, 507, 520]

describe('every status of every operation', () => {
  for (const { service, name, policy, input, method } of everyOperation) {
    it(`${service} ${name}: is repeated as the document says, and told when nobody knows`, async (context) => {
      const { url, requests } = await serve(context, (response) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end('{"success":false,"detail":"Refused."}')
      })
      let status = 0
      const call = method(url, { retry: { limit: 2, backoff: 0 } })
      for (status of statuses) {
        requests.length = 0
        const error = await rejection(call(input))
        const { always = [], withKey = [] } = policy.retry ?? {}
        const repeatable = always.includes(status) || (policy.idempotency !== undefined && withKey.includes(status))
        assert.equal(requests.length, repeatable ? 3 : 1, `${status}: requests`)
        assert.equal(error.status, status, `${status}: ${error}`)
        const isUnknown = policy.method !== 'GET' && status >= 500
        assert.equal(error.name === 'OutcomeUnknownError', isUnknown, `${status}: ${error}`)
        if (isUnknown) assert.equal(error.message.includes('Repetitions have not helped'), repeatable)
        const keys = new Set(requests.map(({ headers }) => headers['idempotency-key']))
        assert.equal(keys.size, 1, 'the key of a call stays the same')
        assert.equal(keys.has(undefined), policy.idempotency === undefined)
      }
    })
  }
})

describe('a start that was refused, and then lost', () => {
  for (const { service, name, policy, input, method } of everyOperation) {
    if (policy.method === 'GET' || policy.idempotency !== undefined) continue
    it(`${service} ${name}: is not called repeated`, async () => {
      let sent = 0
      const fetch = async () => {
        if (++sent === 1) return new Response('{}', { status: 429 })
        throw new TypeError('fetch failed')
      }
      const error = await rejection(method('http://127.0.0.1:9', { fetch, retry: { limit: 3, backoff: 0 } })(input))
      assert.equal(error.name, 'OutcomeUnknownError')
      assert.equal(sent, 2)
      assert.match(error.message, /It was not repeated/)
    })
  }
})

describe('every operation whose answer is lost', () => {
  for (const { service, name, policy, input, method } of everyOperation) {
    const isRepeated = policy.method === 'GET' || policy.idempotency !== undefined
    it(`${service} ${name}: is ${isRepeated ? 'repeated' : 'not repeated'} after a broken connection`, async (context) => {
      const { url, requests } = await serve(context, (response) => void response.socket?.destroy())
      const error = await rejection(method(url, { retry: { limit: 2, backoff: 0 } })(input))
      assert.equal(requests.length, isRepeated ? 3 : 1)
      assert.equal(error.name, policy.method === 'GET' ? 'ConnectionError' : 'OutcomeUnknownError')
      assert.equal(error.attempts, requests.length)
    })

    it(`${service} ${name}: is ${isRepeated ? 'repeated' : 'not repeated'} when no answer comes in time`, async () => {
      let sent = 0
      const fetch = () => {
        sent += 1
        return new Promise(() => undefined)
      }
      const error = await rejection(
        method('http://127.0.0.1:9', { fetch, retry: { limit: 1, backoff: 0 }, timeout: 5 })(input),
      )
      assert.equal(sent, isRepeated ? 2 : 1)
      const last = policy.method === 'GET' ? error : error.cause
      assert.equal(last.name, 'TimeoutError')
      assert.equal(error.name, policy.method === 'GET' ? 'TimeoutError' : 'OutcomeUnknownError')
    })
  }
})

describe('a start against the stand-in', () => {
  it('records once when the answer is lost after it took effect, and gives that answer', async (context) => {
    const standIn = await startStandIn({ fail: ['reset-after', '503', 'cut', 'ok'] })
    context.after(() => standIn.stop())
    const { recordings } = await recallClient(standIn.baseUrl('recall')).startRecording({ id })
    assert.equal(recordings.length, 1)
    assert.equal(standIn.journal.length, 4)
    assert.equal(standIn.journal.filter(({ started }) => started !== undefined).length, 1)
    assert.equal(standIn.journal.at(-1)?.replayed, true)
  })

  it('makes two recordings when it is called twice: each call has its own key', async (context) => {
    const standIn = await startStandIn()
    context.after(() => standIn.stop())
    const client = recallClient(standIn.baseUrl('recall'))
    await client.startRecording({ id })
    await client.startRecording({ id })
    assert.equal(standIn.journal.filter(({ started }) => started !== undefined).length, 2)
  })

  it('makes one when two calls have the same key', async (context) => {
    const standIn = await startStandIn()
    context.after(() => standIn.stop())
    const client = recallClient(standIn.baseUrl('recall'))
    await client.startRecording({ id }, { idempotencyKey: 'job-1' })
    await client.startRecording({ id, idempotencyKey: 'job-1' })
    assert.equal(standIn.journal.filter(({ started }) => started !== undefined).length, 1)
  })

  for (const [failure, tookEffect] of /** @type {const} */ ([
    ['reset-after', true],
    ['reset', false],
    ['500-after', true],
    ['500', false],
    ['cut', true],
    ['html-after', true],
  ])) {
    it(`without keys, ${failure} is sent once, and reconcile says that it ${tookEffect ? 'took effect' : 'did not'}`, async (context) => {
      const standIn = await startStandIn({ fail: [failure] })
      context.after(() => standIn.stop())
      const error = await rejection(
        realtimekitClient(standIn.baseUrl('realtimekit')).startRecording({ body: { meeting_id } }),
      )
      assert.ok(error instanceof OutcomeUnknownError, String(error))
      assert.equal(standIn.journal.filter(({ method }) => method === 'POST').length, 1)
      assert.match(error.message, /unknown.*recordings of the meeting.*reconcile\(\)/s)
      const found = await error.reconcile()
      assert.equal(found.tookEffect, tookEffect, found.message)
      assert.equal(
        standIn.journal.some(({ started }) => started !== undefined),
        tookEffect,
      )
      if (tookEffect)
        assert.equal(/** @type {any} */ (found.evidence).id, standIn.journal.find(({ started }) => started)?.started)
      assert.equal(standIn.journal.filter(({ method }) => method === 'POST').length, 1, 'asking starts nothing')
    })
  }

  it('of VideoSDK is found in the list of the room', async (context) => {
    const standIn = await startStandIn({ fail: ['reset-after'] })
    context.after(() => standIn.stop())
    const error = await rejection(videosdkClient(standIn.baseUrl('videosdk')).startRecording({ body: { roomId } }))
    assert.ok(error instanceof OutcomeUnknownError)
    assert.equal((await error.reconcile()).tookEffect, true)
    assert.equal(standIn.journal.filter(({ started }) => started !== undefined).length, 1)
  })
})

describe('a change whose answer is lost', () => {
  for (const { service, name, policy, input, method } of everyOperation) {
    if (policy.reconcile === undefined) continue
    for (const [failure, tookEffect] of /** @type {const} */ ([
      ['reset-after', true],
      ['reset', false],
    ]))
      it(`${service} ${name}: reconcile says that it ${tookEffect ? 'took effect' : 'did not'}`, async (context) => {
        const standIn = await startStandIn({ rateLimit: false })
        context.after(() => standIn.stop())
        const baseUrl = standIn.baseUrl(/** @type {any} */ (service))
        const before = await inStateFor(service, name, (/** @type {string} */ each) => {
          const found = everyOperation.find((one) => one.service === service && one.name === each)
          assert.ok(found, each)
          return (more) => found.method(baseUrl)({ ...found.input, ...more })
        })
        standIn.fail(failure)
        const error = await rejection(method(baseUrl, { retry: false })({ ...input, ...before }))
        assert.equal(error.name, 'OutcomeUnknownError', String(error))
        const reconciliation = await error.reconcile()
        assert.equal(reconciliation.tookEffect, tookEffect, reconciliation.message)
      })
  }

  /**
   * Does what has to be done before, and gives what is known then.
   * @param {string} service
   * @param {string} name
   * @param {(name: string) => (input?: object) => Promise<any>} call
   */
  async function inStateFor(service, name, call) {
    if (name.startsWith('stop') || name.startsWith('pause') || name.startsWith('resume')) {
      const started = await call(name === 'pauseResumeStopRecording' ? 'startRecording' : name.replace(/^(?:stop|pause|resume)/, 'start'))()
      if (name.startsWith('resume')) await call('pauseRecording')()
      if (name === 'pauseResumeStopRecording') return { recording_id: started.data.id }
    }
    assert.ok(service)
    return {}
  }
})

describe('reconcile', () => {
  const old = '2020-01-01T00:00:00Z'

  it('does not take an earlier recording for the one that was to start', async (context) => {
    const { url } = await serve(context, (response, request) => {
      if (request.method === 'POST') response.socket?.destroy()
      else
        answer(response, 200, {
          success: true,
          data: [{ ...recordingAnswer.data, invoked_time: old }],
          paging: { total_count: 1 },
        })
    })
    const error = await rejection(realtimekitClient(url).startRecording({ body: { meeting_id } }))
    const { tookEffect, evidence, message } = await error.reconcile()
    assert.deepEqual([tookEffect, evidence], [false, undefined])
    assert.match(message, /no sign of it so far/i)
  })

  it("compares by the service's clock, not by this machine's", async (context) => {
    const ahead = 3600_000
    const { url } = await serve(context, (response, request) => {
      if (request.method === 'POST') return response.socket?.destroy()
      const now = Date.now() + ahead
      // Half an hour ago there, which is half an hour from now here.
      const began = new Date(now - ahead / 2).toISOString()
      const value = {
        success: true,
        data: [{ ...recordingAnswer.data, invoked_time: began }],
        paging: { total_count: 1 },
      }
      answer(response, 200, value, { date: new Date(now).toUTCString() })
    })
    const error = await rejection(realtimekitClient(url).startRecording({ body: { meeting_id } }))
    assert.equal((await error.reconcile()).tookEffect, false)
  })

  it('asks for the meeting of a body that was text', async (context) => {
    const { url, requests } = await serve(context, (response, request) => {
      if (request.method === 'POST') response.socket?.destroy()
      else answer(response, 200, { success: true, data: [], paging: { total_count: 0 } })
    })
    const error = await rejection(realtimekitClient(url).startRecording({ body: JSON.stringify({ meeting_id }) }))
    assert.equal((await error.reconcile()).tookEffect, false)
    assert.match(requests[1]?.url ?? '', new RegExp(`meeting_id=${meeting_id}`))
  })

  it('looks through further pages', async (context) => {
    const { url } = await serve(context, (response, request) => {
      if (request.method === 'POST') return response.socket?.destroy()
      const page = Number(new URL(request.url ?? '', url).searchParams.get('page') ?? 1)
      const start = page === 2 ? new Date().toISOString() : old
      answer(response, 200, { pageInfo: { currentPage: page, lastPage: 2 }, data: [{ id: `r${page}`, start }] })
    })
    const error = await rejection(videosdkClient(url).startRecording({ body: { roomId } }))
    const { tookEffect, evidence } = await error.reconcile()
    assert.deepEqual([tookEffect, evidence.id], [true, 'r2'])
  })

  it('tells by the state where no moment tells', async (context) => {
    for (const [status, tookEffect] of /** @type {const} */ ([
      ['UPLOADING', true],
      ['RECORDING', false],
    ])) {
      const { url } = await serve(context, (response, request) => {
        if (request.method === 'PUT') response.socket?.destroy()
        else answer(response, 200, { ...recordingAnswer, data: { ...recordingAnswer.data, status } })
      })
      const call = realtimekitClient(url).pauseResumeStopRecording({ recording_id: id, body: { action: 'stop' } })
      assert.equal((await (await rejection(call)).reconcile()).tookEffect, tookEffect)
    }
  })

  it('says that it cannot tell, and where to look, when there is nobody to ask', async (context) => {
    const { url } = await serve(context, (response) => void response.socket?.destroy())
    const { service, startRecording } = recall
    const options = { region: 'us-west-2', credentials: { apiKey }, baseUrl: url, retry: false, limiter: false }
    const client = createClient({ service, startRecording }, /** @type {any} */ (options))
    const { tookEffect, message } = await (
      await rejection(client.startRecording(/** @type {any} */ ({ id })))
    ).reconcile()
    assert.equal(tookEffect, undefined)
    assert.match(message, /recordings of the bot/)
  })

  it('fails as the question fails', async (context) => {
    const { url } = await serve(context, (response, request) => {
      if (request.method === 'POST') response.socket?.destroy()
      else answer(response, 404, { success: false, error: { code: 404, message: 'No.' } })
    })
    const error = await rejection(realtimekitClient(url).startRecording({ body: { meeting_id } }))
    assert.equal((await rejection(error.reconcile())).name, 'NotFoundError')
  })
})

describe('a key', () => {
  it('is not used again when its time is over', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 503, {}))
    const { startRecording } = recall.service.operations
    const service = {
      ...recall.service,
      operations: {
        ...recall.service.operations,
        startRecording: { ...startRecording, idempotency: { input: 'idempotencyKey', seconds: 0 } },
      },
    }
    const options = {
      region: 'us-west-2',
      credentials: { apiKey },
      baseUrl: url,
      limiter: false,
      retry: { backoff: 1 },
    }
    const client = createClient({ ...recall, service }, /** @type {any} */ (options))
    const error = await rejection(/** @type {any} */ (client).startRecording({ id }))
    assert.equal(requests.length, 1)
    assert.equal(error.name, 'OutcomeUnknownError')
    assert.equal(error.idempotencyKey, requests[0]?.headers['idempotency-key'])
  })

  it('keeps a refusal of the repetition from being taken for one of the call', async (context) => {
    // The first try began to record; that the second is not let in says nothing about it.
    for (const status of [400, 401, 403, 404, 409, 422, 429]) {
      const { url } = await serve(context, (response, { number: count }) =>
        answer(response, count === 1 ? 503 : status, {}),
      )
      const error = await rejection(recallClient(url).startRecording({ id }))
      assert.equal(error.name, 'OutcomeUnknownError', String(status))
      assert.equal(error.status, status)
      assert.equal(error.cause.status, 503)
    }
  })

  it('keeps a credential that is gone from hiding that the first try may have taken effect', async (context) => {
    const { url } = await serve(context, (response) => void response.socket?.destroy())
    let count = 0
    const credentials = () => {
      count += 1
      if (count > 1) throw new Error('the vault is closed')
      return { apiKey }
    }
    const error = await rejection(recallClient(url, { credentials }).startRecording({ id }))
    assert.equal(error.name, 'OutcomeUnknownError')
    assert.equal(error.attempts, 1)
    assert.equal(error.cause.name, 'ConnectionError')
  })

  it('makes the success of a repetition that of the call', async (context) => {
    const { url, requests } = await serve(context, (response, { number }) => answer(response, number < 3 ? 503 : 200, bot))
    assert.deepEqual(await recallClient(url).startRecording({ id }), bot)
    assert.equal(requests.length, 3)
  })

  it('is sent again while the same key is still running', async (context) => {
    const { url, requests } = await serve(context, (response, { number: count }) =>
      count < 3 ? answer(response, 409, { detail: 'Running.' }) : answer(response, 200, bot),
    )
    assert.deepEqual(await recallClient(url).startRecording({ id }), bot)
    assert.equal(requests.length, 3)
  })
})

describe('what was never sent', () => {
  it('may be repeated by anybody, and is a ConnectionError', async () => {
    const gone = await startService(() => undefined)
    await gone.stop()
    /** @type {number[]} */
    const tries = []
    const client = realtimekitClient(gone.url, {
      hooks: { onRequest: (/** @type {any} */ event) => tries.push(event.attempt) },
      retry: { limit: 2, backoff: 0 },
    })
    const error = await rejection(client.startRecording({ body: { meeting_id } }))
    assert.equal(error.name, 'ConnectionError')
    assert.match(error.message, /nothing was sent/)
    assert.equal(error.cause.cause.code, 'ECONNREFUSED')
    assert.deepEqual(tries, [1, 2, 3])
  })
})
