// The body as a Standard Schema: what libraries get that know nothing of this package.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as recall from 'recreq/recall'

const { version, vendor, validate } = recall.startRecording.body['~standard']

describe('the body as a Standard Schema', () => {
  it('says which version it is and whose', () => {
    assert.equal(version, 1)
    assert.equal(vendor, 'recreq')
  })

  it('answers at once, with the value and its defaults', () => {
    const result = validate({ metadata: { a: 'b' } })
    assert.ok(!(result instanceof Promise))
    assert.equal(result.issues, undefined)
    assert.ok('value' in result)
    assert.deepEqual(result.value.metadata, { a: 'b' })
    assert.equal(result.value.video_mixed_layout, 'speaker_view')
  })

  it('has errors as issues with message and path', () => {
    const { issues } = validate({
      video_separate_mp4: {},
      realtime_endpoints: [{ type: 'webhook', url: 7, events: [] }],
    })
    assert.ok(issues)
    for (const issue of issues) assert.deepEqual(Object.keys(issue).sort(), ['message', 'path'])
    const paths = issues.map(({ path }) => path.join('.'))
    assert.ok(paths.includes('realtime_endpoints.0.url'))
    assert.ok(issues.some(({ message }) => message.includes('gallery_view_v2')))
  })

  it('has what is missing at the place where it would be', () => {
    const { issues } = validate({ transcript: {}, realtime_endpoints: [{ type: 'webhook', events: [] }] })
    assert.deepEqual(issues?.map(({ path }) => path), [['transcript', 'provider'], ['realtime_endpoints', 0, 'url']])
  })

  it('has no warnings as issues', () => {
    const body = { transcript: { provider: { meeting_captions: { language_code: 'en' } } } }
    assert.ok(recall.startRecording.body.check(body).warnings.length > 0)
    assert.equal(validate(body).issues, undefined)
  })

  it('takes values only: a string is a string, not JSON text', () => {
    for (const value of ['{}', 5, null, undefined, [], new TextEncoder().encode('{}')]) {
      const { issues } = validate(value)
      assert.equal(issues?.length, 1)
      assert.deepEqual(issues[0]?.path, [])
    }
  })

  it('keeps the options that it was made with', () => {
    const lenient = recall.startRecording.with({ unknown: 'allow', defaults: 'omit' }).body['~standard']
    assert.deepEqual(lenient.validate({ brand_new: 1 }), { value: { brand_new: 1 } })
    assert.ok(validate({ brand_new: 1 }).issues)
  })
})
