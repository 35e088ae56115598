// Inputs that change while they are looked at: there is one snapshot, and what was checked is what is sent.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as recall from 'recreq/recall'
import { around } from './recall-input.mjs'

const withRule = recall.startRecording.with({
  customRules: [{ id: 'team/look', check: () => undefined }],
  extraBody: { new_field: 1 },
})

/** A body whose values are others at each look, and the number of looks. */
function changing() {
  let looks = 0
  const body = {
    get video_mixed_layout() {
      looks += 1
      return looks === 1 ? 'gallery_view_v2' : 'not a layout'
    },
    get metadata() {
      return new Proxy({ a: 'first' }, { get: () => (looks += 1, looks <= 2 ? 'first' : 7) })
    },
  }
  return { body, looks: () => looks }
}

describe('an input that changes when it is read', () => {
  for (const [name, operation] of /** @type {[string, typeof withRule][]} */ ([
    ['plain', recall.startRecording],
    ['with custom rules and extra fields', withRule],
  ])) {
    it(`is read once: ${name}`, () => {
      const { body, looks } = changing()
      const sent = JSON.parse(String(operation.build(around(body)).body))
      assert.equal(looks(), 2)
      assert.equal(sent.video_mixed_layout, 'gallery_view_v2')
      assert.deepEqual(sent.metadata, { a: 'first' })
    })
  }

  it('cannot be changed by a custom rule between the check and the sending', () => {
    for (const asBytes of [false, true]) {
      const body = { metadata: { a: 'first' } }
      const bytes = new TextEncoder().encode(JSON.stringify(body))
      const operation = recall.startRecording.with({
        customRules: [
          {
            id: 'team/change',
            check() {
              Object.assign(body.metadata, { a: 7 })
              bytes.fill(0)
              return undefined
            },
          },
        ],
      })
      const sent = operation.build(around(asBytes ? bytes : body)).body
      const text = typeof sent === 'string' ? sent : new TextDecoder().decode(/** @type {any} */ (sent))
      assert.deepEqual(JSON.parse(text).metadata, { a: 'first' })
    }
  })

  it('may call into the package while it is read, and from a custom rule', () => {
    const inner = () => recall.startRecording.build(around({ metadata: { inner: 'x' } })).body
    const alone = inner()
    /** @type {unknown[]} */
    const seen = []
    const operation = recall.startRecording.with({
      customRules: [{ id: 'team/inner', check: () => void seen.push(inner()) }],
    })
    const body = { metadata: {}, get video_mixed_layout() { seen.push(inner()); return 'audio_only' } }
    const sent = JSON.parse(String(operation.build(around(body)).body))
    assert.deepEqual(seen, [alone, alone])
    assert.deepEqual([sent.metadata, sent.video_mixed_layout], [{}, 'audio_only'])
  })
})
