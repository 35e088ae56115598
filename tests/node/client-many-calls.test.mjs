// Many calls at once against stand-ins that fail in every way: no call records twice, and none is lost without an error.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { startStandIn } from 'recreq/stand-in'
import { realtimekitClient, recallClient, videosdkClient } from './fake-service.mjs'

const calls = 300
const kinds = ['ok', '429:0', '503', 'reset', 'reset-after', '500', '500-after', 'cut', 'html', 'slow:5', '401', '404']
// Each kind after each other, so that repetitions meet further failures.
const failures = Array.from({ length: calls * 2 }, (_, i) => kinds[(i * 7 + Math.floor(i / kinds.length)) % kinds.length] ?? 'ok')

/** @type {[import('recreq/stand-in').ProviderName, (baseUrl: string, name: string) => PromiseLike<unknown>, (entry: any) => string | undefined][]} */
const providers = [
  ['recall', (url, name) => recallClient(url).startRecording({ id: name }), ({ path }) => path.split('/')[4]],
  [
    'realtimekit',
    (url, name) => realtimekitClient(url).startRecording({ body: { meeting_id: name } }),
    ({ body }) => body?.meeting_id,
  ],
  ['videosdk', (url, name) => videosdkClient(url).startRecording({ body: { roomId: name } }), ({ body }) => body?.roomId],
]

describe(`${calls} starts at once, with failures of every kind`, () => {
  for (const [provider, start, nameOf] of providers)
    it(`${provider}: each records at most once, exactly once when it says so, and not when it says so`, async (context) => {
      const standIn = await startStandIn({ fail: failures, rateLimit: false })
      context.after(() => standIn.stop())
      const names = Array.from({ length: calls }, () => randomUUID())
      const outcomes = await Promise.allSettled(names.map((name) => start(standIn.baseUrl(provider), name)))

      /** @type {Map<string | undefined, number>} */
      const recorded = new Map()
      for (const entry of standIn.journal)
        if (entry.started !== undefined) recorded.set(nameOf(entry), (recorded.get(nameOf(entry)) ?? 0) + 1)

      /** @type {Record<string, number>} */
      const counts = {}
      for (const [index, outcome] of outcomes.entries()) {
        const times = recorded.get(names[index]) ?? 0
        const reason = outcome.status === 'fulfilled' ? undefined : outcome.reason
        const kind = reason?.name ?? 'answered'
        counts[kind] = (counts[kind] ?? 0) + 1
        assert.ok(times <= 1, `${kind}: recorded ${times} times`)
        if (kind === 'answered') assert.equal(times, 1, 'an answer without a recording')
        // Only then may there be a recording that nobody was told of.
        else if (kind !== 'OutcomeUnknownError') assert.equal(times, 0, `${kind}: ${String(reason)}`)
      }
      assert.ok((counts['answered'] ?? 0) > calls / 10, JSON.stringify(counts))
      assert.ok((counts['OutcomeUnknownError'] ?? 0) > 0, JSON.stringify(counts))
      context.diagnostic(`${provider}: ${standIn.journal.length} requests, ${JSON.stringify(counts)}`)
    })
})
