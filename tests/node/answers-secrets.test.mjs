// A service may repeat what was sent. What a failure says, carries and shows when it is printed has no secret in it.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import * as realtimekit from 'recreq/realtimekit'
import * as recall from 'recreq/recall'
import * as videosdk from 'recreq/videosdk'
import { around } from './recall-input.mjs'

const app = { account_id: '023e105f4ecef8ad9ca31a8372d0c353', app_id: '14a396e7-ca44-4937-bf1f-050a69118543' }
const meeting_id = '97440c6a-140b-40a9-9499-b23fd7a3868a'
const secret = 'placeholder/and"no\\secret=='

/**
 * @param {string} value
 * @param {any} [more]
 */
const started = (value, more = {}) =>
  realtimekit.startRecording.build({
    ...app,
    body: { meeting_id, storage_config: { type: 'aws', access_key: 'an-access-key', secret: value, bucket: 'b', region: 'r', ...more } },
  })

/**
 * @param {unknown} body
 * @param {realtimekit.ReadAnswerOptions & { status?: number }} [options]
 * @returns {realtimekit.AnswerFailure}
 */
function read(body, { status = 422, ...options } = {}) {
  const content = { status, body: typeof body === 'string' ? body : JSON.stringify(body) }
  const answer = realtimekit.startRecording.readAnswer(content, { request: started(secret), ...options })
  assert.ok(!answer.ok)
  return answer
}

/** Everything that a failure could show. */
const shown = (answer) => inspect(answer, { depth: null }) + JSON.stringify(answer)

/** @param {unknown} answer */
function assertHides(answer, value = secret) {
  const text = shown(answer)
  for (const form of [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]) {
    assert.ok(!text.includes(form), `${form} is in ${text}`)
  }
}

const failure = (message) => ({ success: false, error: { code: 422, message } })

describe('a secret that was sent', () => {
  it('is withheld from messages, issues and the body', () => {
    const answer = read(failure(`"storage_config.secret" with value ${secret} fails, ${secret}`))
    assertHides(answer)
    assert.match(answer.message, /"storage_config\.secret" with value \[withheld\] fails/)
  })

  it('is withheld in the forms in which it is repeated', () => {
    assertHides(read(failure(`body ${JSON.stringify({ secret })} is wrong`)))
    assertHides(read(failure(`?secret=${encodeURIComponent(secret)} is wrong`)))
    assertHides(read(`<html><title>${secret}</title><body>${secret}</body></html>`))
    assertHides(read(`plain words about ${secret}`))
    assertHides(read(`{"cut off": "${JSON.stringify(secret).slice(1, -1)}`))
  })

  it('is withheld as a code, as a key, and as the name of a field', () => {
    assertHides(read({ success: false, error: { code: secret, message: 'x' } }))
    assertHides(read({ success: false, [secret]: { [secret]: ['x'] } }))
    const url = 'rtmp://live.example.com/app/placeholder-stream-key'
    const body = { realtime_endpoints: [{ type: 'rtmp', url, events: ['video_mixed_flv.data'] }], video_mixed_flv: {} }
    const request = recall.startRecording.build(around(body))
    const answer = recall.startRecording.readAnswer(
      { status: 400, body: JSON.stringify({ [url]: ['x'], realtime_endpoints: [{ url: [`${url} is wrong`], [url]: ['y'] }] }) },
      { request },
    )
    assertHides(answer, url)
    assertHides(answer, 'placeholder-stream-key')
    assert.ok(!answer.ok)
    assert.deepEqual(answer.issues.map(({ pointer }) => pointer), ['/body', '/body/realtime_endpoints/0/url', '/body/realtime_endpoints/0'])
  })

  it('is withheld when only a part of it is repeated', () => {
    const url = 'https://bucket.example.com/file.mp4?X-Signature=placeholder0signature&X-Date=20261121T090000Z'
    const request = videosdk.startRecording.build({ body: { roomId: 'abcd-efgh-ijkl', preSignedUrl: url } })
    const answer = videosdk.startRecording.readAnswer({ status: 400, body: '{"message":"placeholder0signature is outdated"}' }, { request })
    assertHides(answer, 'placeholder0signature')
    const key = ['-----BEGIN PLACEHOLDER-----', 'no0private0key0line0one', 'no0private0key0line0two', '-----END PLACEHOLDER-----'].join('\n')
    assertHides(read(failure('no0private0key0line0two is wrong'), { request: started(key) }), 'no0private0key0line0two')
  })

  it('is withheld as a whole word when it is short', () => {
    const answer = read(failure('at a place: "storage_config.secret" a'), { request: started('a') })
    assert.match(answer.message, /at \[withheld\] place: .* \[withheld\]$/)
  })

  it('is withheld under the name of its field, whatever its value, if it is no sentence', () => {
    const body = { ...failure('x'), storage_config: { secret: 'another-one', access_key: 'and-another', bucket: 'b' } }
    assert.deepEqual(read(body).body, {
      ...failure('x'),
      storage_config: { secret: '[withheld]', access_key: '[withheld]', bucket: 'b' },
    })
    assert.deepEqual(read({ secret: 'This is not valid.' }).body, { secret: 'This is not valid.' })
  })

  it('is withheld from addresses: their passwords, and what stands in their query as a secret', () => {
    const sent = (/** @type {string} */ webhookUrl) =>
      videosdk.startRecording.build({ body: { roomId: 'abcd-efgh-ijkl', webhookUrl } })
    const answerTo = (/** @type {string} */ url, /** @type {string} */ said) =>
      videosdk.startRecording.readAnswer({ status: 400, body: JSON.stringify({ message: said }) }, { request: sent(url) })
    for (const [url, hidden, left] of /** @type {const} */ ([
      ['https://user:a-placeholder@hooks.example.com/', 'a-placeholder', 'hooks.example.com'],
      ['https://hooks.example.com/a/?room=lobby&token=a-placeholder%2Fx#y', 'a-placeholder%2Fx', 'room=lobby'],
      ['https://hooks.example.com/a/?x_api_key=a-placeholder%2Fx', 'a-placeholder/x', 'hooks.example.com'],
      ['https://hooks.example.com/a/?accessToken=a-placeholder', 'a-placeholder', 'hooks.example.com'],
      ['https://hooks.example.com/a/?apikey=a-placeholder', 'a-placeholder', 'hooks.example.com'],
      ['https://hooks.example.com/a/?sig=a-placeholder', 'a-placeholder', 'hooks.example.com'],
    ])) {
      const answer = answerTo(url, `${url} (${hidden}) cannot be reached.`)
      assertHides(answer, hidden)
      assert.ok(shown(answer).includes(left), shown(answer))
    }
    const harmless = 'https://hooks.example.com/?keyboard=dvorak&token=1'
    assert.ok(shown(answerTo(harmless, harmless)).includes(harmless))
  })

  it('is withheld however long it is, and however many there are', () => {
    for (const bait of ['a:', '@', 'token', 'token=&', '?a', '/:@', 'x'])
      for (const url of [`https://${bait.repeat(100_000)}`, `https://x/?token=${bait.repeat(100_000)}`]) {
        const request = { url: '', body: JSON.stringify({ webhookUrl: url, url }) }
        const body = `It is ${url}!`
        assert.ok(!shown(recall.startRecording.readAnswer({ status: 400, body }, { request })).includes(bait.repeat(20)))
      }
    const urls = Array.from({ length: 20_000 }, (_, at) => ({ url: `a-placeholder-${at}` }))
    const request = { url: '', body: JSON.stringify(urls) }
    assertHides(recall.startRecording.readAnswer({ status: 400, body: 'a-placeholder-19999' }, { request }), 'a-placeholder-19999')
  })

  it('is withheld in what carries an unreadable success along', () => {
    const answer = read({ success: 1, data: { storage_config: { secret: 'stored-elsewhere' } }, note: secret }, { status: 200 })
    assert.equal(answer.kind, 'unreadable')
    assertHides(answer)
    assertHides(answer, 'stored-elsewhere')
  })

  it('stays in a result: that is what the provider sent', () => {
    const value = { success: true, data: { storage_config: { type: 'aws', secret } } }
    const answer = realtimekit.startRecording.readAnswer({ status: 200, body: JSON.stringify(value) }, { request: started(secret) })
    assert.deepEqual(answer, { ok: true, status: 200, value })
  })
})

describe('a credential', () => {
  it('is withheld when the caller names it', () => {
    const key = 'placeholder-and-no-key'
    const answer = read({ success: false, error: { code: 401, message: `Who is ${key}?` } }, { secrets: [key] })
    assertHides(answer, key)
  })

  it('is withheld when it looks like one', () => {
    for (const told of ['Authorization: Token placeholder-and-no-key', 'Bearer placeholder_and_no_token', 'eyJwbGFjZWhvbGRlciI.eyJub3QiOiJhIn0.token']) {
      const answer = read(failure(`Refused ${told}`))
      assert.match(answer.message, /\[withheld\]$/)
      assert.doesNotMatch(shown(answer), /placeholder|eyJ/)
    }
    assert.match(read(failure('Token is missing. Bearer tokens are needed.')).message, /Token is missing\. Bearer tokens are needed\.$/)
  })

  it('is withheld from the address of a redirect', () => {
    const answer = realtimekit.startRecording.readAnswer({
      status: 307,
      headers: { Location: 'https://user:word@elsewhere.example.com/path?token=placeholder' },
    })
    assert.ok(!answer.ok)
    assert.match(answer.message, /on to https:\/\/elsewhere\.example\.com\/path\. It was not followed/)
    assert.doesNotMatch(shown(answer), /word|placeholder/)
  })

  it('can only be named as texts', () => {
    const options = /** @type {any} */ ({ secrets: 'placeholder' })
    assert.throws(() => recall.startRecording.readAnswer({ status: 400 }, options), { name: 'InvalidOptionsError', option: 'secrets' })
  })
})
