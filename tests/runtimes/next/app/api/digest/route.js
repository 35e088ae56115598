// An edge route that runs the cases that are posted.
import * as recreq from 'recreq'
import { digestOf } from '../../../program.mjs'

export const runtime = 'edge'

/** @param {Request} request */
export async function POST(request) {
  return Response.json(await digestOf(recreq, await request.json()))
}
