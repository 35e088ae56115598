// A request's way and back: built, sent to the stand-in, its answer read.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { bot, credentials, meeting, modules, standInFor } from './stand-in-calls.mjs'

/**
 * Builds a request, sends it to the stand-in, and reads the answer.
 * @returns {Promise<any>}
 */
async function answerTo(standIn, provider, name, input, options = {}) {
  const operation = modules[provider][name].with(options)
  const request = operation.build(input)
  const { method, headers } = request.toRequest(credentials)
  const response = await fetch(standIn.url + new URL(request.url).pathname, { method, headers, body: request.body })
  return operation.readResponse(response, { request })
}

it("is a bot with Recall.ai's recording", async (test) => {
  const answer = await answerTo(await standInFor(test), 'recall', 'startRecording', { region: 'us-west-2', id: bot, body: {} })
  assert.equal(answer.ok, true)
  assert.equal(answer.value.recordings[0].status.code, 'processing')
})

it('blames the fields that Recall.ai refuses, in the request', async (test) => {
  const body = { retention: { type: 'timed', hours: 1 }, transcription_options: { provider: 'meeting_captions' } }
  const rules = { 'recall/removed-transcription-options-captions': 'off' }
  const input = { region: 'us-west-2', id: bot, body }
  const answer = await answerTo(await standInFor(test), 'recall', 'startRecording', input, { unknown: 'allow', rules })
  assert.ok(!answer.ok)
  assert.deepEqual(
    answer.issues.map(({ code, pointer }) => `${code} ${pointer}`),
    ['refused /body/transcription_options'],
  )
  assert.match(answer.message, /transcription_options: This field is not allowed\./)
})

it("is RealtimeKit's recording, and a conflict for the second", async (test) => {
  const standIn = await standInFor(test)
  const input = {
    account_id: '023e105f4ecef8ad9ca31a8372d0c353',
    app_id: '14a396e7-ca44-4937-bf1f-050a69118543',
    body: { meeting_id: meeting },
  }
  const first = await answerTo(standIn, 'realtimekit', 'startRecording', input)
  assert.equal(first.ok, true)
  assert.equal(first.value.data.status, 'INVOKED')
  const second = await answerTo(standIn, 'realtimekit', 'startRecording', input)
  assert.deepEqual([second.ok, second.kind, second.code], [false, 'conflict', '409'])
})

it("is VideoSDK's sentence", async (test) => {
  const answer = await answerTo(await standInFor(test), 'videosdk', 'startRecording', { body: { roomId: 'abcd-efgh-ijkl' } })
  assert.deepEqual(answer, { ok: true, status: 200, value: 'Recording started successfully' })
})
