// React Hook Form with the resolver for Standard Schemas, as a form uses it: without React's rendering, which it does not need.
import { standardSchemaResolver } from '@hookform/resolvers/standard-schema'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createFormControl } from 'react-hook-form'
import * as realtimekit from 'recreq/realtimekit'
import * as recall from 'recreq/recall'

/**
 * Submits a form with these values: what its handler gets, or what the fields show.
 * @param {import('@standard-schema/spec').StandardSchemaV1<any, any>} schema
 * @param {any} defaultValues
 */
async function submit(schema, defaultValues, criteriaMode = /** @type {'firstError' | 'all'} */ ('firstError')) {
  const form = createFormControl({ defaultValues, criteriaMode, resolver: standardSchemaResolver(schema) })
  /** @type {{ values?: any, errors?: any }} */
  const outcome = {}
  await form.handleSubmit(
    (values) => { outcome.values = values },
    (errors) => { outcome.errors = errors },
  )()
  return outcome
}

describe('React Hook Form', () => {
  it('submits a body with its defaults', async () => {
    const { values, errors } = await submit(recall.startRecording.body, { retention: { type: 'timed', hours: 72 } })
    assert.equal(errors, undefined)
    assert.deepEqual(values.retention, { type: 'timed', hours: 72 })
    assert.equal(values.video_mixed_layout, 'speaker_view')
  })

  it('shows each message at its field, in objects and in lists', async () => {
    const endpoints = [
      { type: 'webhook', url: 'https://hooks.example.com/', events: ['participant_events.join'] },
      { type: 'webhook', url: 'not a URL', events: ['no such event'] },
    ]
    const { values, errors } = await submit(recall.startRecording.body, { retention: { type: 'timed', hours: 0 }, realtime_endpoints: endpoints })
    assert.equal(values, undefined)
    assert.match(errors.retention.hours.message, /\b1\b/)
    assert.equal(errors.realtime_endpoints[0], undefined)
    assert.ok(errors.realtime_endpoints[1].url.message.length > 10)
    assert.match(errors.realtime_endpoints[1].events[0].message, /no such event/)
  })

  it('shows what a rule between fields says, where the mistake is', async () => {
    const { errors } = await submit(recall.startRecording.body, { video_separate_mp4: {} })
    assert.deepEqual(Object.keys(errors), ['video_mixed_layout'])
    assert.match(errors.video_mixed_layout.message, /Set video_mixed_layout to "gallery_view_v2"/)
  })

  it('shows a field that is missing', async () => {
    const { errors } = await submit(realtimekit.startRecording.body, { meeting_id: undefined, max_seconds: 60 })
    assert.ok(errors.meeting_id.message.includes('meeting_id'))
  })

  it('shows all that is wrong with a field, when it is asked to', async () => {
    const body = { realtime_endpoints: [{ type: /** @type {const} */ ('webhook'), url: 'http://localhost?token=x', events: [] }] }
    const issues = recall.startRecording.body.check(body).errors.filter(({ pointer }) => pointer === '/realtime_endpoints/0/url')
    assert.ok(issues.length > 1)
    const { errors } = await submit(recall.startRecording.body, body, 'all')
    assert.deepEqual(Object.values(errors.realtime_endpoints[0].url.types), issues.map(({ message }) => message))
  })

  it('keeps a schema that stands for itself, and its options', async () => {
    const lenient = recall.recordingConfig.with({ unknown: 'warn' })
    assert.ok((await submit(recall.recordingConfig, { brand_new: 1 })).errors.brand_new)
    assert.equal((await submit(lenient, { brand_new: 1 })).values.brand_new, 1)
  })
})
