// The providers' own packages send what recreq builds: the same method and URL, the credential in the same form, bodies
// that are equal as JSON. Their `fetch` is captured, nothing leaves the machine. Where recreq differs on purpose, the
// test names the field and says why.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VideoSDK } from '@videosdk.live/server-sdk'
import Cloudflare from 'cloudflare'
import * as realtimekit from '../../dist/realtimekit.js'
import * as videosdk from '../../dist/videosdk.js'
import { bodyOf, vectorFiles } from '../vectors/vectors.mjs'

/**
 * @typedef {{ method: string, url: string, query: string[], authorization: string | null, type: string | null, body: any }} Call
 * @typedef {(client: any, input: any) => Promise<unknown>} Send
 */

const secret = 'a-placeholder-and-no-key'

/**
 * The one request that an official client sends; its answer is empty.
 * @param {(fetch: typeof globalThis.fetch) => Promise<unknown>} use
 */
async function sentBy(use) {
  /** @type {Call[]} */
  const calls = []
  await use(async (resource, init) => {
    calls.push(await callOf(new Request(resource, init)))
    return Response.json({ success: true, result: {}, data: [], pageInfo: { currentPage: 1, perPage: 20, lastPage: 1, total: 0 } })
  })
  assert.equal(calls.length, 1)
  return calls[0]
}

/**
 * A request with what is compared: the order of query parameters and the spelling of escapes mean nothing to a server.
 * @param {Request} request
 * @returns {Promise<Call>}
 */
async function callOf(request) {
  const { origin, pathname, searchParams } = new URL(request.url)
  const text = await request.text()
  return {
    method: request.method,
    url: `${origin}${decodeURIComponent(pathname)}`,
    query: [...searchParams].map(([name, value]) => `${name}=${value}`).sort(),
    authorization: request.headers.get('Authorization'),
    type: text === '' ? null : request.headers.get('Content-Type'),
    body: text === '' ? undefined : JSON.parse(text),
  }
}

/**
 * Every vector of an operation that becomes a request. Known defaults, which no client writes, are not asked for.
 * @param {string} provider
 * @param {string} operation
 */
function vectorsOf(provider, operation) {
  const all = vectorFiles(provider).flatMap(({ vectors }) => vectors)
  const built = all.filter((vector) => vector.operation === operation && vector.expect.request !== undefined)
  const fromValues = built.filter((vector) => bodyOf(vector) === undefined)
  assert.ok(fromValues.length > 0, `there are vectors of ${operation}`)
  const defaults = /** @type {const} */ ('explicit')
  return fromValues.map(({ name, input, options }) => ({ name, input, options: { ...options, defaults } }))
}

describe('cloudflare', () => {
  /** Where recreq sends something else on purpose. @type {Record<string, (theirs: Call) => Call>} */
  const differences = {
    // The reference states this default for absence, so recreq writes it; the client leaves it to the service.
    startRecording: (theirs) => ({ ...theirs, body: { allow_multiple_recordings: false, ...theirs.body } }),
    // Cloudflare's own OpenAPI joins states by commas; its client repeats the name. For one state both are the same.
    getAllRecordings: (theirs) => {
      const states = theirs.query.filter((each) => each.startsWith('status=')).map((each) => each.slice('status='.length))
      const others = theirs.query.filter((each) => !each.startsWith('status='))
      return { ...theirs, query: states.length === 0 ? others : [...others, `status=${states.join(',')}`].sort() }
    },
  }

  /** @type {Record<string, Send>} */
  const sends = {
    getAllRecordings: (client, { app_id, ...params }) => client.getRecordings(app_id, params),
    startRecording: (client, { app_id, account_id, body }) => client.startRecordings(app_id, { account_id, ...body }),
    getActiveRecording: (client, { meeting_id, ...params }) => client.getActiveRecordings(meeting_id, params),
    getOneRecording: (client, { recording_id, ...params }) => client.getOneRecording(recording_id, params),
    pauseResumeStopRecording: (client, { recording_id, body, ...params }) =>
      client.pauseResumeStopRecording(recording_id, { ...params, ...body }),
    startTrackRecordingForAMeeting: (client, { app_id, account_id, body }) =>
      client.startTrackRecording(app_id, { account_id, ...body }),
  }

  for (const [name, send] of Object.entries(sends)) {
    it(`sends what ${name} builds`, async (t) => {
      const vectors = vectorsOf('realtimekit', name)
      for (const { name: behaviour, input, options } of vectors) {
        const theirs = await sentBy((fetch) => {
          const client = new Cloudflare({ apiToken: secret, fetch, maxRetries: 0 })
          return send(client.realtimeKit.recordings, input)
        })
        const ours = await callOf(realtimekit[name].with(options).build(input).toRequest({ apiToken: secret }))
        assert.deepEqual(ours, differences[name]?.(theirs) ?? theirs, behaviour)
      }
      t.diagnostic(`${vectors.length} calls of ${name} are those of the package cloudflare`)
    })
  }
})

describe('@videosdk.live/server-sdk', () => {
  /** @type {Record<string, Send>} */
  const sends = {
    startRecording: (client, { body: { roomId, awsDirPath, ...rest } }) => client.start(roomId, { dirPath: awsDirPath, ...rest }),
    stopRecording: (client, { body }) => client.stop(body),
    listRecordings: (client, input) => client.list(input),
    getRecording: (client, { recordingId, ...query }) => client.get(recordingId, query),
    deleteRecording: (client, { recordingId }) => client.delete(recordingId),
    startParticipantRecording: (client, { body: { roomId, bucketDirPath, ...rest } }) =>
      client.participant.start(roomId, { dirPath: bucketDirPath, ...rest }),
    stopParticipantRecording: (client, { body }) => client.participant.stop(body.roomId, body.participantId),
    listParticipantRecordings: (client, input) => client.participant.list(input),
    getParticipantRecording: (client, { id }) => client.participant.get(id),
    deleteParticipantRecording: (client, { id }) => client.participant.delete(id),
    startTrackRecording: (client, { body: { roomId, bucketDirPath, ...rest } }) =>
      client.track.start(roomId, { dirPath: bucketDirPath, ...rest }),
    stopTrackRecording: (client, { body }) => client.track.stop(body.roomId, body.participantId, body.kind),
    listTrackRecordings: (client, input) => client.track.list(input),
    getTrackRecording: (client, { id }) => client.track.get(id),
    deleteTrackRecording: (client, { id }) => client.track.delete(id),
  }

  for (const [name, send] of Object.entries(sends)) {
    it(`sends what ${name} builds`, async (t) => {
      const vectors = vectorsOf('videosdk', name)
      for (const { name: behaviour, input, options } of vectors) {
        const theirs = await sentBy((fetch) => {
          const client = new VideoSDK({ token: secret, fetch, maxRetries: 0 })
          return send(client.recordings, input)
        })
        const ours = await callOf(videosdk[name].with(options).build(input).toRequest({ token: secret }))
        assert.deepEqual(ours, theirs, behaviour)
      }
      t.diagnostic(`${vectors.length} calls of ${name} are those of the package @videosdk.live/server-sdk`)
    })
  }

  const roomId = 'abcd-efgh-ijkl'
  const compositions = [
    {
      composition: { layout: 'grid', priority: 'SPEAKER', gridSize: 4, theme: 'DARK', quality: 'high', orientation: 'portrait' },
      body: {
        config: { layout: { type: 'GRID', priority: 'SPEAKER', gridSize: 4 }, theme: 'DARK', quality: 'high', orientation: 'portrait' },
      },
    },
    // Its client chooses a layout as soon as anything else is composed. recreq writes none: the App may have one of its own.
    { composition: { quality: 'low' }, body: { config: { layout: { type: 'GRID' }, quality: 'low' } } },
    { composition: { layout: { custom: 'https://example.com/template' } }, body: { templateUrl: 'https://example.com/template' } },
  ]
  for (const { composition, body } of compositions) {
    it(`makes of ${JSON.stringify(composition)} what recreq makes of ${JSON.stringify(body)}`, async () => {
      const theirs = await sentBy((fetch) => {
        const client = new VideoSDK({ token: secret, fetch, maxRetries: 0 })
        return client.recordings.start(roomId, { composition: /** @type {any} */ (composition) })
      })
      const request = videosdk.startRecording.build({ body: /** @type {any} */ ({ roomId, ...body }) })
      assert.deepEqual(await callOf(request.toRequest({ token: secret })), theirs)
    })
  }
})
