// What holds of every body that matches a bot, on generated configurations: `node tests/generated/matching.test.mjs --rounds 20000
// --seed 7` tries more of them.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { recall } from 'recreq'
import { Random } from './random.mjs'
import { ValueMaker } from './values.mjs'

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '600' }, seed: { type: 'string', default: '1' } },
})
const rounds = Number(options.rounds)
const seed = Number(options.seed)
const document = JSON.parse(readFileSync(new URL('../../wasm/specs/recall.json', import.meta.url), 'utf8'))
const { RecordingConfig, Retention } = document.components.schemas
// Some of what is generated is refused; what holds of a body holds of those, too.
const { startRecording, recordingConfig } = recall

/**
 * @param {string} name
 * @param {(make: { config: () => any, overrides: () => any, retention: () => any }) => void} holds
 */
function property(name, holds) {
  test(`${name}, in ${rounds} rounds`, () => {
    for (let round = 0; round < rounds; ++round) {
      const maker = new ValueMaker(document, new Random(seed * 1_000_003 + round))
      const make = {
        config: () => maker.value(RecordingConfig),
        overrides: () => maker.value(RecordingConfig),
        retention: () => maker.value({ anyOf: [Retention, { type: 'null' }] }),
      }
      try {
        holds(make)
      } catch (error) {
        throw new Error(`seed ${seed}, round ${round}: ${/** @type {Error} */ (error).message}`, { cause: error })
      }
    }
  })
}

/** What a live account answers: everything that the configuration comes to, without what is null. */
function echoOf(config) {
  const effective = recordingConfig.check(config).value ?? {}
  return Object.fromEntries(Object.entries(effective).filter(([, value]) => value !== null))
}

/** @param {any} value */
const text = (value) => JSON.stringify(value)

property('without overrides, the body is the effective configuration', ({ config }) => {
  const told = config()
  const { body } = startRecording.matchConfig(told, {})
  assert.equal(text(body), text(recordingConfig.check(told).value))
})

property('a body matches itself', ({ config, overrides }) => {
  const { body } = startRecording.matchConfig(config(), overrides())
  const again = startRecording.matchConfig(body ?? null, {})
  assert.equal(text(again.body), text(body))
})

property('what comes back of a bot gives the same as what it was told, once retention is named', (make) => {
  const told = make.config()
  const laid = { ...make.overrides(), retention: make.retention() }
  const ofBot = startRecording.matchBot({ id: 'x', recording_config: echoOf(told) }, laid)
  const ofConfig = startRecording.matchConfig(told, laid)
  assert.equal(text(ofBot.body), text(ofConfig.body))
  assert.equal(text(ofBot.wouldHaveChanged), text(ofConfig.wouldHaveChanged))
  assert.equal(ofBot.ok, ofConfig.ok)
  const unsaid = startRecording.matchBot({ id: 'x', recording_config: echoOf(told) }, { ...laid, retention: undefined })
  const named = told.retention !== undefined && told.retention !== null
  assert.equal(unsaid.issues.some(({ rule }) => rule === 'recall/retention-unknown'), !named)
})

property('the changes are what the overrides alone lack', ({ config, overrides }) => {
  const laid = overrides()
  const { body, wouldHaveChanged, origins } = startRecording.matchConfig(config(), laid)
  const start = startRecording.body.check(laid).value
  for (const { pointer, bot, start: otherwise, withheld } of wouldHaveChanged) {
    if (withheld === undefined) {
      assert.deepEqual(valueAt(body, pointer), bot, pointer)
      assert.deepEqual(valueAt(start, pointer), otherwise, pointer)
    }
    assert.notEqual(origins[pointer], 'override')
    setAt(start, pointer, valueAt(body, pointer))
  }
  assert.ok(isDeepStrictEqual(start, body))
})

property('every value has an origin, and what is of the overrides stands in them', ({ config, overrides }) => {
  const told = config()
  const laid = overrides()
  const { body, origins } = startRecording.matchConfig(told, laid)
  assert.deepEqual(Object.keys(origins).sort(), pointersOf(body, '').sort())
  for (const [pointer, origin] of Object.entries(origins)) {
    if (origin === 'override') assert.deepEqual(valueAt(laid, pointer) === undefined, false, pointer)
    if (origin === 'bot') assert.deepEqual(valueAt(told, pointer) === undefined, false, pointer)
  }
})

/** @param {string} pointer */
const tokens = (pointer) => pointer.split('/').slice(1).map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))

/** @param {any} value @param {string} pointer */
function valueAt(value, pointer) {
  return tokens(pointer).reduce((at, token) => at?.[token], value)
}

/** @param {any} value @param {string} pointer @param {any} set */
function setAt(value, pointer, set) {
  const [last, ...way] = tokens(pointer).reverse()
  const parent = way.reverse().reduce((at, token) => at[token], value)
  if (set === undefined) delete parent[/** @type {string} */ (last)]
  else parent[/** @type {string} */ (last)] = set
}

/** @param {any} value @param {string} pointer @returns {string[]} */
function pointersOf(value, pointer) {
  if (value === null || typeof value !== 'object') return [pointer]
  const inside = Object.entries(value).flatMap(([key, member]) => pointersOf(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`))
  return [pointer, ...inside]
}
