// VideoSDK answers with bare strings, and spells its errors in several ways.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as videosdk from 'recreq/videosdk'

const { startRecording, listRecordings } = videosdk

/**
 * @param {number} status
 * @param {string} body
 * @param {string} [type]
 * @param {Pick<typeof startRecording | typeof listRecordings, 'readAnswer'>} [operation]
 * @returns {any}
 */
const read = (status, body, type = 'application/json', operation = startRecording) =>
  operation.readAnswer({ status, headers: { 'Content-Type': type }, body })

describe('a confirmation', () => {
  it('is the text of a JSON string', () => {
    assert.deepEqual(read(200, '"Recording started successfully"'), {
      ok: true,
      status: 200,
      value: 'Recording started successfully',
    })
  })

  it('may come as plain text', () => {
    assert.equal(read(200, 'Recording started successfully\n', 'text/plain').value, 'Recording started successfully')
  })

  it('is no object, no page and no beginning of a string', () => {
    for (const [body, type] of [['{"id":"x"}'], ['"Recording star'], ['<html></html>', 'text/html'], ['Recording']]) {
      assert.equal(read(200, body, type).kind, 'unreadable', body)
    }
  })

  it('is nothing that a list answers with', () => {
    assert.equal(read(200, 'Recording started', 'text/plain', listRecordings).kind, 'unreadable')
  })
})

describe('an error', () => {
  it('has its words and its code wherever they are', () => {
    const spellings = [
      { message: 'No.' },
      { error: 'No.' },
      { msg: 'No.' },
      { statusMessage: 'No.' },
      { statusCode: 400, message: 'No.', error: 'Bad Request' },
      { message: ['No.'] },
      'No.',
      ['No.'],
    ]
    for (const body of spellings) {
      const answer = read(400, JSON.stringify(body))
      assert.equal(answer.kind, 'invalid-request')
      assert.equal(answer.message, 'The request is wrong. The service says: No.', JSON.stringify(body))
    }
    assert.equal(read(400, '{"msg":"No.","code":"ROOM"}').code, 'ROOM')
    assert.equal(read(400, '{"msg":"No.","errorCode":4003}').code, '4003')
    assert.equal(read(400, '{"msg":"No."}').code, undefined)
  })

  it('may be plain text', () => {
    assert.match(read(400, 'Room is required', 'text/plain').message, /The service says: Room is required$/)
  })

  it('under 402 means that something was not found', () => {
    assert.equal(read(402, '{"message":"x"}').kind, 'not-found')
  })

  it('is carried along as it came', () => {
    assert.deepEqual(read(400, '{"reason":{"deep":[1,null]}}').body, { reason: { deep: [1, null] } })
  })
})
