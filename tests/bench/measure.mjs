// How long a call takes, for several contestants side by side: they take turns in short rounds, so that a slower moment of
// the machine hits all of them, and the median round counts.

const roundMilliseconds = 30
const rounds = 25
const warmUpRounds = 6

// Results go here, so that no call can be left out as useless.
export const sink = { characters: 0 }

/**
 * @param {Record<string, () => { length: number }>} contestants
 * @returns {Record<string, number>} nanoseconds per call
 */
export function measure(contestants) {
  const runners = Object.entries(contestants).map(([name, call]) => ({ name, call, calls: 100, times: /** @type {number[]} */ ([]) }))
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    for (const runner of runners) {
      const elapsed = time(runner.call, runner.calls)
      if (round >= warmUpRounds) runner.times.push((elapsed / runner.calls) * 1e6)
      else runner.calls = Math.max(10, Math.round((runner.calls * roundMilliseconds) / elapsed))
    }
  }
  return Object.fromEntries(runners.map(({ name, times }) => [name, median(times)]))
}

/**
 * @param {() => { length: number }} call
 * @param {number} calls
 */
function time(call, calls) {
  const start = performance.now()
  for (let i = 0; i < calls; i += 1) sink.characters += call().length
  return performance.now() - start
}

/** @param {number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
