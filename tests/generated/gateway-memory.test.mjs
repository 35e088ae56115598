// What a gateway keeps does not grow with what it is asked. `--requests 100000` asks more.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createGateway, createMemoryLimiter } from 'recreq/gateway'
import * as recall from 'recreq/recall'

const { values: options } = parseArgs({ options: { requests: { type: 'string', default: '5000' } } })
const total = Number(options.requests)
const first = 1000
const bound = 8_000_000
const bot = JSON.stringify({ id: '00000000-0000-4000-8000-000000000000', status_changes: [], recordings: [] })

it(`has not ${bound} bytes more after ${total} requests than after ${first}`, async (context) => {
  setFlagsFromString('--expose_gc')
  const gc = runInNewContext('gc')
  let count = 0
  const inner = createMemoryLimiter()
  const gateway = createGateway(recall, {
    region: 'us-west-2',
    // Keys come and go, and so do callers.
    credentials: () => ({ apiKey: `a-placeholder-and-no-key-${count % 200}` }),
    operations: ['startRecording', 'retrieveBot'],
    authorize: () => ({ id: `user-${count}` }),
    limits: { perCaller: { requests: 5, seconds: 0.01 } },
    limiter: { acquire: (bucket, asked) => inner.acquire({ ...bucket, seconds: 0.01 }, asked) },
    fetch: async () => {
      const status = ++count % 7 === 0 ? 400 : 200
      return new Response(status === 200 ? bot : '{"detail":"no"}', { status, headers: { 'content-type': 'application/json' } })
    },
  })
  const ask = async (at) => {
    const id = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
    const input = at % 5 === 0 ? { id, body: { [`wrong_${at}`]: 1 } } : { id, body: { metadata: { at: String(at) } } }
    const headers = { 'content-type': 'application/json', 'idempotency-key': `key-${at}` }
    const request = new Request('https://app.example/startRecording', { method: 'POST', headers, body: JSON.stringify(input) })
    await (await gateway(request)).text()
  }
  const heapAfter = async (from, to) => {
    for (let at = from; at < to; at += 20) {
      await Promise.all(Array.from({ length: 20 }, (_, more) => ask(at + more)))
      // What a runtime cleans up after requests, it does between turns of its loop.
      await new Promise(setImmediate)
    }
    for (let turn = 0; turn < 3; ++turn) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      gc()
    }
    const { heapUsed, arrayBuffers, external } = process.memoryUsage()
    return heapUsed + arrayBuffers + external
  }
  const early = await heapAfter(0, first)
  const late = await heapAfter(first, total)
  context.diagnostic(`${early} bytes after ${first} requests, ${late} after ${total}`)
  assert.ok(late - early < bound, `${early} bytes after ${first} requests, ${late} after ${total}`)
})
