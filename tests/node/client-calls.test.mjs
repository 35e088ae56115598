// What a client sends and gives back: methods, what calls share, answers, the request that would be sent, lists.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createClient } from 'recreq/client'
import * as realtimekit from 'recreq/realtimekit'
import * as recall from 'recreq/recall'
import * as videosdk from 'recreq/videosdk'
import {
  account_id,
  answer,
  apiKey,
  apiToken,
  app_id,
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
  token,
  videosdkClient,
} from './fake-service.mjs'

describe('a client', () => {
  it('has a method for each operation of its provider', () => {
    for (const [provider, credentials] of /** @type {const} */ ([
      [recall, { apiKey }],
      [realtimekit, { apiToken }],
      [videosdk, { token }],
    ])) {
      const client = createClient(/** @type {any} */ (provider), /** @type {any} */ ({ credentials }))
      assert.deepEqual(Object.keys(client), Object.keys(provider.service.operations))
      for (const name of Object.keys(client)) assert.ok(name in provider, name)
    }
  })

  it('takes some operations together with the service', () => {
    const { service, startRecording } = recall
    const client = createClient({ service, startRecording }, { region: 'us-west-2', credentials: { apiKey } })
    assert.deepEqual(Object.keys(client), ['startRecording'])
  })

  for (const { service, name, input, method } of everyOperation) {
    it(`sends ${service} ${name} as it was built, with the credential`, async (context) => {
      const { url, requests } = await serve(context, (response) => answer(response, 418, {}))
      const call = /** @type {any} */ (method(url))
      const options = { idempotencyKey: 'once' }
      await rejection(call(input, options))
      const built = call.build(input, options)
      const [sent] = requests
      assert.equal(url + sent?.url, built.url)
      assert.equal(sent?.method, built.method)
      assert.equal(sent?.text, built.body ?? '')
      for (const [header, value] of Object.entries(built.headers))
        assert.equal(sent?.headers[header.toLowerCase()], value)
      assert.match(String(sent?.headers.authorization), /a-placeholder/)
      assert.ok(!JSON.stringify(built).includes('a-placeholder'))
    })
  }

  it('sends at once, whether or not anybody waits', async (context) => {
    const arrived = new Promise((resolve) => {
      void serve(context, (response, request) => {
        answer(response, 200, bot)
        resolve(request.method)
      }).then(({ url }) => void recallClient(url).startRecording({ id }))
    })
    assert.equal(await arrived, 'POST')
  })

  it('sends what an input was when it was called', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, bot))
    const input = { id, body: { metadata: { team: 'research' } } }
    const call = recallClient(url).startRecording(input)
    input.body.metadata.team = 'sales'
    await call
    assert.match(requests[0]?.text ?? '', /research/)
  })

  it('gives the answer, and with it the response', async (context) => {
    const { url } = await serve(context, (response) => answer(response, 200, bot, { 'x-request-id': 'r-1' }))
    const call = recallClient(url).startRecording({ id })
    const { value, response } = await call.withResponse()
    assert.deepEqual(value, bot)
    assert.deepEqual(await call, bot)
    assert.ok(response instanceof Response)
    assert.equal(response.headers.get('x-request-id'), 'r-1')
    assert.deepEqual(await call.finally(() => undefined), bot)
  })

  it('leaves no rejection unhandled when only the response is asked for', async (context) => {
    const { url } = await serve(context, (response) => answer(response, 404, { detail: 'Not found.' }))
    /** @type {unknown[]} */
    const unhandled = []
    const note = (/** @type {unknown} */ reason) => unhandled.push(reason)
    process.on('unhandledRejection', note)
    assert.equal((await rejection(recallClient(url).startRecording({ id }).withResponse())).name, 'NotFoundError')
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', note)
    assert.deepEqual(unhandled, [])
  })

  it('gives each call what it shares, which a call may still say otherwise', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, recordingAnswer))
    const client = realtimekitClient(url)
    await client.getActiveRecording({ meeting_id })
    await client.getActiveRecording({ meeting_id, app_id: 'another' })
    assert.equal(
      requests[0]?.url,
      `/accounts/${account_id}/realtime/kit/${app_id}/recordings/active-recording/${meeting_id}`,
    )
    assert.match(requests[1]?.url ?? '', /\/kit\/another\/recordings/)
  })

  it('takes undefined for absent, also where calls share something', async () => {
    const client = realtimekitClient('http://127.0.0.1:9')
    const input = /** @type {any} */ ({ meeting_id, account_id: undefined, app_id: undefined, nobody: undefined })
    assert.equal(client.getActiveRecording.build(input).url, client.getActiveRecording.build({ meeting_id }).url)
  })

  it('checks by its options, and lays extraBody on where there is a body', () => {
    const options = { rules: { 'recall/separate-video-layout': 'off' }, extraBody: { brand_new_field: 1 } }
    const client = recallClient('http://127.0.0.1:9', options)
    const request = client.startRecording.build({ id, body: { video_separate_mp4: {} } })
    assert.match(String(request.body), /brand_new_field/)
    assert.equal(client.retrieveBot.build({ id }).method, 'GET')
  })

  it('keeps to its own addresses without a base URL', () => {
    const client = createClient(recall, { region: 'eu-central-1', credentials: { apiKey } })
    assert.equal(client.retrieveBot.build({ id }).url, `https://eu-central-1.recall.ai/api/v1/bot/${id}/`)
    const other = createClient(realtimekit, { credentials: { apiToken }, parameters: { account_id, app_id } })
    assert.match(
      other.getActiveRecording.build({ meeting_id }).url,
      /^https:\/\/api\.cloudflare\.com\/client\/v4\/accounts\//,
    )
  })

  it('has a new key in each request that is built, unless it is given one', () => {
    const { startRecording } = recallClient('http://127.0.0.1:9')
    const keys = [1, 2].map(() => startRecording.build({ id }).headers['Idempotency-Key'])
    assert.notEqual(keys[0], keys[1])
    assert.equal(startRecording.build({ id }, { idempotencyKey: 'mine' }).headers['Idempotency-Key'], 'mine')
  })

  for (const [problem, options, message] of /** @type {const} */ ([
    ['a misspelt option', { regoin: 'us-west-2' }, /Did you mean "region"\?/],
    ['a misspelt option of checking', { defualts: 'omit' }, /Did you mean "defaults"\?/],
    ['a value that an option cannot have', { unknown: 'maybe' }, /unknown/],
    ['a timeout that is none', { timeout: 0 }, /timeout is a number of milliseconds/],
    ['a retry that is none', { retry: { limit: -1 } }, /retry\.limit/],
    ['a misspelt option of retrying', { retry: { max: 1 } }, /no option "max"/],
    ['a limiter that is none', { limiter: {} }, /createMemoryLimiter/],
    ['a fetch that is none', { fetch: 'fetch' }, /fetch is a function/],
  ])) {
    it(`refuses ${problem}`, () => {
      assert.throws(() => createClient(recall, /** @type {any} */ ({ credentials: { apiKey }, ...options })), {
        name: 'InvalidOptionsError',
        message,
      })
    })
  }

  it('refuses what is no provider', () => {
    assert.throws(
      () => createClient(/** @type {any} */ ({}), /** @type {any} */ ({ credentials: { apiKey } })),
      /import \* as recall/,
    )
  })

  it('refuses an option that a call does not have, by the promise', async () => {
    const call = recallClient('http://127.0.0.1:9').startRecording({ id }, /** @type {any} */ ({ timout: 5 }))
    const error = await rejection(call)
    assert.equal(error.name, 'InvalidOptionsError')
    assert.match(error.message, /Did you mean "timeout"\?/)
    for (const signal of [{}, 'stop', 7]) {
      const wrong = recallClient('http://127.0.0.1:9').startRecording({ id }, /** @type {any} */ ({ signal }))
      assert.match((await rejection(wrong)).message, /signal is an AbortSignal/)
    }
  })
})

describe('a list', () => {
  const recordings = ['a', 'b', 'c', 'd', 'e'].map((each) => ({ id: each }))
  const all = recordings.map((each) => each.id)

  /** @param {AsyncIterable<{ id: string }>} list */
  async function idsIn(list) {
    const ids = []
    for await (const { id: each } of list) ids.push(each)
    return ids
  }

  it('follows the links of Recall.ai, and takes only the cursor from them', async (context) => {
    const { url, requests } = await serve(context, (response, request) => {
      const cursor = Number(new URL(request.url ?? '', url).searchParams.get('cursor') ?? 0)
      const next = cursor + 2 < recordings.length ? `http://attacker.invalid/api/?cursor=${cursor + 2}` : null
      answer(response, 200, { next, previous: null, results: recordings.slice(cursor, cursor + 2) })
    })
    const list = recallClient(url).listRecordings({ status_code: 'done' })
    assert.deepEqual(await idsIn(/** @type {any} */ (list)), all)
    assert.equal(requests.length, 3)
    for (const request of requests) assert.match(request.url ?? '', /status_code=done/)
    assert.equal((await list).results?.length, 2)
  })

  it('counts the pages of RealtimeKit until all have come', async (context) => {
    const { url, requests } = await serve(context, (response, request) => {
      const page = Number(new URL(request.url ?? '', url).searchParams.get('page_no') ?? 1)
      const data = recordings.slice(page * 2 - 2, page * 2).map((each) => ({ ...recordingAnswer.data, ...each }))
      answer(response, 200, {
        success: true,
        data,
        paging: { total_count: recordings.length, start_offset: 0, end_offset: 0 },
      })
    })
    assert.deepEqual(await idsIn(realtimekitClient(url).getAllRecordings({ per_page: 2 })), all)
    assert.equal(requests.length, 3)
  })

  it('counts the pages of VideoSDK up to the last, from the one that was asked for', async (context) => {
    const { url, requests } = await serve(context, (response, request) => {
      const page = Number(new URL(request.url ?? '', url).searchParams.get('page') ?? 1)
      answer(response, 200, {
        pageInfo: { currentPage: page, lastPage: 3 },
        data: recordings.slice(page * 2 - 2, page * 2),
      })
    })
    assert.deepEqual(await idsIn(videosdkClient(url).listRecordings({ roomId })), all)
    assert.equal(requests.length, 3)
    assert.deepEqual(await idsIn(videosdkClient(url).listRecordings({ roomId, page: 2 })), all.slice(2))
  })

  it('asks for no page that nobody wants', async (context) => {
    const { url, requests } = await serve(context, (response, { number: count }) =>
      answer(response, 200, { next: `http://x.invalid/?cursor=${count}`, results: recordings }),
    )
    for await (const each of recallClient(url).listRecordings()) if (each.id === 'b') break
    assert.equal(requests.length, 1)
  })

  it('ends where a service leads in a circle', async (context) => {
    const { url, requests } = await serve(context, (response) =>
      answer(response, 200, { next: 'http://x.invalid/?cursor=same', results: recordings }),
    )
    assert.equal((await idsIn(/** @type {any} */ (recallClient(url).listRecordings()))).length, 10)
    assert.equal(requests.length, 2)
  })

  it('ends with the signal between two pages, and asks for no further one', async (context) => {
    const { url, requests } = await serve(context, (response, { number: count }) =>
      answer(response, 200, { next: `http://x.invalid/?cursor=${count}`, results: recordings }),
    )
    const controller = new AbortController()
    const reason = new Error('enough')
    const list = recallClient(url).listRecordings({}, { signal: controller.signal })
    /** @type {string[]} */
    const seen = []
    const error = await rejection(
      (async () => {
        for await (const each of list) if (seen.push(each.id) === all.length) controller.abort(reason)
      })(),
    )
    assert.equal(error, reason)
    assert.deepEqual([seen, requests.length], [all, 1])
  })

  it('gives page after page', async (context) => {
    const { url } = await serve(context, (response) =>
      answer(response, 200, { pageInfo: { currentPage: 1, lastPage: 1 }, data: recordings }),
    )
    const pages = []
    for await (const page of videosdkClient(url).listRecordings({ roomId }).pages()) pages.push(page.pageInfo?.lastPage)
    assert.deepEqual(pages, [1])
  })

  it('fails in the middle as a call fails', async (context) => {
    const { url } = await serve(context, (response, { number: count }) =>
      count === 1
        ? answer(response, 200, { next: 'http://x.invalid/?cursor=2', results: recordings })
        : answer(response, 401, { detail: 'Invalid token.' }),
    )
    /** @type {string[]} */
    const seen = []
    const error = await rejection(
      (async () => {
        for await (const each of recallClient(url).listRecordings()) seen.push(each.id)
      })(),
    )
    assert.equal(error.name, 'AuthenticationError')
    assert.deepEqual(seen, all)
  })
})
