// The engine natively and in WebAssembly, as two ways to do the same: a text in; out its canonical form, or "!", the code of
// the issue for which it is refused, and its place.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as recall from 'recreq/recall'
import { RequestInvalidError } from 'recreq'

const program =
  process.env.RECREQ_DOCUMENTS_PROGRAM ??
  fileURLToPath(new URL('../../build/release/tests/cpp/generated/recreq-read-documents', import.meta.url))

// A body that may have anything in it, so that nothing but reading and writing is left to do.
const anything = recall.startRecording.with({ unknown: 'allow', defaults: 'omit' })
const anythingInside = anything.with({ limits: { depth: 65 } })
const id = '3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55'
const input = (/** @type {any} */ body) => ({ region: 'us-west-2', id, body })

const readingCodes = new Set([
  'syntax', 'encoding', 'byte-order-mark', 'lone-surrogate', 'duplicate-key', 'number-range', 'too-large', 'too-deep', 'not-json', 'cycle',
])

/**
 * One process for all texts.
 * @param {readonly Uint8Array[]} texts
 * @returns {string[]}
 */
export function readNatively(texts) {
  if (!existsSync(program)) {
    throw new Error(`${program} is missing. Build it with "node wasm/build.mjs release", or name another one in RECREQ_DOCUMENTS_PROGRAM.`)
  }
  const framed = texts.flatMap((text) => [Buffer.from(Uint32Array.of(text.length).buffer), text])
  const { status, stdout, stderr } = spawnSync(program, { input: Buffer.concat(framed), maxBuffer: 2 ** 30 })
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`)
  /** @type {string[]} */
  const outcomes = []
  for (let at = 0; at < stdout.length; ) {
    const end = at + 4 + stdout.readUInt32LE(at)
    outcomes.push(stdout.toString('utf8', at + 4, end))
    at = end
  }
  return outcomes
}

/**
 * The body of the request in which a document is the only member, as the published package builds it; without the member's
 * name around it.
 * @param {string | Uint8Array | object} body `{"document":…}` as text, bytes or object
 */
export function buildInWebAssembly(body) {
  try {
    const { body: built } = anythingInside.build(input(body))
    const text = typeof built === 'string' ? built : Buffer.from(built).toString('utf8')
    if (!text.startsWith('{"document":')) throw new Error(`This is no body around a document: ${text}`)
    return text.slice('{"document":'.length, -1)
  } catch (error) {
    if (!(error instanceof RequestInvalidError)) throw error
    return shown(error.issues[0])
  }
}

/**
 * The same of a text by itself, but for the canonical form: undefined when the published package can read the text, whatever it
 * then thinks of the value as a body.
 * @param {string | Uint8Array} text
 */
export function refusalInWebAssembly(text) {
  const refusal = anything.body.check(/** @type {any} */ (text)).issues.find(({ code }) => readingCodes.has(code))
  return refusal && shown(refusal)
}

/** @param {import('recreq').Issue} issue */
function shown({ code, offset }) {
  return `!${code} ${offset ?? 0}`
}
