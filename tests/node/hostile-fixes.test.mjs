// Fixes that contradict each other, lead in circles or point nowhere: applying them ends, round after round, and
// mistakes that have a fix end in a clean report.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { applyFixes } from 'recreq'
import * as recall from 'recreq/recall'
import { around } from './recall-input.mjs'

const { startRecording } = recall

/**
 * Checks and applies until nothing changes any more; at most so many rounds.
 * @param {recall.Operation<any, any>} operation
 * @param {any} input
 */
function mend(operation, input, mostRounds = 8) {
  for (let rounds = 0; ; ++rounds) {
    const report = operation.check(input)
    const mended = applyFixes(input, report)
    if (mended === input || rounds === mostRounds) return { input, report, rounds }
    input = mended
  }
}

describe('fixes applied one after another', () => {
  it('end in a clean report, whatever was wrong at once', () => {
    const body = {
      realTimeEndpoints: [
        { type: 'Web-Hook', url: 'https://example.com/a', events: ['participantEvents.join', 'transcript.Data', 'participant_events.joine'] },
        { type: 'websocket', url: 'https://example.com?token=1', events: ['audio_mixed_raw.data'] },
      ],
      transkript: { provider: { deepgramStreaming: { modle: 'nova-3' } } },
      video_separate_mp4: {},
      video_separate_png: {},
      bot_name: 'x',
      variant: {},
      retentoin: { type: 'timd', hours: 1 },
    }
    for (const given of [body, JSON.stringify(body), new TextEncoder().encode(JSON.stringify(body))]) {
      const { input, report, rounds } = mend(startRecording, around(given))
      assert.deepEqual(report.issues.filter(({ fix }) => fix !== undefined), [])
      assert.equal(report.ok, true, JSON.stringify(report.errors))
      assert.ok(rounds <= 4, `${rounds} rounds`)
      assert.equal(typeof input.body, typeof given)
    }
  })

  it('that undo each other change nothing in the end and never loop', () => {
    const contrary = startRecording.with({
      customRules: ['1', '2'].map((hours) => ({
        id: `team/${hours}`,
        check: (/** @type {any} */ { metadata }) =>
          metadata?.hours === hours ? undefined : { message: 'x', fix: [{ op: 'add', path: '/metadata/hours', value: hours }] },
      })),
    })
    const { report, rounds, input } = mend(contrary, around({ metadata: { hours: '0' } }))
    assert.equal(rounds, 8)
    assert.equal(report.errors.length, 1, 'one of the two is always right')
    assert.deepEqual(Object.keys(input.body.metadata), ['hours'])
  })

  it('that make the same mistake again leave it where it was', () => {
    const growing = startRecording.with({
      customRules: [{ id: 'team/grow', check: () => ({ message: 'x', fix: [{ op: 'add', path: '/metadata/a', value: 'b' }] }) }],
    })
    assert.deepEqual(mend(growing, around({ metadata: {} })).input.body, { metadata: { a: 'b' } })
  })

  it('that point into themselves, nowhere or everywhere do nothing', () => {
    const input = { a: { b: {} }, list: [1, 2, 3] }
    /** @type {any[][]} */
    const fixes = [
      [{ op: 'move', from: '/a', path: '/a/b/c' }],
      [{ op: 'move', from: '', path: '/a/b' }],
      [{ op: 'remove', path: '' }],
      [{ op: 'remove', path: '/list/-1' }],
      [{ op: 'remove', path: '/list/00' }],
      [{ op: 'remove', path: '/list/length' }],
      [{ op: 'add', path: '/list/4294967296', value: 1 }],
      [{ op: 'add', path: '/list/1e0', value: 1 }],
      [{ op: 'add', path: '/toString/x', value: 1 }],
      [{ op: 'remove', path: '/constructor' }],
    ]
    for (const fix of fixes) assert.equal(applyFixes(input, { issues: [{ fix }] }), input, JSON.stringify(fix))
  })

  it('by the thousand end as well', () => {
    const input = { list: Array.from({ length: 2_000 }, (_, index) => index) }
    /** @type {{ fix: recall.PatchOperation[] }[]} */
    const issues = input.list.map((index) => ({ fix: [{ op: 'remove', path: `/list/${index}` }] }))
    assert.deepEqual(applyFixes(input, { issues: [...issues, ...issues] }), { list: [] })
    assert.deepEqual(applyFixes(input, { issues: issues.filter((_, index) => index % 2 === 0).reverse() }).list, input.list.filter((index) => index % 2 === 1))
  })
})
