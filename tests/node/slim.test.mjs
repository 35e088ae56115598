// recreq/slim: the same operations, run by a module that the caller brings.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import * as whole from 'recreq'
import * as slim from 'recreq/slim'

const module = new WebAssembly.Module(readFileSync(new URL(import.meta.resolve('recreq/recreq.wasm'))))
const providers = /** @type {const} */ (['realtimekit', 'recall', 'videosdk'])

describe('recreq/slim', () => {
  for (const provider of providers) {
    it(`has everything of ${provider}, and of the same kind`, () => {
      const given = Object.entries(slim[provider](module)).map(outline)
      assert.deepEqual(new Map(given), new Map(Object.entries(whole[provider]).map(outline)))
    })
  }

  it('makes the same requests', () => {
    const input = { region: 'us-west-2', id: '00000000-0000-4000-8000-000000000000', body: '{"video_mixed_mp4":{}}' }
    assert.deepEqual(slim.recall(module).startRecording.build(input), whole.recall.startRecording.build(input))
  })

  it('shares one engine among providers that are given one module', () => {
    let started = 0
    const { Instance } = WebAssembly
    const Counting = class extends Instance {
      /**
       * @param {WebAssembly.Module} given
       * @param {WebAssembly.Imports} imports
       */
      constructor(given, imports) {
        super(given, imports)
        started += 1
      }
    }
    Object.assign(WebAssembly, { Instance: Counting })
    const other = new WebAssembly.Module(readFileSync(new URL(import.meta.resolve('recreq/recreq.wasm'))))
    for (const provider of providers) slim[provider](other)
    Object.assign(WebAssembly, { Instance })
    assert.equal(started, 1)
  })

  it('says that the module is another one', () => {
    const empty = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))
    assert.throws(() => slim.recall(empty), slim.EngineUnavailableError)
  })
})

/**
 * @param {[string, any]} entry
 * @returns {[string, unknown]}
 */
function outline([name, value]) {
  return [name, name === 'spec' ? value.hash : [value.name, typeof value.build, value.body === undefined, 'matchBot' in value]]
}
