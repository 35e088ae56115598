// Runs every vector through the package: what comes out is what the vector expects, and byte for byte what the native
// engine gives. Fixes, applied to the input, make their issues go away.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, it, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { applyFixes, realtimekit, recall, RequestInvalidError, videosdk } from '../../build/javascript/index.js'
import { Session } from '../../build/javascript/engine/session.js'
import { isAlone, subjectOf, vectorFiles } from '../vectors/vectors.mjs'

/**
 * @typedef {import('../vectors/vectors.mjs').Vector & { provider: string }} Vector
 * @typedef {import('recreq').Issue} Issue
 * @typedef {import('../../build/javascript/engine/session.js').RunResult} RunResult
 *
 * @typedef {object} NativeOutcome
 * @property {number} status
 * @property {string} method
 * @property {string} head
 * @property {string} body
 * @property {string} value
 * @property {string} report
 *
 * @typedef {object} Outcome
 * @property {boolean} ok
 * @property {readonly Issue[]} issues
 * @property {boolean} truncated
 * @property {Readonly<Record<string, string>>} [provenance]
 * @property {any} [request]
 * @property {RunResult} [run] what the engine gave, unless the package refused the input by itself
 */

const program =
  process.env.RECREQ_VECTORS_PROGRAM ??
  fileURLToPath(new URL('../../build/release/tests/cpp/vectors/recreq-vectors', import.meta.url))
/** @type {Record<string, Record<string, any>>} */
const providers = { realtimekit, recall, videosdk }
const files = Object.keys(providers).flatMap((provider) => vectorFiles(provider))
const native = nativeOutcomes(files.map(({ file }) => file))
const total = files.reduce((count, { vectors }) => count + vectors.length, 0)
let ran = 0

// The engine's own texts are compared, not what the package makes of them.
/** @type {RunResult[]} */
const runs = []
const { run } = Session.prototype
/** @param {Parameters<typeof run>} args */
Session.prototype.run = function (...args) {
  const result = run.apply(this, args)
  runs.push(result)
  return result
}

for (const { provider, topic, vectors } of files) {
  describe(`${provider}: ${topic}`, () => {
    for (const each of vectors) {
      it(each.name, () => {
        ran += 1
        const vector = { ...each, provider }
        const outcome = build(vector)
        expectOutcome(vector, outcome)
        const checked = check(vector)
        assert.deepEqual(checked.issues, outcome.issues, 'check and build report the same')
        assert.equal(checked.ok, outcome.ok)
        expectNativeBytes(vector, outcome, checked)
        expectFixesToMend(vector, outcome.issues)
      })
    }
  })
}

test('no vector is skipped', (t) => {
  t.diagnostic(`${ran} vectors, ${total - ran} skipped`)
  assert.ok(total > 0)
  assert.equal(ran, total)
})

/**
 * The operation or schema that a vector is about.
 * @param {Vector} vector
 */
function subjectOfVector({ provider, operation, schema, options }) {
  const found = providers[provider][operation ?? schema ?? '']
  return options === undefined ? found : found.with(options)
}

/**
 * @param {Vector} vector
 * @returns {Outcome}
 */
function build(vector) {
  if (isAlone(vector)) return check(vector)
  runs.length = 0
  try {
    const request = subjectOfVector(vector).build(subjectOf(vector))
    return { ok: true, issues: request.issues, truncated: false, request, run: runs[0] }
  } catch (error) {
    if (!(error instanceof RequestInvalidError)) throw error
    return { ok: false, issues: error.issues, truncated: error.truncated, run: runs[0] }
  }
}

/**
 * @param {Vector} vector
 * @param {any} [subject] another one than the vector's
 * @returns {Outcome}
 */
function check(vector, subject = subjectOf(vector)) {
  runs.length = 0
  const about = subjectOfVector(vector)
  const report = vector.subject === 'body' ? about.body.check(subject) : about.check(subject)
  const { ok, issues, truncated, provenance } = report
  return { ok, issues, truncated, provenance, run: runs[0] }
}

/**
 * @param {Vector} vector
 * @param {Outcome} outcome
 */
function expectOutcome({ bodyBytes, nearMissOf = [], expect }, { ok, issues, truncated, provenance, request, run }) {
  const expected = expect.request?.issues ?? expect.issues ?? []
  assert.deepEqual(issues.map(place), expected.map(place))
  for (const [index, issue] of expected.entries()) {
    for (const [name, value] of Object.entries(issue)) assert.deepEqual(issues[index]?.[name], value, `issue ${index}: ${name}`)
  }
  for (const rule of nearMissOf) assert.ok(!issues.some((issue) => issue.rule === rule), rule)
  assert.equal(truncated, expect.truncated ?? false)
  assert.equal(ok, expect.request !== undefined || expect.value !== undefined)
  if (expect.value !== undefined) assert.equal(run?.body, expect.value)
  if (expect.provenance !== undefined) assert.deepEqual(provenance, expect.provenance)
  if (expect.request === undefined) return
  const { method, url, headers, body } = expect.request
  assert.equal(request.method, method)
  assert.equal(request.url, url)
  assert.deepEqual(request.headers, headers)
  if (body === undefined) return assert.equal(request.body, undefined)
  assert.equal(request.body instanceof Uint8Array, bodyBytes !== undefined, 'bytes for bytes, text for anything else')
  assert.equal(textOf(request.body), body)
}

/**
 * @param {Vector} vector
 * @param {Outcome} built
 * @param {Outcome} checked
 */
function expectNativeBytes(vector, built, checked) {
  const expected = native.get(`${vector.provider}: ${vector.name}`)
  assert.ok(expected, 'the native program knows this vector')
  if (built.run === undefined || checked.run === undefined) {
    assert.equal(JSON.stringify({ issues: built.issues, truncated: built.truncated }), expected.report)
    return
  }
  assert.equal(built.run.status, expected.status)
  assert.equal(built.run.head, expected.head)
  assert.equal(textOf(built.run.body), expected.body)
  assert.equal(built.run.report, expected.report)
  assert.equal(checked.run.body, expected.value)
  if (built.request !== undefined) assert.equal(built.request.method, expected.method)
}

/**
 * A few rounds of applying fixes leave no fixes, and none of the issues that had one.
 * @param {Vector} vector
 * @param {readonly Issue[]} issues
 */
function expectFixesToMend(vector, issues) {
  const mostRounds = 4
  let subject = subjectOf(vector)
  let left = issues
  /** @type {Set<string>} */
  const mended = new Set()
  for (let round = 0; left.some(({ fix }) => fix !== undefined); ++round) {
    assert.ok(round < mostRounds, 'fixes come to an end')
    for (const issue of left) if (issue.fix !== undefined) mended.add(subjectOfIssue(issue))
    const before = structuredClone(subject)
    const fixed = applyFixes(subject, { issues: left })
    assert.deepEqual(subject, before, 'the input stays as it is')
    assert.equal(typeof fixed, typeof subject)
    subject = fixed
    left = check(vector, subject).issues
  }
  for (const issue of left) assert.ok(!mended.has(subjectOfIssue(issue)), `its fix does not mend ${subjectOfIssue(issue)}`)
}

/** @param {Issue} issue */
function subjectOfIssue({ code, rule, pointer }) {
  return rule ?? `${code} at "${pointer}"`
}

/** @param {Partial<Issue>} issue */
function place({ code, rule, severity, pointer }) {
  return `${severity} ${rule ?? code} ${pointer}`
}

/** @param {string | Uint8Array} body */
function textOf(body) {
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8')
}

/**
 * What the native engine makes of the vectors, by provider and name.
 * @param {readonly string[]} files
 * @returns {Map<string, NativeOutcome>}
 */
function nativeOutcomes(files) {
  if (!existsSync(program)) {
    throw new Error(`${program} is missing. Build it with "node wasm/build.mjs release", or name another one in RECREQ_VECTORS_PROGRAM.`)
  }
  const output = execFileSync(program, files, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  const outcomes = output.trimEnd().split('\n').map((line) => JSON.parse(line))
  return new Map(outcomes.map((outcome) => [`${outcome.provider}: ${outcome.name}`, outcome]))
}
