// Runs the cases wherever a browser runs scripts - a page, a Worker, a Service Worker - and tells the server what came out.
import * as recreq from 'recreq'
import { digestOf } from '../program.mjs'

const way = new URL(location.href).searchParams.get('way') ?? 'page'

/** Settled when the server knows. */
export const told = outcome().then((body) => fetch(`/result?way=${way}`, { method: 'POST', body: JSON.stringify(body) }))

/** @returns {Promise<object>} */
async function outcome() {
  try {
    const cases = await (await fetch('/cases.json')).json()
    return await digestOf(recreq, cases)
  } catch (error) {
    return { error: String(error) }
  }
}
