import * as recreq from 'recreq'
import { digestOf } from '../program.mjs'

export default {
  /** @param {Request} request */
  async fetch(request) {
    return Response.json(await digestOf(recreq, await request.json()))
  },
}
