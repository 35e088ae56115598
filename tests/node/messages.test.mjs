// Translations: every sentence can be another one, by its key in the catalogue or by the id of a rule.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { InvalidOptionsError } from 'recreq'
import * as recall from 'recreq/recall'
import { thrownBy } from './recall-input.mjs'

const { startRecording } = recall
/** @type {Record<string, string>} */
const english = JSON.parse(readFileSync(new URL(import.meta.resolve('recreq/messages/en.json')), 'utf8'))

/**
 * @param {Record<string, string>} messages
 * @param {any} body
 */
const messagesOf = (messages, body) => startRecording.with({ messages }).body.check(body).issues.map(({ message }) => message)

describe('messages', () => {
  it('are worded by the translation where it has one', () => {
    const messages = {
      'unknown-key.suggestion': '„{key}“ gibt es nicht. „{suggestion}“?',
      type: '{actual} statt {expected}',
      'list.or': '{values} / {last}',
      'value.boolean': 'ein Wahrheitswert',
      'recall/separate-video-layout': 'Nur mit gallery_view_v2.',
    }
    const body = { video_separate_png: {}, video_mixed_mp5: {}, metadata: true, retention: true }
    assert.deepEqual(messagesOf(messages, body).sort(), [
      'Nur mit gallery_view_v2.',
      'ein Wahrheitswert statt an object',
      'ein Wahrheitswert statt an object / null',
      '„video_mixed_mp5“ gibt es nicht. „video_mixed_mp4“?',
    ])
  })

  it('say why text is no JSON', () => {
    assert.deepEqual(messagesOf({ syntax: 'Kein JSON: {problem}', 'problem.colon': 'Doppelpunkt' }, '{"a" 1}'), ['Kein JSON: Doppelpunkt'])
  })

  it('that JavaScript makes by itself are translated, too', () => {
    const messages = { 'not-json': '{found} – {advice}', 'advice.bigint': 'Zahl!', 'too-deep': 'tiefer als {limit}', cycle: 'Kreis' }
    assert.deepEqual(messagesOf(messages, { a: 1n }), ['BigInt – Zahl!'])
    const circle = {}
    Object.assign(circle, { circle })
    assert.deepEqual(messagesOf(messages, circle), ['Kreis'])
    const deep = startRecording.with({ messages, limits: { depth: 1 } }).body.check({ metadata: {} })
    assert.equal(deep.issues[0]?.message, 'tiefer als 1')
  })

  it('fall back to English one by one, and later translations are laid over earlier ones', () => {
    const first = startRecording.with({ messages: { constant: 'eins', syntax: 'zwei' } })
    const second = first.with({ messages: { syntax: 'drei' } })
    assert.equal(second.body.check('{').issues[0]?.message, 'drei')
    assert.equal(first.body.check('{').issues[0]?.message, 'zwei')
    assert.match(second.body.check('[').issues[0]?.message ?? '', /drei/)
    assert.match(messagesOf({ constant: 'x' }, { a: 1 })[0] ?? '', /^"a" is not known here/)
  })

  it('are all in the catalogue', () => {
    const marked = Object.fromEntries(Object.entries(english).map(([key, text]) => [key, `@${text}`]))
    const operation = startRecording.with({ messages: marked, rules: {} })
    const wrong = [
      { a: 1n }, { a: new Date() }, '{', '{"a":1,"a":1}', '\ufeff{}', '{"a":1e400}', { metadata: 7 }, { start_recording_on: 'x' },
      { retention: {} }, { retention: { type: 'timed', hours: -1 } }, { transcript: { provider: {} } }, '', '[1,]', '// x', '"\\x"',
    ]
    for (const body of wrong) {
      for (const { message, rule } of operation.body.check(/** @type {any} */ (body)).issues) {
        if (rule === undefined) assert.match(message, /^@/)
      }
    }
  })

  it('do not change what an issue says to programs', () => {
    const body = { metadata: true }
    const [plain] = startRecording.body.check(/** @type {any} */ (body)).issues
    const [translated] = startRecording.with({ messages: { type: 'x' } }).body.check(/** @type {any} */ (body)).issues
    assert.deepEqual({ ...translated, message: '' }, { ...plain, message: '' })
  })

  for (const [name, messages, message] of /** @type {[string, any, RegExp][]} */ ([
    ['a key that there is not', { 'unknwon-key': 'x' }, /unknwon-key/],
    ['a text that is none', { type: 7 }, /is a text/],
    ['no object', ['x'], /is an object/],
  ])) {
    it(`are refused at once: ${name}`, () => {
      const error = thrownBy(() => startRecording.with({ messages }))
      assert.ok(error instanceof InvalidOptionsError)
      assert.match(error.message, message)
    })
  }
})
