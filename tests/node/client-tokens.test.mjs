// VideoSDK's tokens: what is in them, that others can verify them, and that they are made anew in time.
import assert from 'node:assert/strict'
import { jwtVerify, SignJWT } from 'jose'
import { describe, it, mock } from 'node:test'
import { mintVideoSdkToken } from 'recreq/client'
import * as videosdk from 'recreq/videosdk'
import { inspect } from 'node:util'
import { createClient } from 'recreq/client'
import { answer, rejection, roomId, serve, videosdkClient } from './fake-service.mjs'
import { post, problemOf, videosdkGateway } from './gateway-pages.mjs'

const apiKey = '00000000-0000-4000-8000-000000000000'
const secret = 'a-placeholder-and-no-secret'
const signingKey = new TextEncoder().encode(secret)

/** @param {Partial<import('recreq/client').VideoSdkTokenOptions>} [options] */
const mint = (options) => mintVideoSdkToken({ apiKey, secret, ...options })

describe('a minted token', () => {
  it('is verified by another library, and says what VideoSDK wants to read', async () => {
    const before = Math.floor(Date.now() / 1000)
    const { payload, protectedHeader } = await jwtVerify(await mint(), signingKey, { algorithms: ['HS256'] })
    assert.deepEqual(protectedHeader, { alg: 'HS256', typ: 'JWT' })
    const { iat = 0, exp = 0, ...claims } = payload
    assert.deepEqual(claims, { apikey: apiKey, permissions: ['allow_join'], version: 2, roles: ['crawler'] })
    assert.ok(iat >= before && iat <= before + 5)
    assert.equal(exp - iat, 7200)
  })

  it('is, byte for byte, what another library makes of the same claims', async () => {
    const token = await mint({ roomId: 'räum-🎥', permissions: ['allow_join', 'allow_mod'], expiresIn: 60 })
    const { payload } = await jwtVerify(token, signingKey)
    assert.equal(await new SignJWT(payload).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(signingKey), token)
  })

  it('has the claims that are asked for', async () => {
    const options = /** @type {const} */ ({
      permissions: ['ask_join'],
      roles: ['rtc'],
      roomId,
      participantId: 'alice',
      expiresIn: 600,
    })
    const { payload } = await jwtVerify(await mint(options), signingKey)
    const { permissions, roles, roomId: room, participantId, iat = 0, exp = 0 } = payload
    assert.deepEqual({ permissions, roles, roomId: room, participantId, expiresIn: exp - iat }, options)
  })

  it('is refused by whoever has another secret', async () => {
    await assert.rejects(jwtVerify(await mint(), new TextEncoder().encode('another-placeholder')))
  })

  it('is one that the client takes', async () => {
    const request = videosdk.startRecording.build({ body: { roomId } }).toRequest({ token: await mint() })
    assert.match(request.headers.get('authorization') ?? '', /^eyJ/)
  })

  for (const [what, options, message] of /** @type {const} */ ([
    ['no key', { apiKey: undefined }, /apiKey is missing/],
    ['a blank secret', { secret: ' ' }, /secret is blank/],
    ['a secret with a newline', { secret: `${secret}\n` }, /whitespace around it/],
    ['ask_join beside another permission', { permissions: ['ask_join', 'allow_join'] }, /ask_join stands alone/],
    ['no time to live', { expiresIn: 0 }, /expiresIn is a number of seconds above 0/],
    ['a time to live that is none', { expiresIn: NaN }, /expiresIn/],
  ])) {
    it(`is not made with ${what}`, async () => {
      const error = await rejection(mint(/** @type {any} */ (options)))
      assert.match(error.message, message)
      assert.ok(!error.message.includes(secret))
    })
  }
})

describe('a client with key and secret', () => {
  it('makes a token when it needs one, uses it again, and makes another before it ends', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, { pageInfo: {}, data: [] }))
    mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-21T09:00:00Z') })
    context.after(() => mock.timers.reset())
    const client = videosdkClient(url, { credentials: { apiKey, secret } })
    const lifetime = videosdk.service.credential.minted.seconds * 1000
    for (const elapsed of [0, lifetime / 2, lifetime / 2 - 300_000 - 1000, 2000]) {
      mock.timers.setTime(Date.now() + elapsed)
      await client.listRecordings()
    }
    const [first, second, third, fourth] = requests.map(({ headers }) => String(headers.authorization))
    assert.equal(first, second)
    assert.equal(second, third)
    assert.notEqual(third, fourth)
    const currentDate = new Date()
    assert.equal((await jwtVerify(String(fourth), signingKey, { currentDate })).payload.apikey, apiKey)
  })

  it('makes one token for many calls at once', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, { pageInfo: {}, data: [] }))
    const client = videosdkClient(url, { credentials: { apiKey, secret } })
    await Promise.all(Array.from({ length: 20 }, () => client.listRecordings()))
    assert.equal(new Set(requests.map(({ headers }) => headers.authorization)).size, 1)
  })

  it('takes a function that gives key and secret, or a token', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, { pageInfo: {}, data: [] }))
    const minted = videosdkClient(url, { credentials: () => ({ apiKey, secret }) })
    await minted.listRecordings()
    await minted.listRecordings()
    const token = await mint({ expiresIn: 60 })
    await videosdkClient(url, { credentials: async () => ({ token }) }).listRecordings()
    const sent = requests.map(({ headers }) => headers.authorization)
    assert.equal(sent[0], sent[1])
    assert.equal(sent[2], token)
  })
})

describe('a token that somebody else made', () => {
  const claims = { apikey: apiKey, permissions: ['allow_join'], version: 2, roles: ['crawler'] }
  const seconds = () => Math.floor(Date.now() / 1000)
  /**
   * @param {Record<string, unknown>} [more] undefined takes a claim away
   * @param {string} [alg]
   */
  const tokenWith = (more = {}, alg = 'HS256') => {
    const part = (/** @type {unknown} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url')
    return `${part({ alg, typ: 'JWT' })}.${part({ ...claims, iat: seconds(), exp: seconds() + 600, ...more })}.bm90LXNpZ25lZA`
  }

  for (const [what, token, message] of /** @type {const} */ ([
    ['is not signed', () => tokenWith({}, 'none'), /another algorithm than HS256/],
    ['is signed by a key pair', () => tokenWith({}, 'RS256'), /another algorithm than HS256/],
    ['spells its key otherwise', () => tokenWith({ apikey: undefined, apiKey }), /has no apikey in its payload/],
    ['has no version', () => tokenWith({ version: undefined }), /no version 2.*"version": 2/],
    ['has another version', () => tokenWith({ version: 1 }), /no version 2/],
    ['may join rooms only', () => tokenWith({ roles: ['rtc'] }), /roles without crawler/],
    ['mixes permissions that exclude each other', () => tokenWith({ permissions: ['allow_join', 'ask_join'] }), /ask_join/],
    ['is over', () => tokenWith({ exp: seconds() - 61 }), /ended at 20\d\d-.*make another one/],
    ['has not begun', () => tokenWith({ nbf: seconds() + 100 }), /does not begin before 20\d\d-/],
    ['ends at what is no number', () => tokenWith({ exp: 'tomorrow' }), /an exp in its payload that is no number/],
  ])) {
    it(`and ${what} is refused before anything is sent, without being shown`, async (context) => {
      const { url, requests } = await serve(context, (response) => answer(response, 200, { pageInfo: {}, data: [] }))
      const value = token()
      const thrown = /** @type {any} */ (catchError(() => createClient(videosdk, { credentials: { token: value } })))
      const rejected = await rejection(videosdkClient(url, { credentials: () => ({ token: value }) }).listRecordings())
      for (const error of [thrown, rejected]) {
        assert.equal(error?.name, 'InvalidCredentialError')
        assert.match(error.message, message)
        const [head, payload] = value.split('.')
        for (const part of [head, payload, apiKey, 'tomorrow']) assert.ok(!inspect(error).includes(String(part)))
      }
      assert.equal(requests.length, 0)
    })
  }

  it('is sent when nothing speaks against it, or when it cannot be read', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, { pageInfo: {}, data: [] }))
    const tokens = [
      tokenWith({ roles: undefined, permissions: undefined, exp: undefined }),
      tokenWith({ roles: ['rtc', 'crawler'], permissions: ['ask_join'], roomId: 'räum-🎥' }),
      // The clocks of two machines are never the same.
      tokenWith({ exp: seconds() - 30, nbf: seconds() + 30 }),
      'a-placeholder.and-no.token',
    ]
    for (const token of tokens) await videosdkClient(url, { credentials: { token } }).listRecordings()
    assert.deepEqual(
      requests.map(({ headers }) => headers.authorization),
      tokens,
    )
  })

  it('and ends while a client has it is not sent any more', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, { pageInfo: {}, data: [] }))
    mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-21T09:00:00Z') })
    context.after(() => mock.timers.reset())
    const client = videosdkClient(url, { credentials: { token: tokenWith() } })
    await client.listRecordings()
    mock.timers.setTime(Date.now() + 661_000)
    const error = await rejection(client.listRecordings())
    assert.match(error.message, /ended at 2026-11-21T09:10:00.000Z/)
    assert.equal(requests.length, 1)
  })

  it('and is over when a function gives it is asked for a second time, and not a third', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, { pageInfo: {}, data: [] }))
    const fresh = tokenWith()
    const given = [tokenWith({ exp: seconds() - 1 }), fresh]
    await videosdkClient(url, { credentials: async () => ({ token: given.shift() }) }).listRecordings()
    assert.equal(requests[0]?.headers.authorization, fresh)
    let asked = 0
    const stale = () => ((asked += 1), { token: tokenWith({ exp: seconds() - 3600 }) })
    assert.match((await rejection(videosdkClient(url, { credentials: stale }).listRecordings())).message, /ended at/)
    assert.deepEqual([asked, requests.length], [2, 1])
  })

  it('and is over is asked for a second time by a gateway, too, and never sent', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, { pageInfo: {}, data: [] }))
    const [fresh, stale] = [tokenWith(), tokenWith({ exp: seconds() - 3600 })]
    const given = [stale, fresh]
    const renewing = videosdkGateway(url, { credentials: () => ({ token: given.shift() }) })
    assert.equal((await renewing(post('listRecordings'))).status, 200)
    assert.equal(requests[0]?.headers.authorization, fresh)
    /** @type {string[]} */
    const lines = []
    const logger = { debug() {}, warn() {}, error: (/** @type {string} */ line) => void lines.push(line) }
    const late = videosdkGateway(url, { logger, credentials: () => ({ token: stale }) })
    const problem = await problemOf(await late(post('listRecordings')))
    assert.deepEqual([problem.http, problem.name, requests.length], [500, 'gateway-failure', 1])
    assert.match(lines.join(), /InvalidCredentialError: The credential token ended at/)
    assert.ok(!(lines.join() + JSON.stringify(problem)).includes(stale))
    assert.throws(() => videosdkGateway(url, { credentials: { token: stale } }), { name: 'InvalidCredentialError' })
  })
})

/** @param {() => unknown} run */
function catchError(run) {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}
