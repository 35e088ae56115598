// `applyFixes`: the input as its report says that it should be, in the form that it has, and nothing of it changed.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { applyFixes } from 'recreq'
import * as recall from 'recreq/recall'
import { around } from './recall-input.mjs'
import { subjectOf, vectorFiles } from '../vectors/vectors.mjs'

const { startRecording } = recall

/** @param {any} input */
const mended = (input) => applyFixes(input, startRecording.check(input))

/**
 * Reports with nothing but fixes.
 * @param {...readonly recall.PatchOperation[]} fixes
 */
const reportOf = (...fixes) => ({ issues: fixes.map((fix) => ({ fix })) })

/**
 * @param {string} path
 * @param {recall.JsonValue} value
 * @returns {recall.PatchOperation}
 */
const add = (path, value) => ({ op: 'add', path, value })
/**
 * @param {string} path
 * @returns {recall.PatchOperation}
 */
const remove = (path) => ({ op: 'remove', path })
/**
 * @param {string} from
 * @param {string} path
 * @returns {recall.PatchOperation}
 */
const move = (from, path) => ({ op: 'move', from, path })

describe('applying fixes', () => {
  it('gives an object for an object, and leaves the input as it is', () => {
    const input = around({ video_separate_png: {}, metadata: { a: 'b' } })
    const before = structuredClone(input)
    Object.freeze(input.body)
    const result = mended(input)
    assert.deepEqual(result.body, { video_separate_png: {}, metadata: { a: 'b' }, video_mixed_layout: 'gallery_view_v2' })
    assert.deepEqual(input, before)
    assert.deepEqual(startRecording.check(result).issues, [])
  })

  it('gives text for text, with the indentation and the order that it has', () => {
    const text = '{\n    "video_separate_mp4": {},\n    "metadata": { "a": "b" }\n}\n'
    const wanted = '{\n    "video_separate_mp4": {},\n    "metadata": {\n        "a": "b"\n    },\n    "video_mixed_layout": "gallery_view_v2"\n}\n'
    assert.equal(mended(around(text)).body, wanted)
    assert.equal(applyFixes(text, startRecording.body.check(text)), wanted)
    assert.equal(mended(around('{"video_separate_mp4":{}}')).body, '{"video_separate_mp4":{},"video_mixed_layout":"gallery_view_v2"}')
  })

  it('gives bytes for bytes', () => {
    const bytes = new TextEncoder().encode('{"video_separate_mp4":{},"metadata":{"ä":"é"}}')
    const before = bytes.slice()
    for (const result of [mended(around(bytes)).body, applyFixes(bytes, startRecording.body.check(bytes))]) {
      assert.ok(result instanceof Uint8Array)
      assert.equal(startRecording.body.check(result).ok, true)
    }
    assert.deepEqual(bytes, before)
  })

  it('mends parameters beside a body that is text', () => {
    const input = /** @type {any} */ ({ ...around('{"video_separate_mp4":{}}'), region: undefined, Region: 'us-west-2' })
    const result = mended(input)
    assert.equal(result.region, 'us-west-2')
    assert.equal(typeof result.body, 'string')
    assert.equal(startRecording.check(result).ok, true)
  })

  it('gives the input itself when there is nothing to mend', () => {
    for (const body of [{}, '{ }', '{ "metadata":', { retention: 7 }, new Uint8Array([0xff])]) {
      const input = around(body)
      assert.equal(mended(input), input)
    }
    assert.equal(applyFixes('{ "a": 1 }', reportOf([remove('/b')])), '{ "a": 1 }')
  })

  it('follows elements that earlier fixes have moved', () => {
    const list = { list: ['a', 'b', 'c', 'd'] }
    const from = (/** @type {any} */ ...fixes) => applyFixes(list, reportOf(...fixes)).list
    assert.deepEqual(from([remove('/list/1')], [remove('/list/3')]), ['a', 'c'])
    assert.deepEqual(from([remove('/list/3')], [remove('/list/1')]), ['a', 'c'])
    assert.deepEqual(from([remove('/list/1'), add('/list/1', 'B')], [remove('/list/2'), add('/list/2', 'C')]), ['a', 'B', 'C', 'd'])
    assert.deepEqual(from([add('/list/1', 'new')], [remove('/list/2')]), ['a', 'new', 'b', 'd'])
    assert.deepEqual(from([remove('/list/0')], [add('/list/-', 'e')]), ['b', 'c', 'd', 'e'])
    const nested = { rows: [{ x: 1 }, { y: 1 }, { z: 1 }] }
    assert.deepEqual(applyFixes(nested, reportOf([remove('/rows/0')], [move('/rows/2/z', '/rows/2/w')])).rows, [{ y: 1 }, { w: 1 }])
  })

  it('leaves a fix for the next check when an earlier one has changed its place', () => {
    const input = { a: 1, b: 2 }
    const from = (/** @type {any} */ ...fixes) => applyFixes(/** @type {any} */ (input), reportOf(...fixes))
    assert.deepEqual(from([add('/c', 1)], [add('/c', 2)]), { a: 1, b: 2, c: 1 })
    assert.deepEqual(from([move('/a', '/c')], [move('/b', '/c')]), { b: 2, c: 1 })
    assert.deepEqual(from([remove('/a')], [remove('/a')]), { b: 2 })
    assert.deepEqual(from([add('/c', { d: 1 })], [add('/c/e', 2)]), { a: 1, b: 2, c: { d: 1 } })
    assert.deepEqual(from([add('/c', 1)], [move('/a', '')]), { a: 1, b: 2, c: 1 })
  })

  it('puts what several fixes need into one parent', () => {
    const fixes = [[add('/a', {}), add('/a/b', 1)], [add('/a', {}), add('/a/c', 2)], [add('/a', {}), add('/a/b', 1)]]
    assert.deepEqual(applyFixes(/** @type {any} */ ({}), reportOf(...fixes)), { a: { b: 1, c: 2 } })
  })

  it('applies a whole fix or nothing of it', () => {
    const input = { a: 1, list: [1, 2] }
    for (const impossible of [remove('/x'), add('/a/b', 1), add('/list/9', 1), move('/x', '/y'), remove('/list/-'), remove('')]) {
      assert.equal(applyFixes(input, reportOf([remove('/list/0'), add('/b', 1), impossible])), input)
    }
  })

  it('does not hand the values of the report out', () => {
    const value = { b: 1 }
    const result = applyFixes(/** @type {any} */ ({}), reportOf([add('/a', value)]))
    result.a.b = 2
    assert.equal(value.b, 1)
  })

  it('writes `__proto__` as a key like any other', () => {
    const input = JSON.parse('{"__proto__":{"a":1},"list":[]}')
    const result = applyFixes(input, reportOf([add('/__proto__/b', 2)], [move('/__proto__/a', '/list/0')], [add('/constructor', 1)]))
    assert.equal(JSON.stringify(result), '{"__proto__":{"b":2},"list":[1],"constructor":1}')
    assert.equal(Object.getPrototypeOf(result), Object.prototype)
    const added = applyFixes(/** @type {any} */ ({}), reportOf([add('/__proto__', { polluted: 1 })]))
    assert.deepEqual([Object.keys(added), added.polluted], [['__proto__'], undefined])
    assert.equal(/** @type {any} */ ({}).b, undefined)
    assert.equal(applyFixes(/** @type {any} */ ({}), reportOf([add('/__proto__/polluted', 1)])).polluted, undefined)
  })

  it('of a report that `build` throws is the same', () => {
    const input = around({ video_separate_mp4: {} })
    try {
      startRecording.build(input)
      assert.fail()
    } catch (error) {
      assert.ok(error instanceof recall.RequestInvalidError)
      assert.deepEqual(applyFixes(input, error), mended(input))
    }
  })
})

describe('the fix of a rule', () => {
  const document = JSON.parse(readFileSync(new URL('../../wasm/specs/recall.json', import.meta.url), 'utf8'))
  /** @type {{ id: string, fix?: unknown[] }[]} */
  const rules = document.components.schemas.StartRecordingBody['x-rules']
  /** Vectors in which a rule speaks, with the issue. @type {Map<string, { vector: any, issue: recall.Issue }[]>} */
  const broken = new Map(rules.filter(({ fix }) => fix !== undefined).map(({ id }) => [id, []]))
  for (const vector of vectorFiles('recall').flatMap((file) => file.vectors)) {
    for (const issue of checkVector(vector).issues) {
      if (issue.fix !== undefined) broken.get(issue.rule ?? '')?.push({ vector, issue })
    }
  }

  for (const [rule, cases] of broken) {
    it(`mends, alone, what breaks ${rule}`, () => {
      assert.ok(cases.length > 0, 'a vector breaks it')
      for (const { vector, issue } of cases) {
        const { issues } = checkVector(vector, applyFixes(/** @type {any} */ (subjectOf(vector)), { issues: [issue] }))
        const left = issues.filter(({ rule, pointer }) => rule === issue.rule && pointer === issue.pointer)
        assert.deepEqual(left, [], vector.name)
      }
    })
  }
})

/**
 * @param {import('../vectors/vectors.mjs').Vector} vector
 * @param {any} [subject] another one than the vector's
 */
function checkVector(vector, subject = subjectOf(vector)) {
  const operation = startRecording.with(vector.options ?? {})
  return vector.subject === 'body' ? operation.body.check(subject) : operation.check(subject)
}
