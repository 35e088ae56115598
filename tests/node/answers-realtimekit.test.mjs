// RealtimeKit's two forms of errors, failures under 200, and the links of track recordings.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as realtimekit from 'recreq/realtimekit'

const { startRecording, getOneRecording, startTrackRecordingForAMeeting } = realtimekit
const app = { account_id: '023e105f4ecef8ad9ca31a8372d0c353', app_id: '14a396e7-ca44-4937-bf1f-050a69118543' }
const meeting_id = '97440c6a-140b-40a9-9499-b23fd7a3868a'

/** @returns {any} */
const read = (operation, status, body, options) => operation.readAnswer({ status, body: JSON.stringify(body) }, options)

describe('an error', () => {
  it('of RealtimeKit has its code and message', () => {
    const answer = read(startRecording, 409, { success: false, error: { code: 409, message: 'Recording already.' } })
    assert.deepEqual([answer.kind, answer.code], ['conflict', '409'])
    assert.match(answer.message, /allow_multiple_recordings.*The service says: Recording already\./)
  })

  it('of the gateway has its first code and all messages', () => {
    const errors = [{ code: 10000, message: 'Not known.' }, { code: 7, message: 'Not at all.' }]
    const answer = read(startRecording, 401, { success: false, errors, messages: [], result: null })
    assert.deepEqual([answer.kind, answer.code], ['authentication', '10000'])
    assert.match(answer.message, /The service says: Not known\. Not at all\./)
  })

  it('under 200 is a failure of the status that it names', () => {
    const answer = read(startRecording, 200, { success: false, error: { code: 404, message: 'No such meeting.' } })
    assert.deepEqual([answer.ok, answer.status, answer.kind], [false, 200, 'not-found'])
    assert.match(answer.message, /No such meeting\./)
  })

  it('under 200 that names no status is a failure of the service', () => {
    for (const body of [{ success: false }, { success: false, errors: [{ code: 10000, message: 'x' }] }]) {
      assert.equal(read(getOneRecording, 200, body).kind, 'service')
    }
  })
})

describe('a message that begins with fields in quotes', () => {
  const body = { meeting_id, layers: { default: { outputs: [{ storage_type: 'REALTIMEKIT_BUCKET' }], media_kind: 'audio' } } }
  const request = startTrackRecordingForAMeeting.with({ unknown: 'allow' }).build({ ...app, body: /** @type {any} */ (body) })
  const refuse = (message) =>
    read(startTrackRecordingForAMeeting, 422, { success: false, error: { code: 422, message } }, { request }).issues

  it('is an issue at each of them', () => {
    const issues = refuse('"layers.default.outputs[0].type" is required. "layers.default.media_kind" is not allowed')
    assert.deepEqual(
      issues.map(({ pointer }) => pointer),
      ['/body/layers/default/outputs/0/type', '/body/layers/default/media_kind'],
    )
    assert.match(issues[0].message, /The provider refuses it: "layers\.default\.outputs\[0\]\.type" is required$/)
  })

  it('says so where our document allows the field', () => {
    const [issue] = refuse('"meeting_id" must be something else')
    assert.match(issue.message, new RegExp(`document of ${realtimekit.spec.date} allows it; the provider refuses it: "meeting_id"`))
  })

  it('is no issue where the quotes are about something else', () => {
    assert.deepEqual(refuse('The value of "type" is wrong, see "help"'), [])
  })
})

describe('a result', () => {
  const recording = { id: meeting_id, status: 'UPLOADED', output_file_name: 'x', invoked_time: '2026-10-03T09:00:00Z' }

  it('has a link as text, as null, or for each layer', () => {
    const layers = [{ layer_name: 'default', download_urls: { a: { download_url: 'https://files.example.com/a' } } }]
    for (const download_url of ['https://files.example.com/b', null, layers]) {
      const value = { success: true, data: { ...recording, download_url } }
      assert.deepEqual(read(getOneRecording, 200, value), { ok: true, status: 200, value })
    }
  })

  it('may have members and values that no document has', () => {
    const value = { success: true, data: { ...recording, status: 'NEW_STATE', more: 1 }, later: [] }
    assert.deepEqual(read(getOneRecording, 200, value).value, value)
  })
})
