// Recall.ai's failures: what they mean, and where in the request that was sent.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as recall from 'recreq/recall'
import { around, id } from './recall-input.mjs'

const { startRecording } = recall
const json = { 'Content-Type': 'application/json' }

/**
 * The failure of a start with `body`.
 * @param {number} status
 * @param {unknown} answer
 * @param {any} [body]
 * @param {recall.Options<recall.StartRecordingBody>} [options]
 * @returns {recall.AnswerFailure}
 */
function failure(status, answer, body, options = {}) {
  const operation = startRecording.with(options)
  const request = operation.build(around(body))
  return failed(operation.readAnswer({ status, headers: json, body: JSON.stringify(answer) }, { request }))
}

/**
 * @param {recall.Answer<unknown>} answer
 * @returns {recall.AnswerFailure}
 */
function failed(answer) {
  assert.ok(!answer.ok)
  return answer
}

const pointers = (answer) => answer.issues.map(({ pointer }) => pointer)

describe('a 400 with a code', () => {
  it('has the code and the sentence, and blames no field', () => {
    const answer = failure(400, { code: 'cannot_command_unstarted_bot', detail: 'The bot has not joined.' }, {})
    assert.equal(answer.kind, 'invalid-request')
    assert.equal(answer.code, 'cannot_command_unstarted_bot')
    assert.match(answer.message, /The service says: The bot has not joined\./)
    assert.deepEqual(answer.issues, [])
  })

  it('reads fields that stand under detail', () => {
    const answer = failure(400, { code: 'invalid', detail: { retention: { hours: ['Too few.'] } } }, { retention: { type: 'timed', hours: 1 } })
    assert.equal(answer.code, 'invalid')
    assert.deepEqual(pointers(answer), ['/body/retention/hours'])
  })
})

describe('a 400 with messages by field', () => {
  const endpoint = { type: 'websocket', url: 'wss://a.example.com/live', events: ['participant_events.join'] }
  const body = { realtime_endpoints: [endpoint, { ...endpoint, url: 'wss://b.example.com/live' }], metadata: { 'a/b~c': 'x' } }

  it('has an issue at each place of the request, one for each sentence', () => {
    const answer = failure(400, { realtime_endpoints: [{}, { url: ['Not this.', 'Nor that.'] }], metadata: { 'a/b~c': 'No.' } }, body)
    assert.deepEqual(pointers(answer), ['/body/realtime_endpoints/1/url', '/body/realtime_endpoints/1/url', '/body/metadata/a~1b~0c'])
    assert.deepEqual(answer.issues[0]?.path, ['body', 'realtime_endpoints', 1, 'url'])
    assert.ok(answer.issues.every(({ code, severity }) => code === 'refused' && severity === 'error'))
    assert.match(answer.message, /realtime_endpoints\.1\.url: Not this\./)
  })

  it('takes elements by their numbers as keys', () => {
    const answer = failure(400, { realtime_endpoints: { 1: { events: ['No.'] } } }, body)
    assert.deepEqual(answer.issues[0]?.path, ['body', 'realtime_endpoints', 1, 'events'])
  })

  it('blames a missing member of an object that is there, and otherwise the nearest place around it', () => {
    const answer = failure(
      400,
      {
        retention: ['Needed.'],
        metadata: { team: ['Needed.'] },
        transcript: { provider: { deepgram_streaming: { model: ['Unknown.'] } } },
        realtime_endpoints: [{ url: { scheme: ['Unknown.'] } }, {}, { url: ['Needed.'] }],
      },
      { ...body, transcript: { provider: { meeting_captions: {} } } },
    )
    assert.deepEqual(pointers(answer), [
      '/body/retention',
      '/body/metadata/team',
      '/body/transcript/provider',
      '/body/realtime_endpoints/0/url',
      '/body/realtime_endpoints',
    ])
    assert.match(answer.issues[2]?.message ?? '', /deepgram_streaming\.model: Unknown\./)
  })

  it('blames the body for what concerns all of it', () => {
    const answer = failure(400, { non_field_errors: ['Too much at once.'] }, body)
    assert.deepEqual(pointers(answer), ['/body'])
  })

  it('names the places as the answer does when the request is not given', () => {
    const content = JSON.stringify({ realtime_endpoints: [{}, { url: ['No.'] }] })
    assert.deepEqual(pointers(failed(startRecording.readAnswer({ status: 400, body: content }))), ['/body/realtime_endpoints/1/url'])
  })

  it('says of what our document allows that it does, and how old it is', () => {
    const answer = failure(400, { metadata: ['This field is not allowed.'] }, body)
    const message = `recreq's document of ${recall.spec.date} allows it; the provider refuses it: This field is not allowed.`
    assert.equal(answer.issues[0]?.message, message)
  })

  it('says what our document says of what it does not allow either, and how to mend it', () => {
    const answer = failure(400, { retenton: ['This field is not allowed.'] }, { retenton: null }, { unknown: 'allow' })
    const said = /^recreq's document of .* says: "retenton" is not known here\. .* The provider refuses it: This field is not allowed\.$/
    assert.match(answer.issues[0]?.message ?? '', said)
    assert.deepEqual(answer.issues[0]?.fix, [{ op: 'move', from: '/body/retenton', path: '/body/retention' }])
    assert.equal(answer.issues[0]?.suggestion, 'retention')
  })

  it('does not speak of our document where the field was not sent', () => {
    const answer = failure(400, { retention: ['This field is required.'] }, body)
    assert.equal(answer.issues[0]?.message, 'The provider refuses this: This field is required.')
  })

  it('finds the places in bytes, too', () => {
    const request = startRecording.build(around(new TextEncoder().encode('{"metadata":{"a":"é"}}')))
    const answer = failed(startRecording.readAnswer({ status: 400, body: '{"metadata":{"a":["No."]}}' }, { request }))
    assert.deepEqual(pointers(answer), ['/body/metadata/a'])
  })

  it('blames parameters where there is no body', () => {
    const request = recall.listRecordings.build({ region: 'us-west-2', cursor: 'x' })
    const answer = failed(recall.listRecordings.readAnswer({ status: 400, body: '{"cursor":["Invalid cursor."]}' }, { request }))
    assert.deepEqual(pointers(answer), ['/cursor'])
  })
})

describe('a 401', () => {
  const content = { status: 401, headers: json, body: '{"detail":"Invalid token."}' }

  it('names the region that was asked and the others', () => {
    const request = startRecording.build({ region: 'eu-central-1', id })
    const answer = failed(startRecording.readAnswer(content, { request }))
    assert.equal(answer.kind, 'authentication')
    assert.deepEqual(answer.elsewhere, {
      variable: 'region',
      asked: 'eu-central-1',
      others: ['us-east-1', 'us-west-2', 'ap-northeast-1'],
    })
    assert.match(answer.message, /went to the region eu-central-1; a credential of us-east-1, us-west-2, ap-northeast-1 is not known there/)
  })

  it('names all regions where it does not know the one that was asked', () => {
    const answer = failed(startRecording.readAnswer(content))
    assert.equal(answer.elsewhere?.asked, undefined)
    assert.equal(answer.elsewhere?.others.length, 4)
  })
})

describe('pages', () => {
  const page = '<!DOCTYPE html>\n<html><head><title>403 Forbidden</title></head></html>'
  const html = { 'Content-Type': 'text/html; charset=utf-8' }

  it('are the firewall where the status is 403, with its reasons', () => {
    const answer = failed(startRecording.readAnswer({ status: 403, headers: html, body: page }))
    assert.equal(answer.kind, 'firewall')
    for (const reason of [/localhost/, /a body on a GET/, /reputation/]) assert.match(answer.message, reason)
    assert.match(answer.message, /The service says: 403 Forbidden/)
  })

  it('are no firewall where the API itself refuses', () => {
    const answer = failed(startRecording.readAnswer({ status: 403, headers: json, body: '{"detail":"Not yours."}' }))
    assert.equal(answer.kind, 'permission')
    assert.doesNotMatch(answer.message, /firewall/)
  })

  it('tell an unknown path from an unknown bot', () => {
    const read = (headers, body) => failed(startRecording.readAnswer({ status: 404, headers, body }))
    const [path, bot] = [read(html, page), read(json, '{"detail":"Not found."}')]
    assert.deepEqual([path.kind, bot.kind], ['not-found', 'not-found'])
    assert.match(path.message, /no such path/)
    assert.match(bot.message, /No such bot/)
  })

  it('keep the kind of their status', () => {
    assert.equal(failed(startRecording.readAnswer({ status: 503, headers: html, body: page })).kind, 'service')
  })
})

describe('other failures', () => {
  const kind = (status) => failed(startRecording.readAnswer({ status, headers: json, body: '' })).kind

  it('are told apart', () => {
    assert.deepEqual([402, 405, 409, 429, 502, 503, 504].map(kind), [
      'payment',
      'invalid-request',
      'conflict',
      'rate-limit',
      'service',
      'service',
      'service',
    ])
  })

  it('are classed by their status where the document does not have them', () => {
    assert.deepEqual([302, 408, 410, 418, 500, 507].map(kind), [
      'redirect',
      'service',
      'not-found',
      'invalid-request',
      'service',
      'service',
    ])
    const { message } = failed(startRecording.readAnswer({ status: 507, headers: json, body: '{"detail":"No bot is free."}' }))
    assert.equal(message, "507 is no answer to startRecording that recreq's document has. The service says: No bot is free.")
  })

  it('are said in a translation', () => {
    const deutsch = startRecording.with({ messages: { 'recall/402': 'Kein Guthaben.', 'answer.said': 'Der Dienst sagt: {said}' } })
    const answer = failed(deutsch.readAnswer({ status: 402, headers: json, body: '{"detail":"Pay."}' }))
    assert.equal(answer.message, 'Kein Guthaben. Der Dienst sagt: Pay.')
  })
})
