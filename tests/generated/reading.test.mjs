// Generated and mutated texts are read, natively and in WebAssembly, as JSON.parse reads them, but for what is refused on
// purpose; bytes are UTF-8 exactly when TextDecoder says so. `--texts 1000000` does more of them, `--seed` others.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { parseArgs } from 'node:util'
import canonicalize from 'canonicalize'
import { makeDocument } from './documents.mjs'
import { buildInWebAssembly, readNatively, refusalInWebAssembly } from './engines.mjs'
import { expectationOfBytes, expectationOfText } from './expectation.mjs'
import { mutateBytes, mutateText } from './mutation.mjs'
import { Random } from './random.mjs'
import { spell } from './spelling.mjs'

/** @typedef {import('./expectation.mjs').Expectation} Expectation */

const { values: options } = parseArgs({
  options: { texts: { type: 'string', default: '30000' }, seed: { type: 'string', default: '1' } },
})
const total = Number(options.texts)
const seed = Number(options.seed)
const perBatch = 5_000
const longest = 2_000
const loneSurrogate = /\p{Surrogate}/u

/** Texts, most of them broken. */
function* texts() {
  const random = new Random(seed)
  for (let made = 0; made < total; ) {
    const text = spell(makeDocument(random), random)
    if (text.length > longest) continue
    yield random.oneIn(10) ? text : mutateText(text, random)
    made += 1
  }
}

/** The same as bytes, most of them broken as UTF-8, too. */
function* byteTexts() {
  const random = new Random(seed + 1)
  for (const text of texts()) yield random.oneIn(4) ? encode(text) : mutateBytes(encode(text), random)
}

it('texts are read natively as JSON.parse reads them', (t) => {
  const tally = new Tally()
  for (const batch of batches(texts())) {
    const outcomes = readNatively(batch.map(encode))
    for (const [index, text] of batch.entries()) tally.expect(text, expectationOfText(text), outcomes[index])
  }
  tally.report(t, 'texts, natively')
})

it('texts are read in WebAssembly as JSON.parse reads them', (t) => {
  const tally = new Tally()
  for (const text of texts()) tally.expect(text, expectationOfText(text), outcomeInWebAssembly(text))
  tally.report(t, 'texts, in WebAssembly')
})

it('bytes are read as TextDecoder and JSON.parse read them, natively and in WebAssembly alike', (t) => {
  const tally = new Tally()
  for (const batch of batches(byteTexts())) {
    const outcomes = readNatively(batch)
    for (const [index, bytes] of batch.entries()) {
      const shown = Buffer.from(bytes).toString('latin1')
      tally.expect(shown, expectationOfBytes(bytes), outcomes[index])
      const other = outcomeInWebAssembly(bytes)
      if (other !== outcomes[index]) assert.fail(`seed ${seed}: ${JSON.stringify(shown)} is ${outcomes[index]} natively and ${other} in WebAssembly`)
    }
  }
  tally.report(t, 'byte sequences, natively and in WebAssembly')
})

/** Compares outcomes with expectations, and counts both by reason. */
class Tally {
  #read = 0
  /** @type {Map<string, number>} */
  #refused = new Map()
  /** @type {Map<string, number>} */
  #stricter = new Map()

  /**
   * @param {string} shown
   * @param {Expectation} expected
   * @param {string} outcome
   */
  expect(shown, { verdict, reasons, value }, outcome) {
    const where = () => `seed ${seed}: ${verdict} (${[...reasons]}) was expected of ${JSON.stringify(shown)}, and came ${outcome.slice(0, 300)}`
    if (verdict === 'read') {
      if (outcome !== canonicalize(value)) assert.fail(where())
      this.#read += 1
      return
    }
    const code = outcome.slice(1).split(' ')[0]
    if (!outcome.startsWith('!') || !reasons.has(code)) assert.fail(where())
    const counts = verdict === 'refused' ? this.#refused : this.#stricter
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }

  /**
   * @param {import('node:test').TestContext} t
   * @param {string} what
   */
  report(t, what) {
    const all = this.#read + sum(this.#refused) + sum(this.#stricter)
    t.diagnostic(
      `${all} ${what} (seed ${seed}): ${this.#read} read with the same value; refused as by JavaScript: ${list(this.#refused)}; refused on purpose: ${list(this.#stricter)}`,
    )
    assert.equal(all, total)
    for (const code of ['duplicate-key', 'lone-surrogate', 'number-range', 'too-deep']) assert.ok(this.#stricter.has(code), `${code} occurs`)
  }
}

/** @param {string | Uint8Array} text */
function outcomeInWebAssembly(text) {
  const refusal = refusalInWebAssembly(text)
  if (refusal !== undefined) return refusal
  // What was read as a body of its own is the value that it is inside of another.
  return buildInWebAssembly(typeof text === 'string' ? `{"document":${text}}` : Buffer.concat([encode('{"document":'), text, encode('}')]))
}

/**
 * UTF-8; halves of surrogate pairs, which it does not have, in the three bytes that some encoders write for them.
 * @param {string} text
 */
function encode(text) {
  if (!loneSurrogate.test(text)) return Buffer.from(text)
  return Buffer.concat(
    Array.from(text, (character) => {
      const code = character.charCodeAt(0)
      if (character.length === 2 || code < 0xd800 || code > 0xdfff) return Buffer.from(character)
      return Uint8Array.of(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
    }),
  )
}

/**
 * @template Item
 * @param {Iterable<Item>} items
 * @returns {Generator<Item[]>}
 */
function* batches(items) {
  /** @type {Item[]} */
  let batch = []
  for (const item of items) {
    if (batch.push(item) < perBatch) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** @param {Map<string, number>} counts */
const sum = (counts) => [...counts.values()].reduce((total, count) => total + count, 0)

/** @param {Map<string, number>} counts */
const list = (counts) => [...counts].sort().map(([code, count]) => `${count} ${code}`).join(', ') || 'none'
