// VideoSDK's tokens: what is in them, that others can verify them, and that they are made anew in time.
import assert from 'node:assert/strict'
import { jwtVerify, SignJWT } from 'jose'
import { describe, it, mock } from 'node:test'
import { mintVideoSdkToken } from 'recreq/client'
import * as videosdk from 'recreq/videosdk'
import { answer, rejection, roomId, serve, videosdkClient } from './fake-service.mjs'

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
