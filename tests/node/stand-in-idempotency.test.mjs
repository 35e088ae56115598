// A repeated call with the same Idempotency-Key is answered from memory: nothing is recorded twice.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { bot, call, post, standInFor, start } from './stand-in-calls.mjs'

const key = { 'idempotency-key': 'one-and-the-same' }
const starts = ({ journal }) => journal.filter(({ started }) => started !== undefined).length

it('gives the stored answer for an hour', async (test) => {
  let now = Date.parse('2026-11-21T09:00:00Z')
  const standIn = await standInFor(test, { clock: () => now })
  const first = await start(standIn, {}, key)
  now += 3_599_000
  const second = await start(standIn, { metadata: { other: 'body' } }, key)
  assert.equal(second.text, first.text)
  assert.deepEqual([starts(standIn), standIn.journal[1].replayed], [1, true])
  now += 1_000
  await start(standIn, {}, key)
  assert.equal(starts(standIn), 2)
})

it('goes by key, credential and path', async (test) => {
  const standIn = await standInFor(test)
  await start(standIn, {}, key)
  await start(standIn, {}, { 'idempotency-key': 'another' })
  await start(standIn, {}, { ...key, authorization: 'Token another-placeholder' })
  const other = `/api/v1/bot/00000000-0000-4000-8000-000000000001/start_recording/`
  await post(standIn, other, {}, { ...key, authorization: 'Token placeholder' })
  assert.equal(starts(standIn), 4)
})

it('remembers refusals as well', async (test) => {
  const standIn = await standInFor(test)
  assert.equal((await start(standIn, { video_mixed_layout: 'gird' }, key)).status, 400)
  assert.equal((await start(standIn, {}, key)).status, 400)
})

it('answers 409 while the first call still runs', async (test) => {
  const standIn = await standInFor(test)
  const first = start(standIn, {}, { ...key, 'x-recreq-fail': 'slow:3600000' })
  while (standIn.journal.length === 0) await new Promise((resolve) => setImmediate(resolve))
  assert.equal((await start(standIn, {}, key)).status, 409)
  await standIn.stop()
  await assert.rejects(first)
})

it('gives the answer of a slow call once it is there', async (test) => {
  const standIn = await standInFor(test)
  const { status, text } = await start(standIn, {}, { ...key, 'x-recreq-fail': 'slow:20' })
  assert.equal(status, 200)
  assert.equal((await start(standIn, {}, key)).text, text)
  assert.equal(starts(standIn), 1)
})

it('gives the answer that was lost to whoever asks again', async (test) => {
  const standIn = await standInFor(test)
  await assert.rejects(start(standIn, {}, { ...key, 'x-recreq-fail': 'reset-after' }))
  const { status, body } = await start(standIn, {}, key)
  assert.equal(status, 200)
  assert.equal(body.recordings.length, 1)
  assert.deepEqual([starts(standIn), standIn.journal[1].replayed], [1, true])
})

it('does not remember a call that never reached the service', async (test) => {
  const standIn = await standInFor(test)
  assert.equal((await start(standIn, {}, { ...key, 'x-recreq-fail': '503' })).status, 503)
  assert.equal((await start(standIn, {}, key)).status, 200)
  assert.deepEqual([starts(standIn), standIn.journal[1].replayed], [1, undefined])
})

it('counts for all commands of Recall.ai, and for no other service', async (test) => {
  const standIn = await standInFor(test)
  await start(standIn, {})
  const pause = () => call(standIn, 'recall', 'pauseRecording', { id: bot, idempotencyKey: 'pause' })
  assert.deepEqual([(await pause()).status, (await pause()).status], [200, 200])
  const room = () => post(standIn, '/v2/recordings/start', { roomId: 'a' }, { ...key, authorization: 'placeholder' })
  assert.deepEqual([(await room()).status, (await room()).status], [200, 409])
})
