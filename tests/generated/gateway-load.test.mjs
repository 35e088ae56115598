// Many calls at once through a gateway, while the network and the service fail. The stand-in's journal proves that no call
// recorded twice, that none was lost without an error, and that the service never saw more than its limit.
// `--calls 20000` makes more of them, `--seed` others. Where a machine is so busy that requests are given up before they arrive,
// `--timeout 20000` gives them longer.
import assert from 'node:assert/strict'
import { Agent, createServer, request as send } from 'node:http'
import { it } from 'node:test'
import { parseArgs } from 'node:util'
import { createGateway, createMemoryLimiter } from 'recreq/gateway'
import { createNodeListener } from 'recreq/gateway/node'
import * as realtimekit from 'recreq/realtimekit'
import * as recall from 'recreq/recall'
import { startStandIn } from 'recreq/stand-in'
import { Random } from './random.mjs'

/** @typedef {import('recreq/stand-in').JournalEntry} Entry */

const { values: options } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000' },
    connections: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    timeout: { type: 'string', default: '5000' },
  },
})
const total = Number(options.calls)
const connections = Number(options.connections)
const random = new Random(Number(options.seed))
const limit = { requests: 250, seconds: 0.5 }
const timeout = Number(options.timeout)
const failures = ['429', '503', '503-after', '502', '500', '500-after', 'reset', 'reset-after', 'slow:150', 'cut', 'html']
// Each of these takes the whole timeout.
const hanging = ['timeout', 'timeout-after', 'stall']

/** A service, a gateway before it, and the calls that pages make. */
const services = [
  {
    provider: recall,
    name: /** @type {const} */ ('recall'),
    options: { region: 'us-west-2', credentials: { apiKey: 'a-placeholder-and-no-key' } },
    input: (id) => ({ id, body: { video_mixed_layout: 'gallery_view_v2' } }),
    /** @param {Entry} entry */
    idOf: ({ path }) => path.split('/')[4],
  },
  {
    provider: realtimekit,
    name: /** @type {const} */ ('realtimekit'),
    options: {
      credentials: { apiToken: 'a-placeholder-and-no-token' },
      parameters: { account_id: '023e105f4ecef8ad9ca31a8372d0c353', app_id: '2cb3a0f7-0d1c-4a39-9c0a-6e6f5c1b9d01' },
    },
    input: (id) => ({ body: { meeting_id: id } }),
    /** @param {Entry} entry */
    idOf: ({ body }) => /** @type {any} */ (body).meeting_id,
  },
]

for (const { provider, name, options: own, input, idOf } of services) {
  it(`${name}: ${total / services.length} calls over ${connections} connections record once or say that they did not`, async (context) => {
    const calls = total / services.length
    const fail = Array.from({ length: calls * 4 }, () => (random.oneIn(6) ? failureOf() : 'ok'))
    const standIn = await startStandIn({ providers: [name], rateLimit: limit, fail })
    const inner = createMemoryLimiter()
    const gateway = createGateway(/** @type {any} */ (provider), {
      .../** @type {any} */ (own),
      basePath: '/api',
      baseUrl: standIn.baseUrl(name),
      operations: ['startRecording'],
      authorize: () => 'a-user',
      // The stand-in has another limit than the service, so that a test meets it often.
      limiter: { acquire: (bucket, asked) => inner.acquire({ ...bucket, ...limit }, asked) },
      limits: { wait: 60_000 },
      timeout,
      retry: { limit: 3, backoff: 5, maxRetryAfter: 20 },
    })
    const server = createServer(createNodeListener(gateway))
    // A connection that is closed while a call is put on it would be the test's failure.
    server.keepAliveTimeout = 0
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
    const agent = new Agent({ keepAlive: true, maxSockets: connections })
    context.after(async () => {
      agent.destroy()
      server.closeAllConnections()
      server.close()
      await standIn.stop()
    })
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())

    const ids = Array.from({ length: calls }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`)
    const answers = new Map(
      await Promise.all(ids.map(async (id) => /** @type {const} */ ([id, await post(agent, port, input(id))]))),
    )

    const { journal } = standIn
    /** @type {Map<string, number>} */
    const started = new Map()
    for (const entry of journal) if (entry.started !== undefined) started.set(idOf(entry), (started.get(idOf(entry)) ?? 0) + 1)
    const counts = { recorded: 0, refused: 0, unknown: 0 }
    for (const [id, { status, problem }] of answers) {
      const recordings = started.get(id) ?? 0
      assert.ok(recordings <= 1, `${id} was recorded ${recordings} times`)
      if (status === 200) {
        assert.equal(recordings, 1, `${id} was answered with 200 and not recorded`)
        counts.recorded += 1
      } else if (problem === 'outcome-unknown') {
        counts.unknown += 1
      } else {
        assert.ok(problem, `${id} was answered with ${status} and no problem`)
        assert.equal(recordings, 0, `${id} was recorded, and answered with ${status} ${problem}`)
        counts.refused += 1
      }
    }
    assert.equal(answers.size, calls)
    assert.ok(counts.recorded > calls / 2, JSON.stringify(counts))
    assert.ok(
      journal.every(({ status, failure }) => status !== 429 || failure !== undefined),
      'the service had to keep its limit itself',
    )
    const most = mostWithin(journal, limit.seconds * 1000)
    assert.ok(most <= limit.requests, `${most} requests came within ${limit.seconds} s, and ${limit.requests} may`)
    const struck = journal.filter(({ failure = 'ok' }) => failure !== 'ok').length
    context.diagnostic(
      `${calls} calls, ${journal.length} requests, at most ${most} in ${limit.seconds} s, ${struck} failures: ${JSON.stringify(counts)}`,
    )
  })
}

function failureOf() {
  const kinds = random.oneIn(12) ? hanging : failures
  return kinds[random.below(kinds.length)]
}

/**
 * Posts on one of the agent's connections.
 * @param {Agent} agent
 * @param {number} port
 * @param {object} input
 * @returns {Promise<{ status: number, problem: string | undefined }>}
 */
function post(agent, port, input) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const request = send(
      { agent, port, host: '127.0.0.1', path: '/api/startRecording', method: 'POST', headers },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, problem: JSON.parse(text).type?.split(':').at(-1) }),
        )
      },
    )
    request.on('error', reject)
    // Some come in pieces.
    const text = JSON.stringify(input)
    if (random.oneIn(20)) {
      request.write(text.slice(0, 20))
      setTimeout(() => request.end(text.slice(20)), 20)
    } else {
      request.end(text)
    }
  })
}

/**
 * How many requests came within one window at most, wherever it begins.
 * @param {readonly Entry[]} journal
 * @param {number} length
 */
function mostWithin(journal, length) {
  const times = journal.map(({ time }) => Date.parse(time)).sort((one, other) => one - other)
  let most = 0
  for (let first = 0, last = 0; last < times.length; ++last) {
    while (times[last] - times[first] >= length) ++first
    most = Math.max(most, last - first + 1)
  }
  return most
}
