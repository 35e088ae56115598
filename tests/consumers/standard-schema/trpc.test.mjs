// tRPC with bodies as the inputs and outputs of its procedures.
import { initTRPC, TRPCError } from '@trpc/server'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as recall from 'recreq/recall'

const t = initTRPC.create()
const router = t.router({
  start: t.procedure.input(recall.startRecording.body).mutation(({ input }) => input.video_mixed_layout),
  config: t.procedure.output(recall.recordingConfig).query(() => ({ retention: { type: /** @type {const} */ ('timed'), hours: 0 } })),
})
const caller = t.createCallerFactory(router)({})

describe('tRPC', () => {
  it('gives a procedure the body with its defaults', async () => {
    assert.equal(await caller.start({}), 'speaker_view')
    assert.equal(await caller.start({ video_mixed_layout: 'audio_only' }), 'audio_only')
  })

  it('refuses a body before the procedure sees it, with the issues', async () => {
    // @ts-expect-error the misspelt field
    const error = await caller.start({ realTimeEndpoints: [], retention: { type: 'timed', hours: 0 } }).catch((thrown) => thrown)
    assert.ok(error instanceof TRPCError)
    assert.equal(error.code, 'BAD_REQUEST')
    const { issues } = /** @type {any} */ (error.cause)
    assert.deepEqual(issues.map(({ path }) => path.join('.')).sort(), ['realTimeEndpoints', 'retention.hours'])
    assert.match(error.message, /realtime_endpoints/)
  })

  it('refuses what a procedure would answer', async () => {
    await assert.rejects(caller.config(), { code: 'INTERNAL_SERVER_ERROR' })
  })
})
