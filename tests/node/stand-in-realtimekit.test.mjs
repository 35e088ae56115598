// The stand-in as Cloudflare RealtimeKit: one recording of a meeting at a time, its states, lists and refusals.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { call, meeting, post, send, standInFor } from './stand-in-calls.mjs'

const path = '/client/v4/accounts/an-account/realtime/kit/an-app/recordings'
const authorization = 'Bearer placeholder'
const startOf = (standIn, body = {}) =>
  call(standIn, 'realtimekit', 'startRecording', { body: { meeting_id: meeting, ...body } })
const act = (standIn, id, action) =>
  call(standIn, 'realtimekit', 'pauseResumeStopRecording', { recording_id: id, body: { action } })
const one = async (standIn, id) =>
  (await call(standIn, 'realtimekit', 'getOneRecording', { recording_id: id })).body.data

it('records once at a time, unless several are asked for', async (test) => {
  const standIn = await standInFor(test)
  const first = await startOf(standIn)
  assert.deepEqual([first.status, first.body.success, first.body.data.status], [200, true, 'INVOKED'])
  const second = await startOf(standIn)
  assert.equal(second.status, 409)
  assert.equal(second.body.success, false)
  assert.equal(second.body.error.code, 409)
  assert.equal((await startOf(standIn, { allow_multiple_recordings: true })).status, 200)
  assert.equal((await startOf(standIn, { meeting_id: '00000000-0000-4000-8000-000000000001' })).status, 200)
})

it('lets a composite recording run beside a track recording only when asked', async (test) => {
  const standIn = await standInFor(test)
  const track = await call(standIn, 'realtimekit', 'startTrackRecordingForAMeeting', { body: { meeting_id: meeting } })
  assert.equal(track.status, 200)
  assert.deepEqual([track.body.data.recording.type, track.body.data.recording.meeting_id], ['TRACK', meeting])
  assert.equal((await startOf(standIn)).status, 409)
  assert.equal((await startOf(standIn, { allow_multiple_recordings: true })).status, 200)
})

it('goes from INVOKED over RECORDING and PAUSED to UPLOADED', async (test) => {
  let now = Date.parse('2026-10-03T09:00:00Z')
  const standIn = await standInFor(test, { clock: () => now })
  const { id } = (await startOf(standIn, { file_name_prefix: 'weekly', audio_config: {} })).body.data
  assert.equal((await one(standIn, id)).status, 'RECORDING')
  assert.equal((await act(standIn, id, 'resume')).status, 409)
  assert.equal((await act(standIn, id, 'pause')).body.data.status, 'PAUSED')
  assert.equal((await act(standIn, id, 'resume')).body.data.status, 'RECORDING')
  now += 90_000
  assert.equal((await act(standIn, id, 'stop')).body.data.status, 'UPLOADING')
  const recording = await one(standIn, id)
  assert.equal(recording.status, 'UPLOADED')
  assert.equal(recording.recording_duration, 90)
  assert.equal(recording.download_url_expiry, '2026-10-10T09:01:30.000Z')
  assert.match(recording.download_url, /weekly_.*\.mp4$/)
  assert.match(recording.audio_download_url, /\.mp3$/)
  assert.equal((await act(standIn, id, 'stop')).status, 409)
  assert.equal((await startOf(standIn)).status, 200, 'the meeting is free again')
})

it('shows the links of a track recording by layer', async (test) => {
  const standIn = await standInFor(test)
  const started = await call(standIn, 'realtimekit', 'startTrackRecordingForAMeeting', {
    body: { meeting_id: meeting },
  })
  const { id } = started.body.data.recording
  await act(standIn, id, 'stop')
  const [layer] = (await one(standIn, id)).download_url
  assert.equal(layer.layer_name, 'default')
  assert.match(layer.download_urls.file.download_url, /\.webm$/)
})

it('knows the active recording, or says in its own form that there is none', async (test) => {
  const standIn = await standInFor(test)
  const active = () => call(standIn, 'realtimekit', 'getActiveRecording', { meeting_id: meeting })
  const none = await active()
  assert.deepEqual([none.status, none.body.success, none.body.error.code], [404, false, 404])
  const { id } = (await startOf(standIn)).body.data
  assert.equal((await active()).body.data.id, id)
  await act(standIn, id, 'stop')
  assert.equal((await active()).status, 404)
})

it('refuses with a sentence that names the field', async (test) => {
  const standIn = await standInFor(test)
  for (const [body, sentence] of [
    [{}, '"meeting_id" is required'],
    [{ meeting_id: meeting, live_streaming_config: {} }, '"live_streaming_config" is not allowed'],
    [{ meeting_id: meeting, max_seconds: 5 }, '"max_seconds" is not valid'],
    [{ meeting_id: meeting, video_config: { codec: 'H265' } }, '"video_config.codec" is not valid'],
    ['{', 'The body is not JSON'],
  ]) {
    const { status, body: answer } = await post(standIn, path, body, { authorization })
    assert.equal(status, 422)
    assert.deepEqual(answer, { success: false, error: { code: 422, message: sentence } })
  }
  const sftp = { type: 'sftp', host: 'files.example.com', username: 'u', auth_method: 'KEY' }
  assert.equal(
    (await post(standIn, path, { meeting_id: meeting, storage_config: sftp }, { authorization })).status,
    422,
  )
})

it('takes what recreq only warns of', async (test) => {
  const standIn = await standInFor(test)
  assert.equal((await startOf(standIn, { url: 'https://localhost:3000/' })).status, 200)
})

it('keeps what opens a storage to itself', async (test) => {
  const standIn = await standInFor(test)
  const storage_config = {
    type: 'aws',
    access_key: 'a-placeholder',
    secret: 'another-placeholder',
    bucket: 'b',
    region: 'r',
  }
  const { body } = await startOf(standIn, { storage_config })
  assert.deepEqual(body.data.storage_config, { type: 'aws', bucket: 'b', region: 'r' })
})

it('lists by meeting, state, time and search, sorted and in pages', async (test) => {
  let now = Date.parse('2026-10-03T09:00:00Z')
  const standIn = await standInFor(test, { clock: () => now })
  const other = '00000000-0000-4000-8000-000000000001'
  const ids = []
  for (const meeting_id of [meeting, other, meeting]) {
    ids.push((await startOf(standIn, { meeting_id, allow_multiple_recordings: true })).body.data.id)
    now += 60_000
  }
  await act(standIn, ids[0], 'stop')
  const list = async (parameters) => {
    const { status, body } = await call(standIn, 'realtimekit', 'getAllRecordings', parameters)
    assert.equal(status, 200)
    return [body.data.map(({ id }) => ids.indexOf(id)), body.paging]
  }
  assert.deepEqual(await list({}), [[2, 1, 0], { total_count: 3, start_offset: 1, end_offset: 3 }])
  assert.deepEqual((await list({ sort_by: 'invokedTime', sort_order: 'ASC' }))[0], [0, 1, 2])
  assert.deepEqual((await list({ meeting_id: other }))[0], [1])
  assert.deepEqual((await list({ search: other.slice(0, 8) }))[0], [1])
  assert.deepEqual((await list({ status: ['UPLOADED', 'PAUSED'] }))[0], [0])
  assert.deepEqual((await list({ start_time: '2026-10-03T09:00:30Z', end_time: '2026-10-03T09:01:30Z' }))[0], [1])
  assert.deepEqual(await list({ page_no: 2, per_page: 2 }), [[0], { total_count: 3, start_offset: 3, end_offset: 3 }])
  assert.deepEqual((await list({ expired: true }))[0], [])
  now += 8 * 24 * 3_600_000
  assert.deepEqual((await list({ expired: true }))[0], [0])
  const repeated = await send(standIn, 'GET', `${path}?status=UPLOADED&status=PAUSED`, { headers: { authorization } })
  assert.deepEqual(
    repeated.body.data.map(({ id }) => id),
    [ids[0]],
  )
})

it('keeps Apps apart, and knows only the meetings that it is told of', async (test) => {
  const standIn = await standInFor(test, { meetings: [meeting] })
  const { id } = (await startOf(standIn)).body.data
  const elsewhere = path.replace('an-app', 'another-app')
  const headers = { authorization }
  assert.equal((await send(standIn, 'GET', `${elsewhere}/${id}`, { headers })).status, 404)
  assert.deepEqual((await send(standIn, 'GET', elsewhere, { headers })).body.data, [])
  assert.equal((await startOf(standIn, { meeting_id: '00000000-0000-4000-8000-000000000001' })).status, 404)
})

it('answers with and without the path of the server', async (test) => {
  const standIn = await standInFor(test)
  assert.equal(standIn.baseUrl('realtimekit'), `${standIn.url}/client/v4`)
  const headers = { authorization }
  assert.equal((await send(standIn, 'GET', path, { headers })).status, 200)
  assert.equal((await send(standIn, 'GET', path.replace('/client/v4', ''), { headers })).status, 200)
})
