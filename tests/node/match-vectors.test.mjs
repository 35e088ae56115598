// Runs every vector about matching a bot through the package: what comes out is what the vector expects, and byte for byte what the
// native engine gives. What matches goes through build, and fixes of the overrides make their issues go away.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { applyFixes, recall } from '../../build/javascript/index.js'
import { Session } from '../../build/javascript/engine/session.js'
import { matchArguments, matchFiles } from '../vectors/vectors.mjs'

/**
 * @typedef {import('../vectors/vectors.mjs').MatchVector} MatchVector
 * @typedef {import('../../build/javascript/engine/session.js').RunResult} RunResult
 */

const program =
  process.env.RECREQ_VECTORS_PROGRAM ??
  fileURLToPath(new URL('../../build/release/tests/cpp/vectors/recreq-vectors', import.meta.url))
if (!existsSync(program))
  throw new Error(`${program} is missing. Build it with "node wasm/build.mjs release", or name another one in RECREQ_VECTORS_PROGRAM.`)

/** @type {Record<string, Record<string, any>>} */
const providers = { recall }
const files = Object.keys(providers).flatMap((provider) => matchFiles(provider))
const output = execFileSync(program, files.map(({ file }) => file), { encoding: 'utf8', maxBuffer: 2 ** 28 })
/** @type {Map<string, { status: number, body: string, report: string }>} */
const native = new Map(output.trimEnd().split('\n').map((line) => JSON.parse(line)).map((made) => [made.name, made]))

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

for (const { provider, operation, topic, vectors } of files) {
  describe(`${provider}: ${topic}`, () => {
    for (const vector of vectors) {
      it(vector.name, () => {
        const subject = providers[provider]?.[operation].with(vector.options ?? {})
        const match = matched(subject, vector)
        expectOutcome(vector, match)
        expectNativeBytes(vector)
        if (match.ok) expectBody(subject, match)
        expectFixesToMend(subject, vector, match.issues)
      })
    }
  })
}

/**
 * @param {any} subject the operation
 * @param {MatchVector} vector
 */
function matched(subject, vector) {
  const { method, given, overrides } = matchArguments(vector)
  const before = structuredClone({ given, overrides })
  runs.length = 0
  const match = subject[method](given, overrides)
  assert.deepEqual({ given, overrides }, before, 'what was given stays as it is')
  return match
}

/**
 * @param {MatchVector} vector
 * @param {any} match
 */
function expectOutcome({ expect, nearMissOf = [] }, match) {
  assert.deepEqual(match.issues.map(place), (expect.issues ?? []).map(place))
  for (const [index, issue] of (expect.issues ?? []).entries()) {
    for (const [name, value] of Object.entries(issue)) assert.deepEqual(match.issues[index][name] ?? null, value, `issue ${index}: ${name}`)
  }
  for (const rule of nearMissOf) assert.ok(!match.issues.some((issue) => issue.rule === rule), rule)
  assert.equal(match.ok, expect.ok)
  assert.equal(match.truncated, expect.truncated ?? false)
  assert.deepEqual(match.wouldHaveChanged, expect.wouldHaveChanged ?? [])
  if (expect.body !== undefined) assert.equal(runs[0]?.body, expect.body)
  if (expect.origins !== undefined) assert.deepEqual(match.origins, expect.origins)
  assert.deepEqual(match.errors, match.issues.filter(({ severity }) => severity === 'error'))
  assert.deepEqual(match.warnings, match.issues.filter(({ severity }) => severity === 'warning'))
}

/** @param {MatchVector} vector */
function expectNativeBytes({ name }) {
  const expected = native.get(name)
  const [made] = runs
  assert.deepEqual({ status: made?.status, body: made?.body, report: made?.report }, {
    status: expected?.status,
    body: expected?.body,
    report: expected?.report,
  })
}

/**
 * The body is what build sends, byte for byte, and the start says no error of it.
 * @param {any} subject
 * @param {any} match
 */
function expectBody(subject, match) {
  const text = /** @type {string} */ (runs[0]?.body)
  const request = subject.build({ region: 'us-west-2', id: '00000000-0000-4000-8000-000000000000', body: match.body })
  assert.equal(request.body, text)
}

/**
 * A few rounds of mending the overrides leave no fixes.
 * @param {any} subject
 * @param {MatchVector} vector
 * @param {readonly any[]} issues
 */
function expectFixesToMend(subject, vector, issues) {
  const { method, given, overrides } = matchArguments(vector)
  /** @type {any} */
  let input = overrides === undefined ? {} : { overrides }
  let left = issues
  for (let round = 0; left.some(({ fix }) => fix !== undefined); ++round) {
    assert.ok(round < 4, 'fixes come to an end')
    const mended = left.filter(({ fix }) => fix !== undefined).map(place)
    input = applyFixes(input, { issues: left })
    left = subject[method](given, input.overrides).issues
    for (const each of left.map(place)) assert.ok(!mended.includes(each), `its fix does not mend ${each}`)
  }
}

/** @param {any} issue */
function place({ code, rule, severity, pointer }) {
  return `${severity} ${rule ?? code} ${pointer}`
}
