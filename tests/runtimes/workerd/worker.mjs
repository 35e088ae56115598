import * as recreq from 'recreq'
import { digestOf } from '../program.mjs'
import * as modules from '../scenario/modules.mjs'
import { play } from '../scenario/steps.mjs'

export default {
  /** @param {Request} request */
  async fetch(request) {
    const { cases, places } = /** @type {any} */ (await request.json())
    return Response.json({ ...(await digestOf(recreq, cases)), told: await play(modules, places) })
  },
}
