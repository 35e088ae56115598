// What Create Bot takes under recording_config is what Start Recording takes, but for the rules that each has of its own.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import * as recall from 'recreq/recall'
import { isAlone, subjectOf, vectorFiles } from '../vectors/vectors.mjs'

const document = JSON.parse(readFileSync(new URL('../../wasm/specs/recall.json', import.meta.url), 'utf8'))
const ownRules = new Set(
  [document.components.schemas.StartRecordingBody, document['x-schemas'].recordingConfig.schema].flatMap((schema) =>
    schema['x-rules'].map(({ id }) => id),
  ),
)
const vectors = vectorFiles('recall').flatMap(({ vectors }) => vectors)

/** @param {recall.Report<unknown>} report */
const shared = ({ value, issues }) => ({ value, issues: issues.filter(({ rule }) => !ownRules.has(rule ?? '')) })

describe('recordingConfig', () => {
  it('finds in every body of Start Recording what Start Recording finds', (t) => {
    let compared = 0
    for (const vector of vectors.filter(({ operation }) => operation === 'startRecording')) {
      const { name, options = {} } = vector
      const subject = subjectOf(vector)
      const body = isAlone(vector) ? subject : subject?.body
      if (body === undefined || body === null) continue
      const asBody = recall.startRecording.with(options).body.check(body)
      // What is no object is told apart from null here, and one issue more or less moves the end of a list that is cut off.
      if (asBody.truncated || asBody.issues.some(({ code, pointer }) => code === 'type' && pointer === '')) continue
      assert.deepEqual(shared(recall.recordingConfig.with(options).check(body)), shared(asBody), name)
      compared += 1
    }
    t.diagnostic(`${compared} bodies compared`)
    assert.ok(compared > 500)
  })

  it('can be null, which a body cannot', () => {
    assert.equal(recall.recordingConfig.check(null).ok, true)
    assert.equal(recall.startRecording.body.check(/** @type {any} */ (null)).ok, false)
  })

  it('is a Standard Schema, for which a string is a string', () => {
    const { validate, vendor } = recall.recordingConfig['~standard']
    assert.equal(vendor, 'recreq')
    assert.deepEqual(validate(null), { value: null })
    assert.deepEqual(validate('null'), {
      issues: [{ message: 'This is a string, but has to be an object or null.', path: [] }],
    })
    assert.deepEqual(Object.keys(validate({ transcript: {} })), ['issues'])
  })

  it('takes options that are laid over one another', () => {
    const quiet = recall.recordingConfig.with({ rules: { 'recall/manual-start': 'off' } })
    assert.deepEqual(quiet.check(null).issues, [])
    assert.deepEqual(quiet.with({ defaults: 'omit' }).check({}).value, {})
    assert.equal(quiet.with({ defaults: 'omit' }).check(null).issues.length, 0)
    assert.equal(recall.recordingConfig.check(null).issues.length, 1)
    assert.equal(quiet.name, 'recordingConfig')
  })
})
