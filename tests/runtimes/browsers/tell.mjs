// Runs the cases and the scenario wherever a browser runs scripts - a page, a Worker, a Service Worker - and tells the server what
// came out.
import * as recreq from 'recreq'
import { digestOf } from '../program.mjs'
import * as modules from '../scenario/modules.mjs'
import { play } from '../scenario/steps.mjs'

const way = new URL(location.href).searchParams.get('way') ?? 'page'

/** Resolves when the server knows. */
export async function tell() {
  await fetch(`/result?way=${way}`, { method: 'POST', body: JSON.stringify(await outcome()) })
}

/** @returns {Promise<object>} */
async function outcome() {
  try {
    const [cases, places] = await Promise.all([fetched('/cases.json'), fetched(`/places.json?way=${way}`)])
    return { ...(await digestOf(recreq, cases)), told: await play(modules, places) }
  } catch (error) {
    return { error: String(error) }
  }
}

/** @param {string} path */
async function fetched(path) {
  return (await fetch(path)).json()
}
