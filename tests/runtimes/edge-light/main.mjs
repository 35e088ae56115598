import * as recreq from 'recreq'
import { digestOf } from '../program.mjs'
import * as modules from '../scenario/modules.mjs'
import { play } from '../scenario/steps.mjs'

Object.assign(globalThis, {
  /** @param {string} input */
  async run(input) {
    const { cases, places } = JSON.parse(input)
    return JSON.stringify({ ...(await digestOf(recreq, cases)), told: await play(modules, places) })
  },
})
