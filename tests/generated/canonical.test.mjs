// Canonical bytes of generated documents are those of another implementation of RFC 8785, natively and in WebAssembly.
// `node tests/generated/canonical.test.mjs --documents 1000000` does more of them, `--seed` others.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { parseArgs } from 'node:util'
import canonicalize from 'canonicalize'
import { makeDocument } from './documents.mjs'
import { buildInWebAssembly, readNatively } from './engines.mjs'
import { Random } from './random.mjs'
import { spell } from './spelling.mjs'

const { values: options } = parseArgs({
  options: { documents: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
})
const total = Number(options.documents)
const seed = Number(options.seed)
const perBatch = 5_000

/**
 * Documents, spelled in a random way, with the canonical form that they have to have.
 * @returns {Generator<{ value: unknown, text: string, expected: string }>}
 */
function* documents() {
  const random = new Random(seed)
  for (let i = 0; i < total; ++i) {
    const value = makeDocument(random)
    yield { value, text: spell(value, random), expected: /** @type {string} */ (canonicalize(value)) }
  }
}

/** Each character of Unicode, in a value and in a key, 1,024 in a document. */
function* charts() {
  for (let first = 0; first < 0x110000; first += 0x400) {
    if (first >= 0xd800 && first < 0xe000) continue
    const runs = Array.from({ length: 0x40 }, (_, run) =>
      String.fromCodePoint(...Array.from({ length: 0x10 }, (_, i) => first + run * 0x10 + i)),
    )
    yield Object.fromEntries(runs.map((run) => [run, run]))
  }
}

it('native bytes are the same', (t) => {
  let count = 0
  let bytes = 0
  /** @type {{ text: string, expected: string }[]} */
  let batch = []
  const compare = () => {
    const texts = batch.map(({ text }) => Buffer.from(text))
    const outcomes = readNatively(texts)
    assert.equal(outcomes.length, batch.length)
    for (const [index, { text, expected }] of batch.entries()) {
      if (outcomes[index] !== expected) assert.fail(difference(count + index, text, outcomes[index], expected))
    }
    count += batch.length
    for (const text of texts) bytes += text.length
    batch = []
  }
  for (const document of documents()) {
    if (batch.push(document) === perBatch) compare()
  }
  compare()
  t.diagnostic(`${count} documents of ${bytes} bytes are canonicalize's, natively (seed ${seed})`)
  assert.equal(count, total)
})

it('bytes in WebAssembly are the same, from text, bytes and objects', (t) => {
  const counts = { text: 0, bytes: 0, object: 0 }
  let index = 0
  for (const { value, text, expected } of documents()) {
    const kind = /** @type {const} */ (['text', 'bytes', 'object'])[index % 3]
    const wrapped = `{"document":${text}}`
    const outcome = buildInWebAssembly(kind === 'object' ? { document: value } : kind === 'text' ? wrapped : new TextEncoder().encode(wrapped))
    if (outcome !== expected) assert.fail(difference(index, `${kind}: ${text}`, outcome, expected))
    counts[kind] += 1
    index += 1
  }
  t.diagnostic(
    `${index} documents are canonicalize's in WebAssembly: ${counts.text} as text, ${counts.bytes} as bytes, ${counts.object} as objects (seed ${seed})`,
  )
  assert.equal(index, total)
})

it('every character of Unicode comes out as it has to', (t) => {
  const all = [...charts()]
  const expected = all.map((chart) => canonicalize(chart))
  assert.deepEqual(readNatively(all.map((chart) => Buffer.from(JSON.stringify(chart)))), expected)
  assert.deepEqual(all.map((chart) => buildInWebAssembly(JSON.stringify({ document: chart }))), expected)
  assert.deepEqual(all.map((chart) => buildInWebAssembly({ document: chart })), expected)
  t.diagnostic(`${all.length * 0x400} characters, natively and in WebAssembly`)
})

/**
 * @param {number} index
 * @param {string} text
 * @param {string} actual
 * @param {string} expected
 */
function difference(index, text, actual, expected) {
  const short = (/** @type {string} */ long) => JSON.stringify(long.length > 1_000 ? `${long.slice(0, 1_000)}…` : long)
  return `document ${index} of seed ${seed}\n  text      ${short(text)}\n  actual    ${short(actual)}\n  expected  ${short(expected)}`
}
