// How the steps of the scenario call the package, and how they tell what came of it: without what is another each time.

/**
 * @typedef {object} Modules the package's entries, by what they are
 * @property {any} recall
 * @property {any} realtimekit
 * @property {any} videosdk
 * @property {any} client
 * @property {any} gateway
 * @property {any} gatewayClient
 *
 * @typedef {object} Place where a step finds what the host has started for it
 * @property {string} origin of the stand-in
 * @property {Record<string, string>} baseUrls by provider
 * @property {string} closed an origin at which nobody listens
 * @property {string} elsewhere an address that leads to another origin
 * @property {string} [gateway] in a page: the address of the host's gateway
 *
 * @typedef {Modules & { place: Place }} Given
 */

export const apiKey = '00000000-0000-4000-8000-000000000000'
export const secret = 'a-placeholder-and-no-secret'
const account_id = '023e105f4ecef8ad9ca31a8372d0c353'
const app_id = '2cb3a0f7-0d1c-4a39-9c0a-6e6f5c1b9d01'
const outside = 'https://app.example/api/recordings'
// Repetitions come at once, but for what a service asks for.
export const retry = { limit: 2, backoff: 0 }

/**
 * The gateway of the scenario; the host has the same for pages.
 * @param {Modules} modules
 * @param {Place} place
 * @param {string} basePath
 * @returns {(request: Request) => Promise<Response>}
 */
export function createScenarioGateway({ recall, gateway }, { baseUrls }, basePath) {
  return gateway.createGateway(recall, {
    basePath,
    baseUrl: baseUrls.recall,
    region: 'us-west-2',
    credentials: { apiKey },
    operations: ['startRecording', 'stopRecording'],
    authorize: (request) => (request.headers.get('authorization') === 'Bearer of-anna' ? { id: 'anna' } : null),
    retry,
  })
}

/** @param {Given} given */
export function gatewayOf(given) {
  const { place } = given
  if (place.gateway !== undefined) return { ask: (/** @type {Request} */ request) => fetch(request), url: place.gateway }
  return { ask: createScenarioGateway(given, place, new URL(outside).pathname), url: outside }
}

// Each step has a credential of its own: the limits of one are shared by all clients, and so are its waits.

/**
 * @param {Given} given
 * @param {object} [options]
 */
export function recallClient({ recall, client, place }, options) {
  const credentials = { apiKey: `a-placeholder-and-no-key-${place.origin.split(':').at(-1)}` }
  const { recall: baseUrl } = place.baseUrls
  return client.createClient(recall, { region: 'us-west-2', credentials, baseUrl, retry, dangerouslyAllowBrowser: true, ...options })
}

/** @param {Given} given */
export function realtimekitClient({ realtimekit, client, place }) {
  const credentials = { apiToken: `a-placeholder-and-no-token-${place.origin.split(':').at(-1)}` }
  const { realtimekit: baseUrl } = place.baseUrls
  return client.createClient(realtimekit, { credentials, parameters: { account_id, app_id }, baseUrl, retry, dangerouslyAllowBrowser: true })
}

/** @param {Given} given */
export function videosdkClient({ videosdk, client, place }) {
  return client.createClient(videosdk, { credentials: { apiKey, secret }, baseUrl: place.baseUrls.videosdk, retry, dangerouslyAllowBrowser: true })
}

/** @param {Given} given */
export async function journalOf({ place }) {
  return (await fetch(`${place.origin}/__recreq__/journal`)).json()
}

/**
 * @param {Given} given
 * @param {() => PromiseLike<unknown>} call
 */
export async function thrownBy(given, call) {
  return described(given, await rejection(new Promise((resolve) => resolve(call()))))
}

/**
 * What a person sees of an error: by which of the package's classes it is known, and what it says.
 * @param {Given} given
 * @param {any} error
 */
export function described(given, error) {
  const { client } = given
  const classes = Object.keys(client).filter((name) => /Error$/.test(name) && error instanceof client[name])
  const { name, message, operation, url, status, code, attempts, retryAfter, option, credential, issues, cause } = error
  return {
    name,
    classes: classes.sort(),
    message: hidden(given, message),
    ...{ operation, url: hidden(given, url), status, code, attempts, retryAfter, option, credential },
    issues: issues?.map((issue) => [issue.severity, issue.code, issue.pointer, issue.message]),
    // Somebody else's errors are named by each runtime in its own way.
    cause: cause instanceof client.RecreqError ? described(given, cause) : undefined,
    // Where an error shows itself, no credential may.
    isSafe: !/a-placeholder/.test(`${message} ${error.stack} ${JSON.stringify(error)}`),
  }
}

/**
 * @param {Given} given
 * @param {Response} response
 */
export async function shownAnswer(given, response) {
  const { status, headers } = response
  const { recordings, ...answer } = /** @type {any} */ (await response.json())
  const shown = recordings === undefined ? answer : { recordings: recordings.length }
  return [status, headers.get('content-type'), headers.get('cache-control'), hidden(given, JSON.stringify(shown))]
}

/**
 * Addresses are another each time.
 * @param {Given} given
 * @param {string | undefined} text
 */
export function hidden({ place: { origin, gateway = outside } }, text) {
  return text?.replaceAll(new URL(gateway, globalThis.location?.href).href, '(gateway)').replaceAll(gateway, '(gateway)').replaceAll(origin, '(service)')
}

/**
 * @param {PromiseLike<unknown>} promise
 * @returns {Promise<any>}
 */
export async function rejection(promise) {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** @param {string} base64Url */
export function bytesOf(base64Url) {
  return Uint8Array.from(atob(base64Url.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
}

/** @param {string} base64Url */
export function textOf(base64Url) {
  return new TextDecoder().decode(bytesOf(base64Url))
}
