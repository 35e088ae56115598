// Hono's validator for Standard Schemas: a server that looks at what it is sent before its handler does.
import { sValidator } from '@hono/standard-validator'
import { Hono } from 'hono'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as recall from 'recreq/recall'
import * as videosdk from 'recreq/videosdk'
import { startRecordingBody } from 'recreq/recall/json-schema'

const app = new Hono()
  .post('/start', sValidator('json', recall.startRecording.body), (c) => c.json(c.req.valid('json')))
  .post('/described', sValidator('json', startRecordingBody), (c) => c.json({ layout: c.req.valid('json').video_mixed_layout }))
  .post(
    '/room',
    sValidator('json', videosdk.startRecording.body, (result, c) => {
      if (result.success) return
      return c.json(result.error.map(({ path = [], message }) => ({ at: path.join('.'), message })), 422)
    }),
    (c) => c.json({ room: c.req.valid('json').roomId }),
  )

/**
 * @param {string} path
 * @param {unknown} body
 */
async function post(path, body) {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await app.request(path, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, body: await answer.json() }
}

describe("Hono's validator", () => {
  it('hands a body on with its defaults', async () => {
    const { status, body } = await post('/start', { metadata: { team: 'research' } })
    assert.equal(status, 200)
    assert.deepEqual(body.metadata, { team: 'research' })
    assert.equal(body.video_mixed_layout, 'speaker_view')
    assert.deepEqual(await post('/described', {}), { status: 200, body: { layout: 'speaker_view' } })
  })

  it('answers 400 with the issues, each at its place', async () => {
    const { status, body } = await post('/start', { realtime_endpoints: [{ type: 'webhook', events: [] }] })
    assert.equal(status, 400)
    assert.equal(body.success, false)
    const missing = body.error.find(({ path }) => path.join('.') === 'realtime_endpoints.0.url')
    assert.match(missing.message, /url/)
    assert.equal((await post('/described', { real_time_endpoints: [] })).body.error[0].path[0], 'real_time_endpoints')
  })

  it("gives a hook what it needs for an answer of one's own", async () => {
    assert.deepEqual(await post('/room', { roomId: 'abcd-efgh-ijkl' }), { status: 200, body: { room: 'abcd-efgh-ijkl' } })
    const { status, body } = await post('/room', { roomId: 'abcd-efgh-ijkl', config: { quality: 'best' } })
    assert.equal(status, 422)
    assert.deepEqual(body.map(({ at }) => at), ['config.quality'])
    assert.match(body[0].message, /"best"/)
  })
})
