// What people download does not grow unnoticed: each part is compared with the budget that is committed beside the benchmark.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { budget, downloads } from '../bench/sizes.mjs'

// Compressors differ by some bytes, and a sentence more is no matter.
const tolerance = 1.01

describe('the size after gzip', async () => {
  const measured = await downloads()
  const known = budget()

  it('has a budget for every part, and no other', () => {
    assert.deepEqual(Object.keys(known), Object.keys(measured))
  })

  for (const [title, { gzip, goal }] of Object.entries(known)) {
    it(`of ${title} is within its budget`, (context) => {
      const now = measured[title]?.gzip ?? 0
      if (goal !== undefined) context.diagnostic(`${kilobytes(now)}; goal: ${kilobytes(goal)}`)
      assert.ok(now <= gzip * tolerance, `${title}: ${kilobytes(now)}, and was ${kilobytes(gzip)}.\n${whatGrew()}`)
    })
  }

  function whatGrew() {
    const grown = Object.entries(known).filter(([title, { gzip }]) => (measured[title]?.gzip ?? 0) > gzip)
    const lines = grown.map(([title, { gzip }]) => `  ${title}: ${(measured[title]?.gzip ?? 0) - gzip} bytes more`)
    return [
      'What grew:',
      ...lines,
      '`npm run size` says what is in there. If it is worth its size: `npm run size -- --update`, and commit the budget.',
    ].join('\n')
  }
})

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`
}
