// Runs pieces of work side by side: each as soon as what it needs is done, and no more at once than there are lanes.

/**
 * @typedef {object} Work
 * @property {string} name
 * @property {readonly string[]} needs names of others that have to succeed first; those that are not among the work count as done
 * @property {(alone: boolean) => Promise<boolean>} run whether it succeeded; alone, nothing else begins before its end
 * @property {(failed: string) => void} skip told instead, when something that it needs has failed
 */

/**
 * What can begin begins in the order of the list.
 * @param {readonly Work[]} works
 * @param {number} lanes
 */
export async function sideBySide(works, lanes) {
  const waiting = [...works]
  /** @type {Map<string, boolean>} */
  const ended = new Map()
  /** @type {Map<string, Promise<void>>} */
  const running = new Map()
  const names = new Set(works.map(({ name }) => name))

  /** @param {Work} work */
  const isReady = ({ needs }) => needs.every((name) => !names.has(name) || ended.has(name))

  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex(isReady)
    if (next === -1 || running.size === lanes) {
      if (running.size === 0) throw new Error(`${waiting.map(({ name }) => name).join(', ')} wait for each other.`)
      await Promise.race(running.values())
      continue
    }
    const [work] = /** @type {[Work]} */ (waiting.splice(next, 1))
    const failed = work.needs.find((name) => ended.get(name) === false)
    if (failed === undefined) {
      const alone = lanes === 1 || (running.size === 0 && !waiting.some(isReady))
      running.set(work.name, work.run(alone).then((succeeded) => end(work.name, succeeded)))
    } else {
      work.skip(failed)
      ended.set(work.name, false)
    }
  }

  /**
   * @param {string} name
   * @param {boolean} succeeded
   */
  function end(name, succeeded) {
    ended.set(name, succeeded)
    running.delete(name)
  }
}
