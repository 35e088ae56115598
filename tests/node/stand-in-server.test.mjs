// The server around the services: its options, its limits, web pages of this machine, many connections, a clean end.
import assert from 'node:assert/strict'
import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { it } from 'node:test'
import { InvalidOptionsError, startStandIn } from 'recreq/stand-in'
import { bot, call, post, send, standInFor, start } from './stand-in-calls.mjs'

it('serves the providers that it is asked for', async (test) => {
  const standIn = await standInFor(test, { providers: ['videosdk'] })
  assert.equal((await call(standIn, 'videosdk', 'listRecordings')).status, 200)
  assert.equal((await start(standIn, {})).status, 404)
  assert.equal(standIn.origin('videosdk'), standIn.url)
})

it('says what is wrong with an option', async (test) => {
  const taken = await standInFor(test)
  /** @type {[any, string, RegExp][]} */
  const mistakes = [
    [{ prot: 1 }, 'prot', /Did you mean "port"/],
    [{ port: -1 }, 'port', /from 0 to 65535/],
    [{ port: taken.port }, 'port', /is taken/],
    [{ providers: ['recal'] }, 'providers', /Did you mean "recall"/],
    [{ providers: [] }, 'providers', /list of recall/],
    [{ credentials: { vimeo: 'x' } }, 'credentials', /no provider "vimeo"/],
    [{ rateLimit: { requests: 1.5 } }, 'rateLimit', /requests: 10/],
    [{ largestBody: 0 }, 'largestBody', /whole number/],
    [{ bots: { [bot]: { status: 'asleep' } } }, `bots["${bot}"].status`, /in_waiting_room/],
  ]
  for (const [options, option, message] of mistakes) {
    await assert.rejects(startStandIn(options), (error) => {
      assert.ok(error instanceof InvalidOptionsError)
      assert.equal(error.option, option)
      assert.match(error.message, message)
      return true
    })
  }
})

it('listens on this machine alone', async (test) => {
  const standIn = await standInFor(test)
  assert.match(standIn.url, /^http:\/\/127\.0\.0\.1:\d+$/)
  // All of 127.0.0.0/8 is this machine, so that whoever listens everywhere is met there, too.
  for (const address of ['127.0.0.2', '::1']) {
    const socket = connect(standIn.port, address)
    const outcome = await new Promise((resolve) => {
      socket.on('connect', () => resolve('connected'))
      socket.on('error', () => resolve('not there'))
      socket.setTimeout(2000, () => resolve('not there'))
    })
    socket.destroy()
    assert.equal(outcome, 'not there', address)
  }
})

it('refuses a body that is too large, in the form of the service', async (test) => {
  const standIn = await standInFor(test, { largestBody: 1000 })
  const body = { metadata: { text: 'x'.repeat(2000) } }
  const { status, body: answer } = await start(standIn, body)
  assert.deepEqual([status, answer], [413, { detail: 'A body has at most 1000 bytes here.' }])
  assert.equal((await start(standIn, {})).status, 200)
})

it('lets web pages of this machine call, and no others', async (test) => {
  const standIn = await standInFor(test)
  const preflight = async (stand, origin) =>
    (
      await send(stand, 'OPTIONS', '/v2/recordings/start', {
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      })
    ).headers
  for (const origin of ['http://localhost:5173', 'http://127.0.0.1:8080', 'https://demo.localhost'])
    assert.equal((await preflight(standIn, origin)).get('access-control-allow-origin'), origin)
  assert.equal((await preflight(standIn, 'http://localhost')).get('access-control-allow-headers'), 'authorization')
  for (const origin of ['https://example.com', 'http://localhost.example.com', 'null'])
    assert.equal((await preflight(standIn, origin)).get('access-control-allow-origin'), null)
  const open = await standInFor(test, { cors: '*' })
  assert.equal((await preflight(open, 'https://example.com')).get('access-control-allow-origin'), 'https://example.com')
  const closed = await standInFor(test, { cors: false })
  assert.equal((await preflight(closed, 'http://localhost')).get('access-control-allow-origin'), null)
  const answer = await post(standIn, '/v2/recordings/start', { roomId: 'a' }, { origin: 'http://localhost' })
  assert.equal(answer.headers.get('access-control-allow-origin'), 'http://localhost', 'refusals can be read, too')
})

it('ends with calls under way', async () => {
  const standIn = await startStandIn()
  const calls = ['timeout', 'slow:60000', 'stall'].map((failure) => start(standIn, {}, { 'x-recreq-fail': failure }))
  while (standIn.journal.length < 3) await new Promise((resolve) => setImmediate(resolve))
  await standIn.stop()
  for (const { status } of await Promise.allSettled(calls)) assert.equal(status, 'rejected')
  await assert.rejects(fetch(standIn.url))
})

it('outlives requests that are no HTTP, no URL or broken off', async (test) => {
  const standIn = await standInFor(test)
  const lines = ['nonsense\r\n\r\n', 'GET // HTTP/1.1\r\nHost: x\r\n\r\n', 'GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n']
  lines.push('POST /v2/recordings/start HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{')
  lines.push('GET /api/v1/bot/%zz/ HTTP/1.1\r\nHost: x\r\nAuthorization: Token x\r\n\r\n')
  for (const text of lines) {
    const socket = connect(standIn.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.end(text)
    await new Promise((resolve) => socket.resume().on('close', resolve))
  }
  assert.equal((await start(standIn, {})).status, 200)
})

it('sustains 20,000 starts over 200 connections, each of them once', async (test) => {
  const standIn = await standInFor(test, { rateLimit: false })
  const agent = new Agent({ keepAlive: true, maxSockets: 200 })
  /** @type {((i: number) => [string, string, object])[]} */
  const shapes = [
    (i) => [`/api/v1/bot/00000000-0000-4000-8000-${String(i % 97).padStart(12, '0')}/start_recording/`, 'Token x', {}],
    (i) => [
      '/accounts/a/realtime/kit/b/recordings',
      'Bearer x',
      { meeting_id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}` },
    ],
    (i) => ['/v2/recordings/start', 'x', { roomId: `room-${i}` }],
  ]
  const statusOf = (i) =>
    new Promise((resolve, reject) => {
      const [path, authorization, body] = shapes[i % shapes.length](i)
      const headers = { authorization, 'content-type': 'application/json' }
      const sent = httpRequest({ port: standIn.port, agent, method: 'POST', path, headers }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode))
      })
      sent.on('error', reject).end(JSON.stringify(body))
    })
  const statuses = await Promise.all(Array.from({ length: 20_000 }, (_, i) => statusOf(i)))
  agent.destroy()
  assert.ok(statuses.every((status) => status === 200))
  assert.equal(new Set(standIn.journal.map(({ started }) => started)).size, 20_000)
})
