// TanStack Form with a body as the validator of a form, and of a single field.
import { FormApi } from '@tanstack/form-core'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as recall from 'recreq/recall'

/**
 * Submits a form with these values: what its handler gets, or the messages of its fields.
 * @param {any} defaultValues
 */
async function submit(defaultValues) {
  let values
  const form = new FormApi({
    defaultValues,
    validators: { onSubmit: recall.startRecording.body },
    onSubmit: ({ value }) => { values = value },
  })
  form.mount()
  await form.handleSubmit()
  const fields = /** @type {any} */ (form.state.errorMap.onSubmit ?? {})
  const messages = Object.entries(fields).map(([name, issues]) => [name, issues.map(({ message }) => message)])
  return { values, errors: Object.fromEntries(messages), canSubmit: form.state.canSubmit }
}

describe('TanStack Form', () => {
  it('submits a body that is right', async () => {
    const body = { retention: { type: 'timed', hours: 72 } }
    assert.deepEqual(await submit(body), { values: body, errors: {}, canSubmit: true })
  })

  it('has the messages by the names of the fields', async () => {
    const body = { video_separate_mp4: {}, realtime_endpoints: [{ type: 'webhook', url: 'nowhere', events: ['none'] }] }
    const { values, errors, canSubmit } = await submit(body)
    assert.equal(values, undefined)
    assert.equal(canSubmit, false)
    assert.deepEqual(Object.keys(errors).sort(), ['realtime_endpoints[0].events[0]', 'realtime_endpoints[0].url', 'video_mixed_layout'])
    assert.match(errors.video_mixed_layout[0], /gallery_view_v2/)
    assert.match(errors['realtime_endpoints[0].events[0]'][0], /"none"/)
  })
})
