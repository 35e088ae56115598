// Failures on demand strike before a call takes effect or after it, in a sequence or for one call.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { InvalidOptionsError, startStandIn } from 'recreq/stand-in'
import { bot, call, send, standInFor, start } from './stand-in-calls.mjs'

const starts = ({ journal }) => journal.filter(({ started }) => started !== undefined).length
const path = `/api/v1/bot/${bot}/start_recording/`
const asking = (failure) => ({ 'x-recreq-fail': failure })

it('strikes in the order of the list, and then no more', async (test) => {
  const standIn = await standInFor(test, { fail: '503, ok,429:9' })
  const [first, second, third, fourth] = [
    await start(standIn, {}),
    await start(standIn, {}),
    await start(standIn, {}),
    await start(standIn, {}),
  ]
  assert.deepEqual([first.status, second.status, third.status, fourth.status], [503, 200, 429, 200])
  assert.equal(third.headers.get('retry-after'), '9')
  standIn.fail('502')
  assert.equal((await start(standIn, {})).status, 502)
  assert.deepEqual(
    standIn.journal.map(({ failure }) => failure),
    ['503', 'ok', '429:9', undefined, '502'],
  )
})

for (const failure of ['503', 'reset', 'html', '409']) {
  it(`${failure} strikes before the call takes effect, ${failure}-after when it has`, async (test) => {
    const standIn = await standInFor(test)
    const answer = (when) => start(standIn, {}, asking(when)).catch(() => undefined)
    await answer(failure)
    assert.equal(starts(standIn), 0)
    await answer(`${failure}-after`)
    assert.equal(starts(standIn), 1)
    const { body } = await call(standIn, 'recall', 'retrieveBot', { id: bot })
    assert.equal(body.recordings.length, 1)
  })
}

it('breaks the connection', async (test) => {
  const standIn = await standInFor(test)
  const error = await start(standIn, {}, asking('reset')).catch((reason) => reason)
  assert.equal(error.cause.code, 'ECONNRESET')
  assert.equal(standIn.journal[0].status, undefined)
})

it('never answers', async (test) => {
  const standIn = await standInFor(test)
  for (const failure of ['timeout', 'timeout-after']) {
    await assert.rejects(leavingWhenSeen(standIn, failure), { name: 'AbortError' })
    assert.equal(standIn.journal.at(-1)?.status, undefined)
  }
  assert.deepEqual(
    standIn.journal.map(({ failure, started }) => [failure, started !== undefined]),
    [
      ['timeout', false],
      ['timeout-after', true],
    ],
  )
})

it('shows the page of a gateway', async (test) => {
  const standIn = await standInFor(test)
  const { status, headers, text } = await start(standIn, {}, asking('html'))
  assert.deepEqual([status, headers.get('content-type')], [502, 'text/html'])
  assert.match(text, /^<!DOCTYPE html>/)
})

it('cuts an answer off', async (test) => {
  const standIn = await standInFor(test)
  await assert.rejects(start(standIn, {}, asking('cut')), /terminated/)
  assert.equal(starts(standIn), 1)
})

it('lets an answer never end', async (test) => {
  const standIn = await standInFor(test)
  const headers = { authorization: 'Token placeholder', ...asking('stall') }
  const stalled = await fetch(`${standIn.url}${path}`, { method: 'POST', headers })
  const reader = /** @type {ReadableStream<Uint8Array>} */ (stalled.body).getReader()
  const { value } = await reader.read()
  assert.deepEqual([stalled.status, new TextDecoder().decode(value).slice(0, 6)], [200, '{"id":'])
  const rest = reader.read()
  await standIn.stop()
  await assert.rejects(rest, /terminated/)
  assert.equal(starts(standIn), 1)
})

it('lets an answer come little by little', async (test) => {
  const standIn = await standInFor(test)
  const headers = { authorization: 'Token placeholder', ...asking('drip:50') }
  const dripping = await fetch(`${standIn.url}${path}`, { method: 'POST', headers })
  const pieces = []
  for await (const piece of /** @type {any} */ (dripping.body)) pieces.push(piece)
  assert.ok(pieces.length > 1, String(pieces.length))
  assert.equal(typeof JSON.parse(Buffer.concat(pieces).toString()).id, 'string')
  assert.deepEqual([standIn.journal[0].status, starts(standIn)], [200, 1])
})

it('answers late, and takes effect even when nobody waits any more', async (test) => {
  const standIn = await standInFor(test)
  assert.equal((await start(standIn, {}, asking('slow:20'))).status, 200)
  await assert.rejects(leavingWhenSeen(standIn, 'slow:20'), { name: 'AbortError' })
  while (starts(standIn) < 2) await new Promise((resolve) => setTimeout(resolve, 10))
  assert.equal(standIn.journal[1].failure, 'slow:20')
})

it('chooses an example of the document by its name', async (test) => {
  const standIn = await standInFor(test)
  const { status, body } = await start(standIn, {}, asking('400:completed'))
  assert.deepEqual([status, body.code], [400, 'cannot_command_completed_bot'])
  const blocked = await start(standIn, {}, asking('403'))
  assert.equal(blocked.headers.get('content-type'), 'text/html')
})

it('fails a call without credentials no less', async (test) => {
  const standIn = await standInFor(test, { fail: ['500'] })
  assert.equal((await send(standIn, 'GET', '/v2/recordings')).status, 500)
})

it('refuses failures that it does not know', async (test) => {
  for (const fail of ['restet', '200', ['503', 'slow:'], 'after', '42'])
    await assert.rejects(
      startStandIn({ fail }),
      (error) => error instanceof InvalidOptionsError && error.option === 'fail',
    )
  const standIn = await standInFor(test)
  assert.throws(() => standIn.fail('never'), InvalidOptionsError)
  const { status, body } = await start(standIn, {}, asking('never'))
  assert.equal(status, 400)
  assert.match(body.detail, /There is no failure "never"/)
})

/** A start whose caller leaves as soon as the stand-in has it. */
async function leavingWhenSeen(standIn, failure) {
  const seen = standIn.journal.length
  const leaving = new AbortController()
  const headers = { authorization: 'Token placeholder', ...asking(failure) }
  const answer = send(standIn, 'POST', path, { headers, signal: leaving.signal })
  while (standIn.journal.length === seen) await new Promise((resolve) => setImmediate(resolve))
  leaving.abort()
  return await answer
}
