// Answers that are not what the document promises: never an exception, never a success.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as realtimekit from 'recreq/realtimekit'
import * as recall from 'recreq/recall'

const { startRecording, listRecordings } = recall
const bot = { id: 'x', meeting_url: null, status_changes: [], recordings: [], calendar_meetings: [] }
const text = JSON.stringify(bot)
const bytes = (string) => new TextEncoder().encode(string)

/**
 * @param {string | Uint8Array | undefined} body
 * @param {Record<string, string>} [headers]
 * @param {Pick<typeof startRecording | typeof listRecordings, 'readAnswer'>} [operation]
 * @returns {any}
 */
const read = (body, headers = { 'Content-Type': 'application/json' }, operation = startRecording, options = {}) =>
  operation.readAnswer({ status: 200, headers, body }, options)

/** Why an answer is no result. */
function problemOf(answer) {
  assert.deepEqual([answer.ok, answer.kind, answer.status, answer.issues], [false, 'unreadable', 200, []])
  return answer.message.replace(/^The service reports success \(200\), and has probably done what was asked, but its answer cannot be used\. /, '')
}

describe('an unreadable answer', () => {
  it('is a page where JSON should be', () => {
    const page = '<!doctype html><title>Sign in &amp; wait</title>'
    assert.equal(problemOf(read(page)), 'It is an HTML page, "Sign in & wait", where JSON should be.')
    assert.equal(problemOf(read('<html></html>')), 'It is an HTML page where JSON should be.')
    assert.equal(read(page).body, page)
  })

  it('is cut off', () => {
    for (const length of [1, 5, text.length - 1]) {
      assert.equal(problemOf(read(text.slice(0, length))), 'It is not JSON, or only the beginning of it.')
    }
  })

  it('is empty', () => {
    for (const body of ['', ' \n', undefined, new Uint8Array(0), '\uFEFF']) assert.equal(problemOf(read(body)), 'It is empty.')
    const empty = startRecording.readAnswer({ status: 204 })
    assert.deepEqual([empty.ok, empty.status], [false, 204])
  })

  it('is not UTF-8', () => {
    for (const broken of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf]]) {
      const body = new Uint8Array([...bytes('{"id":"'), ...broken, ...bytes('"}')])
      assert.equal(problemOf(read(body)), 'It is not UTF-8.')
    }
  })

  it('is too large, in text or bytes', () => {
    for (const body of [text, bytes(text)]) {
      assert.equal(problemOf(read(body, {}, startRecording, { limit: 20 })), 'It is longer than 20 bytes, and was not read to its end.')
    }
  })

  it('is of another type', () => {
    assert.equal(problemOf(read('"done"')), 'It is string and not object.')
    assert.equal(problemOf(read('[]')), 'It is array and not object.')
    assert.equal(problemOf(read('null')), 'It is null and not object.')
  })

  it('lacks what the document requires, or has it in another type', () => {
    assert.equal(problemOf(read(JSON.stringify({ ...bot, recordings: undefined }))), 'It lacks /recordings.')
    assert.equal(problemOf(read(JSON.stringify({ ...bot, recordings: {} }))), '/recordings in it is object and not array.')
    assert.equal(problemOf(read('{"results":"x"}', {}, listRecordings)), '/results in it is string and not array.')
    const page = { success: true, data: [] }
    const answer = realtimekit.getAllRecordings.readAnswer({ status: 200, body: JSON.stringify(page) })
    assert.equal(problemOf(answer), 'It lacks /paging.')
  })

  it('does not get what it lacks from a prototype', () => {
    assert.equal(problemOf(read('{"__proto__":{"id":"x"}}')), 'It lacks /id.')
  })
})

describe('a readable answer', () => {
  it('may call itself what it likes', () => {
    for (const type of ['text/plain', 'text/html', 'application/octet-stream', '']) {
      assert.equal(read(text, { 'Content-Type': type }).ok, true, type)
    }
    assert.equal(read(text, {}).ok, true)
  })

  it('may begin with a byte order mark', () => {
    assert.deepEqual(read('\uFEFF' + text).value, bot)
    assert.deepEqual(read(bytes('\uFEFF' + text)).value, bot)
  })

  it('is given as it came, with members that no document has', () => {
    const value = { ...bot, new_member: { deep: [1] }, meeting_url: { meeting_id: '1', platform: 'new' } }
    assert.deepEqual(read(JSON.stringify(value)).value, value)
  })

  it('may have null for what it need not have', () => {
    assert.equal(read(JSON.stringify({ results: null, next: null }), {}, listRecordings).ok, true)
  })

  it('may have another successful status', () => {
    const answer = startRecording.readAnswer({ status: 201, body: text })
    assert.deepEqual(answer, { ok: true, status: 201, value: bot })
  })
})
