// A clock that a test moves on: hours pass in a moment, and a machine that is busy makes no difference.

/**
 * Takes the clock and the timers over for the time of one test.
 * @param {import('node:test').TestContext} context
 * @param {number} [step] milliseconds by which time moves on
 */
export function virtualTime(context, step = 10) {
  const { timers } = context.mock
  timers.enable({ apis: ['setTimeout', 'Date'], now: Date.parse('2026-11-21T09:00:00Z') })
  context.mock.method(performance, 'now', () => Date.now())
  return {
    /**
     * Lets time pass until all of them are settled.
     * @template Value
     * @param {readonly PromiseLike<Value>[]} promises
     */
    async settled(promises) {
      let open = true
      const all = Promise.allSettled(promises).finally(() => (open = false))
      while (open) {
        // What has been begun in this moment ends in it.
        for (let turn = 0; turn < 3; ++turn) await new Promise(setImmediate)
        if (open) timers.tick(step)
      }
      return all
    },
  }
}
