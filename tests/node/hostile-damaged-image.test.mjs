// A compiled provider document that is not what it should be: refused when it is loaded, with one clear error.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { EngineUnavailableError, recall } from 'recreq'
import { answers } from '../../build/javascript/generated/recall.answers.js'
import { image } from '../../build/javascript/generated/recall.image.js'
import { connect } from '../../build/javascript/provider.js'
import { imageTables } from '../bench/image-tables.mjs'
import { around } from './recall-input.mjs'

let names = 0
const input = around({ transcript: { provider: { deepgram_streaming: { model: 'nova-3' } } }, unknown: 1 })

/**
 * Everything that an image is needed for.
 * @param {string} damaged
 */
function use(damaged) {
  const provider = connect(`damaged-${++names}`, damaged, answers)
  const operation = provider.operation('startRecording')
  operation.check(input)
  operation.body.check(
    '{"realtime_endpoints":[{"type":"webhook","url":"http://127.0.0.1/?a","events":["transcript.data"]}]}',
  )
  return provider.spec.date
}

/**
 * The image with an instruction that the module is linked without, uniqueItems in the place of items, and a checksum that
 * fits. The words that it is packed from say where, and what the checksum has to be.
 */
function withRareKeyword() {
  const [checksumAt, header, instructions, width, items, uniqueItems] = [3, 8, 2, 4, 6, 11]
  const bytes = new Uint8Array(readFileSync(new URL('../../build/release/generated/recall.image', import.meta.url)))
  const words = new Uint32Array(bytes.buffer)
  const first = words[header + 2 * instructions] ?? 0
  const count = words[header + 2 * instructions + 1] ?? 0
  const number = Array.from({ length: count }, (_, i) => i).find((i) => words[first + i * width] === items) ?? 0
  const checksum = packed(words[checksumAt] ?? 0)
  words[first + number * width] = uniqueItems
  const mended = words.subarray(header).reduce((hash, word) => Math.imul(hash ^ word, 0x01000193) >>> 0, 0x811c9dc5)

  // The keywords stand last in their table, one character each.
  const { begin, text } = imageTables(image).find(({ name }) => name === 'instructions') ?? { begin: 0, text: '' }
  const at = begin + text.length - count + number
  assert.equal(image[at], packed(items + 1))
  const changed = image.slice(0, at) + packed(uniqueItems + 1) + image.slice(at + 1)
  assert.ok(changed.slice(0, 40).includes(checksum))
  return changed.replace(checksum, packed(mended))
}

/** @param {number} value as a packed image has it */
function packed(value) {
  let text = ''
  for (; value >= 64; value = Math.floor(value / 16)) text += String.fromCharCode(0x28 + 64 + (value % 16))
  return text + String.fromCharCode(0x28 + value)
}

/** @param {string} damaged */
function errorOf(damaged) {
  try {
    use(damaged)
    return undefined
  } catch (error) {
    return error
  }
}

describe('an image', () => {
  it('that is whole can be used', () => {
    assert.match(use(image), /^\d{4}-/)
  })

  for (const [name, damaged] of [
    ['empty', ''],
    ['cut off in the header', image.slice(0, 20)],
    ['cut off by a character', image.slice(0, -1)],
    ['cut off in the middle', image.slice(0, image.length >> 1)],
    ['of another kind', `PK\x03\x04${image.slice(4)}`],
    ['of another layout', `w(${image.slice(1)}`],
    ['full of zeros behind its header', image.slice(0, 16) + '\0'.repeat(image.length - 16)],
    ['full of ones behind its header', image.slice(0, 16) + '\xff'.repeat(image.length - 16)],
  ]) {
    it(`is refused when it is ${name}`, () => {
      const error = errorOf(damaged)
      assert.ok(error instanceof EngineUnavailableError, String(error))
      assert.match(error.message, /The engine refuses the image of the provider "damaged-\d+": ./)
    })
  }

  it('is refused when it needs a keyword that the module is linked without', () => {
    const error = errorOf(withRareKeyword())
    assert.ok(error instanceof EngineUnavailableError, String(error))
    assert.match(error.message, /uses a keyword or format that this build of the engine was linked without/)
  })

  it('is refused wherever it is cut off', () => {
    for (let length = 0; length < image.length; length += 997) {
      const error = errorOf(image.slice(0, length))
      assert.ok(error instanceof EngineUnavailableError, `${length} characters: ${String(error)}`)
    }
  })

  it('is refused or used without harm when one of its characters is another', () => {
    let seed = 7
    for (let i = 0; i < 400; ++i) {
      seed = (seed * 48_271) % 2_147_483_647
      const at = seed % image.length
      const changed = String.fromCharCode(image.charCodeAt(at) ^ (1 << (seed & 7)))
      const error = errorOf(image.slice(0, at) + changed + image.slice(at + 1))
      const harmless = error === undefined || error instanceof EngineUnavailableError || error instanceof TypeError
      assert.ok(harmless, `character ${at}: ${String(error)}`)
    }
  })

  it('that is refused keeps nobody from using another', () => {
    assert.ok(errorOf('not an image') instanceof EngineUnavailableError)
    assert.equal(recall.startRecording.check(around({})).ok, true)
  })
})

it('does not keep answers from being read', () => {
  const operation = connect(`damaged-${++names}`, image.slice(0, 100), answers).operation('startRecording')
  const request = { url: 'https://us-west-2.recall.ai/', body: '{"metadata":{}}' }
  const answer = operation.readAnswer({ status: 400, body: '{"metadata":["No."]}' }, { request })
  assert.ok(!answer.ok)
  assert.equal(answer.issues[0]?.message, 'The provider refuses this: No.')
})
