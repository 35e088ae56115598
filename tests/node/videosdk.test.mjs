// What is VideoSDK's own beyond its vectors: the bare token, requests without a body, and addresses that hold secrets.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as videosdk from 'recreq/videosdk'
import { thrownBy } from './recall-input.mjs'

const roomId = 'abcd-efgh-ijkl'
const token = 'placeholder.not-a-real.token'

describe('a request to VideoSDK', () => {
  it('carries the token without a prefix', async () => {
    const request = videosdk.startRecording.build({ body: { roomId } })
    const standard = request.toRequest({ token })
    assert.equal(standard.headers.get('authorization'), token)
    assert.equal(await standard.text(), `{"roomId":"${roomId}"}`)
  })

  it('is not made with a token that has a prefix already', () => {
    const request = videosdk.startRecording.build({ body: { roomId } })
    const error = thrownBy(() => request.toRequest({ token: `Bearer ${token}` }))
    assert.ok(error instanceof videosdk.InvalidCredentialError)
    assert.match(error.message, /token begins with an authorization prefix/)
    assert.ok(!error.message.includes(token))
  })

  it('has no body when it lists or deletes', async () => {
    for (const request of [
      videosdk.listRecordings.build({ roomId }),
      videosdk.deleteTrackRecording.build({ id: 'id1' }),
    ]) {
      assert.equal(request.body, undefined)
      const standard = request.toRequest({ token })
      assert.equal(standard.method, request.method)
      assert.equal(standard.body, null)
      assert.equal(standard.headers.get('content-type'), null)
    }
  })
})

describe('an address with a secret in it', () => {
  const secret = 'do-not-show'

  for (const field of ['templateUrl', 'preSignedUrl']) {
    for (const address of [`http://localhost/?participantId=1&signature=${secret}`, `no URL ${secret}`, [secret], { secret }]) {
      it(`in ${field} is in no issue: ${typeof address === 'string' ? address.slice(0, 6) : typeof address}`, () => {
        const { issues } = videosdk.startRecording.body.check(JSON.stringify({ roomId, [field]: address }))
        assert.ok(issues.length > 0)
        assert.ok(!JSON.stringify(issues).includes(secret))
      })
    }
  }

  it('under an old or foreign name is in no issue, and its fix moves it unseen', () => {
    const body = { roomId, preSignedURL: `https://bucket.example.com/?signature=${secret}`, awsLayer: { secretAccessKey: secret } }
    const { issues } = videosdk.startRecording.body.check(JSON.stringify(body))
    assert.deepEqual(
      issues.flatMap(({ fix }) => fix ?? []),
      [
        { op: 'move', from: '/preSignedURL', path: '/preSignedUrl' },
        { op: 'remove', path: '/awsLayer' },
      ],
    )
    assert.ok(!JSON.stringify(issues).includes(secret))
  })
})
