// Many calls at once through a gateway, while the network and the service fail. The stand-in's journal proves that no call
// recorded twice, that none was lost without an error, and that the service never saw more than its limit.
// `--calls 20000` makes more of them, `--seed` others. `--timeout` is what the gateway waits for an answer, and `--grace` how long
// its limiter expects a request that was given up, in milliseconds.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'

/**
 * @typedef {import('./gateway-load.mjs').Load} Load
 * @typedef {import('./gateway-load.mjs').Report} Report
 */

const { values: options } = parseArgs({
  options: {
    calls: { type: 'string', default: '4000' },
    connections: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    timeout: { type: 'string', default: '5000' },
    grace: { type: 'string', default: '5000' },
  },
})
const limit = { requests: 120, seconds: 0.5 }
const services = /** @type {const} */ (['recall', 'realtimekit'])
const calls = Math.ceil(Number(options.calls) / services.length)

for (const name of services) {
  it(`${name}: ${calls} calls over ${options.connections} connections record once or say that they did not`, async (context) => {
    const { answers, requests } = await run({
      name,
      calls,
      connections: Number(options.connections),
      timeout: Number(options.timeout),
      grace: Number(options.grace) / 1000,
      seed: Number(options.seed),
      limit,
    })

    /** @type {Map<string, number>} */
    const started = new Map()
    for (const { id, isStart } of requests) if (isStart) started.set(id, (started.get(id) ?? 0) + 1)
    const counts = { recorded: 0, refused: 0, unknown: 0 }
    for (const { id, status, problem } of answers) {
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
    assert.equal(answers.length, calls)
    assert.ok(
      requests.every(({ status, failure }) => status !== 429 || failure !== undefined),
      'the service had to keep its limit itself',
    )
    const most = mostWithin(requests, limit.seconds * 1000)
    const struck = requests.filter(({ failure = 'ok' }) => failure !== 'ok').length
    context.diagnostic(
      `${calls} calls, ${requests.length} requests, at most ${most} in ${limit.seconds} s, ${struck} failures: ${JSON.stringify(counts)}`,
    )
    assert.ok(most <= limit.requests, `${most} requests came within ${limit.seconds} s, and ${limit.requests} may`)
    assert.ok(counts.recorded > calls / 2, JSON.stringify(counts))
  })
}

/**
 * @param {Load} load
 * @returns {Promise<Report>}
 */
function run(load) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('gateway-load.mjs', import.meta.url), { workerData: load })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the load ended with ${code}`)))
  })
}

/**
 * How many requests a service can have counted within one window at most, wherever it begins: it may count a request at any
 * moment from its head on until it has the whole of it.
 * @param {Report['requests']} requests
 * @param {number} length
 */
function mostWithin(requests, length) {
  // A request can be counted in all windows that begin after `began - length` and not after `ended`.
  const changes = requests.flatMap(({ began, ended }) => [
    { at: began - length + 1, by: 1 },
    { at: ended + 1, by: -1 },
  ])
  changes.sort((one, other) => one.at - other.at || one.by - other.by)
  let most = 0
  let current = 0
  for (const { by } of changes) {
    current += by
    most = Math.max(most, current)
  }
  return most
}
