// The journal says what was asked and answered, without credentials and secrets.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { it } from 'node:test'
import { bot, call, meeting, send, standInFor, start } from './stand-in-calls.mjs'

it('has each call in its order', async (test) => {
  const now = Date.parse('2026-11-21T09:00:00Z')
  const standIn = await standInFor(test, { clock: () => now })
  await start(standIn, { metadata: { team: 'research' } }, { 'idempotency-key': 'once' })
  await call(standIn, 'videosdk', 'listRecordings', { roomId: 'a' })
  await send(standIn, 'GET', '/nowhere')
  const [first, second, third] = standIn.journal
  const { headers, started, ...rest } = first
  assert.deepEqual(rest, {
    number: 1,
    time: '2026-11-21T09:00:00.000Z',
    received: '2026-11-21T09:00:00.000Z',
    provider: 'recall',
    operation: 'startRecording',
    method: 'POST',
    path: `/api/v1/bot/${bot}/start_recording/`,
    body: { metadata: { team: 'research' } },
    status: 200,
  })
  assert.equal(headers['idempotency-key'], 'once')
  const { body } = await call(standIn, 'recall', 'retrieveRecording', { id: started })
  assert.equal(body.id, started)
  assert.deepEqual([second.operation, second.path, second.status], ['listRecordings', '/v2/recordings?roomId=a', 200])
  assert.deepEqual([third.provider, third.operation, third.status], [undefined, undefined, 404])
})

it('hides credentials, and what opens a storage', async (test) => {
  const standIn = await standInFor(test)
  const storage_config = {
    type: 'aws',
    access_key: 'storage-placeholder',
    secret: 'storage-placeholder',
    bucket: 'b',
    region: 'r',
  }
  await call(standIn, 'realtimekit', 'startRecording', { body: { meeting_id: meeting, storage_config } })
  await start(standIn, {}, { cookie: 'session=placeholder' })
  await send(standIn, 'GET', '/nowhere', { headers: { authorization: 'Bearer placeholder' } })
  const [first, second] = standIn.journal
  assert.equal(first.headers.authorization, 'Bearer (hidden)')
  assert.equal(second.headers.authorization, 'Token (hidden)')
  const { meeting_id, storage_config: shown } = /** @type {any} */ (first.body)
  assert.deepEqual([meeting_id, shown.secret, shown.bucket], [meeting, '(hidden)', 'b'])
  assert.ok(!JSON.stringify(standIn.journal).includes('placeholder'))
})

it('has a call from its head on, also when the rest of it never comes', async (test) => {
  const standIn = await standInFor(test)
  const path = `/api/v1/bot/${bot}/start_recording/`
  const socket = connect(standIn.port, '127.0.0.1')
  socket.write(`POST ${path} HTTP/1.1\r\nhost: here\r\nauthorization: Token placeholder\r\ncontent-length: 99\r\n\r\n{`)
  while (standIn.journal.length === 0) await new Promise(setImmediate)
  socket.destroy()
  // Another call is served after it.
  await start(standIn, {})
  const [broken, whole] = standIn.journal
  assert.deepEqual([broken.path, broken.received, broken.status, broken.started], [path, undefined, undefined, undefined])
  assert.deepEqual([whole.status, typeof whole.received], [200, 'string'])
})

it('is a list of its own each time', async (test) => {
  const standIn = await standInFor(test)
  const before = standIn.journal
  await start(standIn, {})
  assert.deepEqual([before.length, standIn.journal.length], [0, 1])
})

it('can be read and emptied over HTTP', async (test) => {
  const standIn = await standInFor(test)
  await start(standIn, {})
  const { body } = await send(standIn, 'GET', '/__recreq__/journal')
  assert.deepEqual(body, JSON.parse(JSON.stringify(standIn.journal)))
  await send(standIn, 'DELETE', '/__recreq__/journal')
  assert.deepEqual(standIn.journal, [])
  assert.equal((await send(standIn, 'POST', '/__recreq__/journal')).status, 405)
})
