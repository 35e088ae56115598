// The documented rate limits hold, by the stand-in's clock; other ones can be set.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { bot, call, meeting, send, standInFor } from './stand-in-calls.mjs'

const headers = { authorization: 'Token placeholder' }
const list = (standIn, authorization = 'Token placeholder') =>
  send(standIn, 'GET', '/api/v1/recording/', { headers: { authorization } })

it('refuses the call that is one too many, until the time is over', async (test) => {
  let now = Date.parse('2026-11-21T09:00:00Z')
  const standIn = await standInFor(test, { clock: () => now })
  for (let i = 0; i < 60; ++i) assert.equal((await list(standIn)).status, 200)
  now += 20_000
  const refused = await list(standIn)
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '40'])
  assert.equal(typeof refused.body.detail, 'string')
  assert.equal((await list(standIn, 'Token another-placeholder')).status, 200, 'another account')
  assert.equal((await send(standIn, 'GET', `/api/v1/bot/${bot}/`, { headers })).status, 200, 'another operation')
  now += 40_000
  assert.equal((await list(standIn)).status, 200)
})

it("says in RealtimeKit's headers what is left, over all operations together", async (test) => {
  const now = Date.parse('2026-11-21T09:00:00Z')
  const standIn = await standInFor(test, { clock: () => now })
  const first = await call(standIn, 'realtimekit', 'getAllRecordings')
  assert.equal(first.headers.get('ratelimit'), '"default";r=1199;t=300')
  assert.equal(first.headers.get('ratelimit-policy'), '"default";q=1200;w=300')
  const second = await call(standIn, 'realtimekit', 'startRecording', { body: { meeting_id: meeting } })
  assert.equal(second.headers.get('ratelimit'), '"default";r=1198;t=300')
})

it('counts all calls of an address together where the document does, whatever their credentials', async (test) => {
  let now = Date.parse('2026-11-21T09:00:00Z')
  const standIn = await standInFor(test, { clock: () => now })
  const path = '/client/v4/accounts/a/realtime/kit/b/recordings'
  const ask = (key) => send(standIn, 'GET', path, { headers: { authorization: `Bearer placeholder-${key}` } })
  for (let i = 0; i < 200; ++i) assert.notEqual((await ask(i % 2)).status, 429)
  const refused = await ask(3)
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '1'])
  assert.equal(refused.headers.get('ratelimit'), '"default";r=1200;t=300', 'a refused call counts nowhere')
  now += 1000
  assert.notEqual((await ask(3)).status, 429)
})

it('takes other limits, or none', async (test) => {
  const strict = await standInFor(test, { rateLimit: { requests: 1, seconds: 7 } })
  const rooms = (standIn) => call(standIn, 'videosdk', 'listRecordings')
  assert.equal((await rooms(strict)).status, 200)
  const refused = await rooms(strict)
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '7'])
  const lax = await standInFor(test, { rateLimit: false })
  for (let i = 0; i < 70; ++i) assert.equal((await list(lax)).status, 200)
})

it('does nothing for a call that is refused', async (test) => {
  const standIn = await standInFor(test, { rateLimit: { requests: 1 } })
  await list(standIn)
  await call(standIn, 'recall', 'startRecording', { id: bot })
  const again = await call(standIn, 'recall', 'startRecording', { id: bot })
  assert.equal(again.status, 429)
  assert.equal(standIn.journal.filter(({ started }) => started !== undefined).length, 1)
})
