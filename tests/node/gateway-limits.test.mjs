// The service's limit is kept whatever pages ask for, and nobody waits forever.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createMemoryLimiter } from 'recreq/gateway'
import { startStandIn } from 'recreq/stand-in'
import { answer, bot, id, serve } from './fake-service.mjs'
import { post, problemOf, recallGateway } from './gateway-pages.mjs'

/** A limiter with another limit than the documented one. */
const limiterOf = (requests, seconds) => {
  const limiter = createMemoryLimiter()
  return {
    acquire: (bucket, options) =>
      limiter.acquire({ ...bucket, ...(bucket.key.startsWith('gateway') ? {} : { requests, seconds }) }, options),
  }
}

it('lets 100 requests at once over the limit wait, or turns them away with Retry-After', async (context) => {
  const standIn = await startStandIn({ providers: ['recall'], rateLimit: { requests: 10, seconds: 0.2 } })
  context.after(() => standIn.stop())
  const gateway = recallGateway(standIn.baseUrl('recall'), { limiter: limiterOf(10, 0.2), limits: { wait: 500 } })
  const responses = await Promise.all(Array.from({ length: 100 }, () => gateway(post('retrieveBot', { id }))))
  const statuses = responses.map(({ status }) => status)
  assert.ok(
    statuses.every((status) => status === 200 || status === 429),
    statuses.join(),
  )
  assert.ok(statuses.includes(200) && statuses.includes(429), statuses.join())
  for (const { status, headers } of responses) if (status === 429) assert.match(headers.get('retry-after') ?? '', /^[1-9]\d*$/)
  assert.ok(
    standIn.journal.every(({ status }) => status === 200),
    'the service never saw more than its limit',
  )
  assert.equal(standIn.journal.length, statuses.filter((status) => status === 200).length)
})

it('keeps callers to a limit of their own', async (context) => {
  const { url } = await serve(context, (response) => answer(response, 200, bot))
  const gateway = recallGateway(url, {
    authorize: (request) => ({ sub: request.headers.get('x-user') }),
    limits: { perCaller: { requests: 2, seconds: 60 }, wait: 10 },
    limiter: createMemoryLimiter(),
  })
  const ask = async (user) => (await gateway(post('retrieveBot', { id }, { headers: { 'x-user': user } }))).status
  assert.deepEqual([await ask('anna'), await ask('anna'), await ask('anna'), await ask('berta')], [200, 200, 429, 200])
})

it('lets no more wait than it may', async (context) => {
  const { url } = await serve(context, (response) => answer(response, 200, bot))
  const gateway = recallGateway(url, { limiter: limiterOf(1, 0.1), limits: { wait: 1000, waiting: 2 } })
  const responses = await Promise.all([1, 2, 3, 4].map(() => gateway(post('retrieveBot', { id }))))
  assert.ok(responses.some(({ status }) => status === 429))
  assert.ok(responses.some(({ status }) => status === 200))
})

it('forgets whoever is stopped while waiting', async () => {
  let asked = 0
  // Where a runtime stops a request, nothing of it ever ends.
  const limiter = { acquire: () => new Promise(() => void (asked += 1)) }
  const gateway = recallGateway('http://127.0.0.1:9', { limiter, limits: { wait: 1000, waiting: 1 } })
  void gateway(post('retrieveBot', { id }))
  while (asked === 0) await new Promise((resolve) => setTimeout(resolve, 1))
  assert.equal((await gateway(post('retrieveBot', { id }))).status, 429)
  await new Promise((resolve) => setTimeout(resolve, 1010))
  void gateway(post('retrieveBot', { id }))
  while (asked === 1) await new Promise((resolve) => setTimeout(resolve, 1))
})

it('says that the outcome is unknown when a repetition finds no place', async (context) => {
  const { url, requests } = await serve(context, (response) => response.destroy())
  // One place in a minute: the first try takes it.
  const gateway = recallGateway(url, { limiter: limiterOf(1, 60), limits: { wait: 20 } })
  const problem = await problemOf(await gateway(post('startRecording', { id })))
  assert.deepEqual([problem.name, requests.length], ['outcome-unknown', 1])
})

it('takes a question back that waits for the limit when its page goes away', async (context) => {
  const { url, requests } = await serve(context, (response) => answer(response, 200, bot))
  const gateway = recallGateway(url, { limiter: limiterOf(1, 300), limits: { wait: 300_000 } })
  assert.equal((await gateway(post('retrieveBot', { id }))).status, 200)
  const page = new AbortController()
  const waiting = gateway(new Request(post('retrieveBot', { id }), { signal: page.signal }))
  await new Promise((resolve) => setTimeout(resolve, 20))
  page.abort()
  assert.notEqual((await waiting).status, 200)
  assert.equal(requests.length, 1)
})
