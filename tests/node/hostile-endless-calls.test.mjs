// The same calls a hundred thousand times: the memory of the module does not grow, whatever the options.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { engine } from './engine-instance.mjs'

const { recall } = await import('recreq')
const { around } = await import('./recall-input.mjs')

const { startRecording } = recall
const size = () => engine.memory?.buffer.byteLength
const everything = startRecording.with({
  customRules: [{ id: 'team/rule', check: () => [{ pointer: '/metadata', message: 'x', severity: 'info' }] }],
  messages: { 'unknown-key': '{key}?' },
  extraBody: { new_field: { a: [1, 2, 3] } },
  provenance: true,
})

describe('a hundred thousand calls', () => {
  for (const [name, call] of /** @type {[string, () => unknown][]} */ ([
    ['that build the same request', () => startRecording.build(around({ metadata: { a: 'b' } }))],
    ['that refuse the same text', () => startRecording.body.check('{"unknown":[1,2')],
    ['with every option', () => everything.check(around({ metadata: { a: 'b' } }))],
  ])) {
    it(`${name} do not make the memory grow`, () => {
      call()
      const before = size()
      for (let i = 0; i < 100_000; ++i) call()
      assert.equal(size(), before)
      assert.equal(engine.count, 1)
    })
  }

  it('are not remembered by custom rules either', () => {
    everything.build(around({ metadata: { secret: 'placeholder-secret-5555' } }))
    assert.equal(engine.remembers('placeholder-secret-5555'), false)
  })
})
