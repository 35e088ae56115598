// Has a runtime play the scenario, and puts together what it told and what its services have seen.
import { startServices } from './services.mjs'

/**
 * What came of each step: what the runtime told, and what arrived at the step's services.
 * @typedef {Record<string, { told: unknown, seen: unknown }>} Played
 */

const refusalInPages = 'InvalidOptionsError of dangerouslyAllowBrowser'

/**
 * @param {string} project the folder in which the package is installed
 * @param {(places: Record<string, import('./clients.mjs').Place>) => Promise<import('./steps.mjs').Told>} play
 * @returns {Promise<Played>}
 */
export async function playedOnServer(project, play) {
  const services = await startServices(project)
  /** @type {import('./steps.mjs').Told} */
  let told
  try {
    told = await play(services.places)
  } finally {
    await services.stop()
  }
  return putTogether(told, services.seen(), undefined)
}

/**
 * @param {import('./steps.mjs').Told | undefined} told
 * @param {Record<string, unknown>} seen
 * @returns {Played}
 */
export function playedInPage(told, seen) {
  return putTogether(told, seen, refusalInPages)
}

/**
 * @param {import('./steps.mjs').Told | undefined} told
 * @param {Record<string, unknown>} seen
 * @param {string | undefined} expected
 */
function putTogether(told, seen, expected) {
  if (told === undefined) throw new Error('the scenario was not played')
  if (told.refusal !== expected)
    throw new Error(`a client with a credential gives ${told.refusal ?? 'no error'} here, and not ${expected ?? 'none'}`)
  return Object.fromEntries(Object.entries(told.transcript).map(([name, each]) => [name, { told: each, seen: seen[name] }]))
}
