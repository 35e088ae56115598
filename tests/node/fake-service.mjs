// A server on this machine that answers as a test says, for what the stand-in does not do; and clients that talk to it.
import { createServer } from 'node:http'
import { createClient } from 'recreq/client'
import * as realtimekit from 'recreq/realtimekit'
import * as recall from 'recreq/recall'
import * as videosdk from 'recreq/videosdk'

export const apiKey = 'a-placeholder-and-no-key'
export const apiToken = 'a-placeholder-and-no-token'
export const token = 'a-placeholder.and-no.token'
export const id = '3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55'
export const account_id = '023e105f4ecef8ad9ca31a8372d0c353'
export const app_id = '2cb3a0f7-0d1c-4a39-9c0a-6e6f5c1b9d01'
export const meeting_id = '97440c6a-140b-40a9-9499-b23fd7a3868a'
export const roomId = 'abcd-efgh-ijkl'

/**
 * @typedef {import('node:http').IncomingMessage & { text: string, number: number }} Received
 * @typedef {(response: import('node:http').ServerResponse, request: Received) => unknown} Handler
 */

/**
 * Starts it. The handler gets each request with its whole text and its number, from 1.
 * @param {Handler} handler
 */
export async function startService(handler) {
  /** @type {Received[]} */
  const requests = []
  const server = createServer(async (incoming, response) => {
    const request = /** @type {Received} */ (incoming)
    request.text = ''
    for await (const chunk of request.setEncoding('utf8')) request.text += chunk
    request.number = requests.push(request)
    handler(response, request)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    /** @returns {Promise<void>} */
    stop() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/**
 * A service for the time of one test.
 * @param {import('node:test').TestContext} context
 * @param {Handler} handler
 */
export async function serve(context, handler) {
  const service = await startService(handler)
  context.after(() => service.stop())
  return service
}

/**
 * Answers with JSON.
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {unknown} value
 * @param {Record<string, string>} [headers]
 */
export function answer(response, status, value, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}

/** A bot as Recall.ai answers with it. */
export const bot = { id, meeting_url: null, status_changes: [], recordings: [], calendar_meetings: [] }

/** A recording as RealtimeKit answers with it. */
export const recordingAnswer = {
  success: true,
  data: { id, status: 'INVOKED', output_file_name: 'name.mp4', invoked_time: '2026-11-21T09:00:00Z' },
}

// Tests do not wait for what a person would.
const quick = { retry: { backoff: 1, maxRetryAfter: 5 } }

/**
 * @param {string} baseUrl
 * @param {object} [options]
 * @returns {import('recreq/client').Client<typeof recall, 'region'>}
 */
export const recallClient = (baseUrl, options) =>
  createClient(recall, {
    region: 'us-west-2',
    credentials: { apiKey },
    baseUrl,
    limiter: false,
    ...quick,
    .../** @type {{}} */ (options),
  })

/**
 * @param {string} baseUrl
 * @param {object} [options]
 * @returns {import('recreq/client').Client<typeof realtimekit, 'account_id' | 'app_id'>}
 */
export const realtimekitClient = (baseUrl, options) =>
  createClient(realtimekit, {
    credentials: { apiToken },
    parameters: { account_id, app_id },
    baseUrl,
    limiter: false,
    ...quick,
    ...options,
  })

/**
 * @param {string} baseUrl
 * @param {object} [options]
 * @returns {import('recreq/client').Client<typeof videosdk, never>}
 */
export const videosdkClient = (baseUrl, options) =>
  createClient(videosdk, { credentials: { token }, baseUrl, limiter: false, ...quick, ...options })

/** One input for each operation of each provider, with a client that sends it. */
export const everyOperation = [
  { provider: recall, client: recallClient, inputs: recallInputs() },
  { provider: realtimekit, client: realtimekitClient, inputs: realtimekitInputs() },
  { provider: videosdk, client: videosdkClient, inputs: videosdkInputs() },
].flatMap(({ provider, client, inputs }) =>
  Object.entries(provider.service.operations).map(([name, policy]) => ({
    service: provider.service.name,
    name,
    /** @type {import('../../build/javascript/client/service.js').OperationPolicy} */
    policy,
    input: inputs[name],
    /** @type {(baseUrl: string, options?: object) => (input?: object, options?: object) => Promise<unknown>} */
    method: (baseUrl, options) => /** @type {any} */ (client(baseUrl, options))[name],
  })),
)

/**
 * What a promise is rejected with.
 * @param {PromiseLike<unknown>} promise
 * @returns {Promise<any>}
 */
export async function rejection(promise) {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** @returns {Record<string, object>} */
function recallInputs() {
  const bots = [
    'startRecording',
    'stopRecording',
    'pauseRecording',
    'resumeRecording',
    'requestRecordingPermission',
    'retrieveBot',
  ]
  return { ...Object.fromEntries([...bots, 'retrieveRecording'].map((name) => [name, { id }])), listRecordings: {} }
}

/** @returns {Record<string, object>} */
function realtimekitInputs() {
  return {
    getAllRecordings: {},
    startRecording: { body: { meeting_id } },
    getActiveRecording: { meeting_id },
    getOneRecording: { recording_id: id },
    pauseResumeStopRecording: { recording_id: id, body: { action: 'stop' } },
    startTrackRecordingForAMeeting: { body: { meeting_id } },
  }
}

/** @returns {Record<string, object>} */
function videosdkInputs() {
  const person = { roomId, participantId: 'alice' }
  return {
    startRecording: { body: { roomId } },
    stopRecording: { body: { roomId } },
    listRecordings: { roomId },
    getRecording: { recordingId: 'r1' },
    deleteRecording: { recordingId: 'r1' },
    startParticipantRecording: { body: person },
    stopParticipantRecording: { body: person },
    listParticipantRecordings: {},
    getParticipantRecording: { id: 'r1' },
    deleteParticipantRecording: { id: 'r1' },
    startTrackRecording: { body: { ...person, kind: 'audio' } },
    stopTrackRecording: { body: { ...person, kind: 'audio' } },
    listTrackRecordings: {},
    getTrackRecording: { id: 'r1' },
    deleteTrackRecording: { id: 'r1' },
  }
}
