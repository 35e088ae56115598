// Puts a load on a gateway in a thread of its own, where nothing watches every promise as a test runner does: pages make calls
// over some connections, and the service behind the gateway fails on demand. Posts what the pages got, and the journal.
import { Agent, createServer, request as send } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { createGateway, createMemoryLimiter } from 'recreq/gateway'
import { createNodeListener } from 'recreq/gateway/node'
import * as realtimekit from 'recreq/realtimekit'
import * as recall from 'recreq/recall'
import { startStandIn } from 'recreq/stand-in'
import { Random } from './random.mjs'

/** @typedef {import('recreq/stand-in').JournalEntry} Entry */

/**
 * @typedef {object} Load
 * @property {'recall' | 'realtimekit'} name
 * @property {number} calls
 * @property {number} connections
 * @property {number} timeout
 * @property {number} grace
 * @property {number} seed
 * @property {{ requests: number, seconds: number }} limit
 */

/**
 * @typedef {object} Report
 * @property {{ id: string, status: number, problem: string | undefined }[]} answers
 * @property {{ id: string, began: number, ended: number, status?: number, failure?: string, isStart: boolean }[]} requests
 */

const services = {
  recall: {
    provider: recall,
    options: { region: 'us-west-2', credentials: { apiKey: 'a-placeholder-and-no-key' } },
    input: (id) => ({ id, body: { video_mixed_layout: 'gallery_view_v2' } }),
    /** @param {Entry} entry */
    idOf: ({ path }) => path.split('/')[4] ?? '',
  },
  realtimekit: {
    provider: realtimekit,
    options: {
      credentials: { apiToken: 'a-placeholder-and-no-token' },
      parameters: { account_id: '023e105f4ecef8ad9ca31a8372d0c353', app_id: '2cb3a0f7-0d1c-4a39-9c0a-6e6f5c1b9d01' },
    },
    input: (id) => ({ body: { meeting_id: id } }),
    /** @param {Entry} entry */
    idOf: ({ body }) => /** @type {any} */ (body)?.meeting_id ?? '',
  },
}

const failures = [
  '429',
  '503',
  '503-after',
  '502',
  '500',
  '500-after',
  'reset',
  'reset-after',
  'slow:150',
  'drip:150',
  'cut',
  'html',
]
// Each of these takes the whole timeout.
const hanging = ['timeout', 'timeout-after', 'stall']

parentPort?.postMessage(await put(/** @type {Load} */ (workerData)))

/**
 * @param {Load} load
 * @returns {Promise<Report>}
 */
async function put({ name, calls, connections, timeout, grace, seed, limit }) {
  const { provider, options, input, idOf } = services[name]
  const random = new Random(seed)
  const failure = () => {
    const kinds = random.oneIn(12) ? hanging : failures
    return kinds[random.below(kinds.length)] ?? 'ok'
  }
  const fail = Array.from({ length: calls * 4 }, () => (random.oneIn(6) ? failure() : 'ok'))
  const standIn = await startStandIn({ providers: [name], rateLimit: limit, fail })
  const inner = createMemoryLimiter({ grace })
  const gateway = createGateway(/** @type {any} */ (provider), {
    .../** @type {any} */ (options),
    basePath: '/api',
    baseUrl: standIn.baseUrl(name),
    operations: ['startRecording'],
    authorize: () => 'a-user',
    // The stand-in has another limit than the service, so that a test meets it often.
    limiter: { acquire: (bucket, asked) => inner.acquire({ ...bucket, ...limit }, asked) },
    limits: { wait: 2 ** 31 - 1, waiting: calls },
    timeout,
    retry: { limit: 3, backoff: 5, maxRetryAfter: 20 },
  })
  const server = createServer(createNodeListener(gateway))
  // A connection that is closed while a call is put on it would be the test's failure.
  server.keepAliveTimeout = 0
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())

  const ids = Array.from({ length: calls }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`)
  const answers = await Promise.all(ids.map(async (id) => ({ id, ...(await post(agent, port, input(id), random.oneIn(20))) })))
  agent.destroy()
  server.closeAllConnections()
  server.close()
  const requests = standIn.journal.map((entry) => ({
    id: idOf(entry),
    began: Date.parse(entry.time),
    ended: Date.parse(entry.received ?? entry.time),
    isStart: entry.started !== undefined,
    ...(entry.status !== undefined && { status: entry.status }),
    ...(entry.failure !== undefined && { failure: entry.failure }),
  }))
  await standIn.stop()
  return { answers, requests }
}

/**
 * Posts on one of the agent's connections.
 * @param {Agent} agent
 * @param {number} port
 * @param {object} input
 * @param {boolean} isSlow whether it comes in pieces
 * @returns {Promise<{ status: number, problem: string | undefined }>}
 */
function post(agent, port, input, isSlow) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const request = send({ agent, port, host: '127.0.0.1', path: '/api/startRecording', method: 'POST', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, problem: JSON.parse(text).type?.split(':').at(-1) }))
    })
    request.on('error', reject)
    const text = JSON.stringify(input)
    if (isSlow) {
      request.write(text.slice(0, 20))
      setTimeout(() => request.end(text.slice(20)), 20)
    } else {
      request.end(text)
    }
  })
}
