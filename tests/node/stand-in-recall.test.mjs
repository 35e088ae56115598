// The stand-in as Recall.ai: what it refuses and ignores, and what its commands do to a bot.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { it } from 'node:test'
import { bot, call, post, send, standInFor, start } from './stand-in-calls.mjs'

const last = ({ body }) => body.recordings.at(-1)

it('answers 200 to real_time_endpoints and sends no live data', async (test) => {
  const standIn = await standInFor(test)
  const url = 'wss://media.example.com/'
  const { status, body } = await start(standIn, {
    real_time_endpoints: [{ type: 'websocket', url, events: ['participant_events.join'] }],
  })
  assert.equal(status, 200)
  const recording = await call(standIn, 'recall', 'retrieveRecording', { id: body.recordings[0].id })
  assert.deepEqual(recording.body.realtime_endpoints, [])
})

it('answers what it refuses as a map of the fields', async (test) => {
  const standIn = await standInFor(test)
  const { status, body } = await start(standIn, {
    transcription_options: { provider: 'meeting_captions' },
    video_mixed_layout: 'gird',
    retention: { type: 'timed', hours: 0 },
    realtime_endpoints: [
      { type: 'webhook', url: 'https://hooks.example.com/', events: ['participant_events.join'] },
      { type: 'webhook', events: ['participant_events.jion'] },
    ],
    transcript: {},
  })
  assert.equal(status, 400)
  assert.deepEqual(body, {
    transcription_options: ['This field is not allowed.'],
    video_mixed_layout: ['"gird" is not a valid choice.'],
    retention: { hours: ['This value is not valid.'] },
    realtime_endpoints: [
      {},
      { url: ['This field is required.'], events: { 0: ['"participant_events.jion" is not a valid choice.'] } },
    ],
    transcript: { provider: ['This field is required.'] },
  })
  assert.equal(standIn.journal[0].started, undefined)
})

for (const [name, body, status] of [
  ['separate video in another layout', { video_separate_mp4: {} }, 400],
  ['separate video in its layout', { video_separate_mp4: {}, video_mixed_layout: 'gallery_view_v2' }, 200],
  ['a query without a slash before it', { realtime_endpoints: [endpoint('wss://media.example.com?token=x')] }, 400],
  ['a query with a slash before it', { realtime_endpoints: [endpoint('wss://media.example.com/?token=x')] }, 200],
  ['a local address, by its firewall', { realtime_endpoints: [endpoint('ws://localhost:8080/')] }, 403],
  [
    'low latency without English',
    { transcript: { provider: { recallai_streaming: { mode: 'prioritize_low_latency' } } } },
    400,
  ],
  ['a provider for finished recordings', { transcript: { provider: { recallai_async: {} } } }, 400],
  ['settings of the bot', { bot_name: 'Notetaker', recording_config: {} }, 200],
  ['a wrong type', { metadata: { a: 1 } }, 400],
  ['a body that is no object', [], 400],
  ['nothing at all', {}, 200],
]) {
  it(`${status === 200 ? 'takes' : 'refuses'} ${name}`, async (test) => {
    const standIn = await standInFor(test)
    const answer = await start(standIn, body)
    assert.equal(answer.status, status, answer.text)
    assert.equal(answer.headers.get('content-type'), status === 403 ? 'text/html' : 'application/json')
  })
}

it('refuses H.264 of each participant unless the bot was made for it', async (test) => {
  const strong = '00000000-0000-4000-8000-000000000001'
  const standIn = await standInFor(test, { bots: { [bot]: {}, [strong]: { variant: 'web_4_core' } } })
  const body = { video_separate_h264: {}, video_mixed_layout: 'gallery_view_v2' }
  assert.equal((await call(standIn, 'recall', 'startRecording', { id: bot, body })).status, 400)
  assert.equal((await call(standIn, 'recall', 'startRecording', { id: strong, body })).status, 200)
})

it('ends the recording that runs when another one starts', async (test) => {
  const standIn = await standInFor(test)
  await start(standIn, {})
  const { body } = await start(standIn, { metadata: { take: 'two' } })
  assert.deepEqual(
    body.recordings.map(({ status, metadata }) => [status.code, metadata]),
    [
      ['done', {}],
      ['processing', { take: 'two' }],
    ],
  )
  assert.notEqual(body.recordings[0].completed_at, null)
  assert.deepEqual(body.status_changes.map(({ code }) => code).at(-1), 'in_call_recording')
})

it('pauses, resumes and stops one recording', async (test) => {
  const standIn = await standInFor(test)
  const command = (operation) => call(standIn, 'recall', operation, { id: bot })
  await start(standIn, {})
  assert.equal(last(await command('pauseRecording')).status.code, 'paused')
  assert.equal((await command('pauseRecording')).status, 400)
  assert.equal(last(await command('resumeRecording')).status.code, 'processing')
  assert.equal((await command('resumeRecording')).body.code, 'update_bot_failed')
  const stopped = await command('stopRecording')
  assert.equal(last(stopped).status.code, 'done')
  assert.equal(stopped.body.recordings.length, 1)
  assert.equal((await command('stopRecording')).status, 400)
})

it('names the state in which a bot takes no commands', async (test) => {
  const over = '00000000-0000-4000-8000-000000000002'
  const standIn = await standInFor(test, { bots: { [bot]: { status: 'in_waiting_room' }, [over]: { status: 'done' } } })
  for (const operation of ['startRecording', 'stopRecording', 'pauseRecording', 'requestRecordingPermission']) {
    const early = await call(standIn, 'recall', operation, { id: bot })
    assert.deepEqual([early.status, early.body.code], [400, 'cannot_command_unstarted_bot'], operation)
    const late = await call(standIn, 'recall', operation, { id: over })
    assert.deepEqual([late.status, late.body.code], [400, 'cannot_command_completed_bot'], operation)
  }
  assert.equal((await call(standIn, 'recall', 'retrieveBot', { id: over })).body.status_changes.at(-1).code, 'done')
})

it('knows every bot, or those that it is told of', async (test) => {
  const everyone = await standInFor(test)
  assert.equal((await call(everyone, 'recall', 'retrieveBot', { id: bot })).status, 200)
  const standIn = await standInFor(test, { bots: { [bot.toUpperCase()]: { bot_name: 'Notes' } } })
  assert.equal((await call(standIn, 'recall', 'retrieveBot', { id: bot })).body.bot_name, 'Notes')
  const other = await call(standIn, 'recall', 'startRecording', { id: '00000000-0000-4000-8000-000000000003' })
  assert.deepEqual([other.status, other.body], [404, { detail: 'Not found.' }])
})

it('echoes what the bot was made with, completed and without its nulls', async (test) => {
  const manual = '00000000-0000-4000-8000-000000000004'
  const given = { transcript: { provider: { meeting_captions: {} } }, video_mixed_mp4: null }
  const standIn = await standInFor(test, {
    bots: { [bot]: { recording_config: given }, [manual]: { recording_config: null } },
  })
  await start(standIn, { video_mixed_layout: 'audio_only' })
  const { recording_config: echo } = (await call(standIn, 'recall', 'retrieveBot', { id: bot })).body
  assert.deepEqual(echo.transcript, given.transcript)
  assert.equal('video_mixed_mp4' in echo, false)
  assert.equal(echo.video_mixed_layout, 'speaker_view', 'a start does not change the bot')
  assert.ok(Object.values(echo).every((value) => value !== null))
  assert.equal((await call(standIn, 'recall', 'retrieveBot', { id: manual })).body.recording_config, null)
})

it('records from the beginning with a bot that does so by itself', async (test) => {
  const standIn = await standInFor(test, { bots: { [bot]: { status: 'in_call_recording' } } })
  assert.equal(last(await call(standIn, 'recall', 'retrieveBot', { id: bot })).status.code, 'processing')
})

it('lists recordings by bot, state and time', async (test) => {
  let now = Date.parse('2026-11-21T09:00:00Z')
  const standIn = await standInFor(test, { clock: () => now })
  const list = async (parameters) => (await call(standIn, 'recall', 'listRecordings', parameters)).body.results
  await start(standIn, {})
  now += 60_000
  await start(standIn, { retention: { type: 'timed', hours: 24 } })
  const [second, first] = await list({})
  assert.equal(second.created_at, '2026-11-21T09:01:00.000Z')
  assert.deepEqual(await list({ bot_id: bot, status_code: 'done' }), [first])
  assert.deepEqual(await list({ created_at_after: '2026-11-21T09:00:30Z' }), [second])
  assert.deepEqual(await list({ created_at_before: '2026-11-21T09:00:30Z' }), [first])
  assert.deepEqual(await list({ bot_id: '00000000-0000-4000-8000-000000000005' }), [])
  await call(standIn, 'recall', 'stopRecording', { id: bot })
  const { body } = await call(standIn, 'recall', 'retrieveRecording', { id: second.id })
  assert.equal(body.expires_at, '2026-11-22T09:01:00.000Z')
})

it('leads through its pages with links', async (test) => {
  const standIn = await standInFor(test)
  for (let i = 0; i < 45; ++i) await start(standIn, { metadata: { number: String(i) } })
  const seen = []
  let path = '/api/v1/recording/?status_code=done'
  const previous = []
  while (path !== undefined) {
    const { status, body } = await send(standIn, 'GET', path, { headers: { authorization: 'Token placeholder' } })
    assert.equal(status, 200)
    seen.push(...body.results.map(({ metadata }) => metadata.number))
    previous.push(body.previous)
    path = body.next === null ? undefined : body.next.slice(standIn.url.length)
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 44 }, (_, i) => String(43 - i)),
  )
  assert.deepEqual(
    previous.map((link) => link === null),
    [true, false, false],
  )
})

it('refuses parameters as fields, and finds nothing under an id that is none', async (test) => {
  const standIn = await standInFor(test)
  const get = (path) => send(standIn, 'GET', path, { headers: { authorization: 'Token placeholder' } })
  const { status, body } = await get('/api/v1/recording/?status_code=finished')
  assert.deepEqual([status, body], [400, { status_code: ['"finished" is not a valid choice.'] }])
  assert.equal((await get('/api/v1/bot/7/')).status, 404)
  assert.equal((await get(`/api/v1/recording/${bot}/`)).status, 404)
})

it('says what a wrong path or method should have been', async (test) => {
  const standIn = await standInFor(test)
  const headers = { authorization: 'Token placeholder' }
  const slash = await post(standIn, `/api/v1/bot/${bot}/start_recording`, {}, headers)
  assert.equal(slash.status, 404)
  assert.match(slash.body.detail, /Did you mean .*\/start_recording\/\?$/)
  const method = await send(standIn, 'GET', `/api/v1/bot/${bot}/start_recording/`, { headers })
  assert.deepEqual([method.status, method.body], [405, { detail: 'GET is not taken here. Use POST.' }])
})

it('refuses text that is not JSON, and content of another type', async (test) => {
  const standIn = await standInFor(test)
  const broken = await start(standIn, '{"retention":')
  assert.deepEqual([broken.status, broken.body], [400, { detail: 'The body is not JSON.' }])
  assert.equal((await start(standIn, '{}', { 'content-type': 'text/plain' })).status, 400)
})
it('has its firewall refuse a GET with a body', async (test) => {
  const standIn = await standInFor(test)
  const headers = { authorization: 'Token placeholder', 'content-length': 2 }
  const options = { port: standIn.port, path: `/api/v1/bot/${bot}/`, headers }
  const answer = await new Promise((resolve) => request(options, resolve).end('{}'))
  assert.deepEqual([answer.statusCode, answer.headers['content-type']], [403, 'text/html'])
})

function endpoint(url) {
  return { type: 'websocket', url, events: ['participant_events.join'] }
}
