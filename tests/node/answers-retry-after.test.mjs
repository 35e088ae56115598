// How long a failure says to wait.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import * as recall from 'recreq/recall'

const date = 'Sat, 21 Nov 2026 09:00:00 GMT'

/** @param {string} value */
function waitFor(value, status = 429) {
  const headers = { Date: date, ...(value !== '' && { 'Retry-After': value }) }
  const answer = recall.startRecording.readAnswer({ status, headers, body: '{"detail":"x"}' })
  assert.ok(!answer.ok)
  assert.equal(answer.message.includes('Wait '), true)
  return answer.retryAfter
}

it('is a number of seconds', () => {
  assert.deepEqual(['7', ' 7 ', '0', '1000000000'].map((value) => waitFor(value)), [7, 7, 0, 1_000_000_000])
})

it('is the time until a date, by the clock of the service', () => {
  assert.equal(waitFor('Sat, 21 Nov 2026 09:01:30 GMT'), 90)
  assert.equal(waitFor('Sat, 21 Nov 2026 08:00:00 GMT'), 0)
})

it('is unknown when the header is missing or makes no sense', () => {
  const garbage = ['', '1e9', '-1', '1.5', 'soon', '0x10', '9'.repeat(400), 'Sat, 21 Nov', 'Sat, 99 Nov 2026 09:00:00 GMT']
  for (const value of garbage) assert.equal(waitFor(value), undefined, value)
})

it('counts for every failure that has it', () => {
  const answer = recall.startRecording.readAnswer({ status: 503, headers: new Headers({ 'retry-after': '3' }) })
  assert.ok(!answer.ok)
  assert.equal(answer.retryAfter, 3)
  assert.match(answer.message, /Wait 3 seconds before another try\.$/)
})
