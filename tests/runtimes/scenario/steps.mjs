// What a client and a gateway do, step by step, against services that the host starts for each step. A step gives what came
// of it as JSON, without times, ids and addresses, so that every runtime gives the same. Nothing in here is of a particular
// runtime; a page asks the host's gateway, since it cannot have one of its own.

import {
  apiKey,
  bytesOf,
  described,
  gatewayOf,
  hidden,
  journalOf,
  realtimekitClient,
  recallClient,
  rejection,
  retry,
  secret,
  shownAnswer,
  textOf,
  thrownBy,
  videosdkClient,
} from './clients.mjs'

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly string[]} [fail] what the stand-in does to the step's calls, as it takes it
 * @property {boolean} [isTimed] how far its calls get depends on the machine: what arrives is not compared
 * @property {boolean} [isResent] browsers send its calls again by themselves, over HTTP/1.1 and on a connection that they have used
 * before: they get a new one for each
 * @property {(given: import('./clients.mjs').Given) => Promise<unknown>} run
 */

const id = '3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55'
const meeting_id = '97440c6a-140b-40a9-9499-b23fd7a3868a'
const statuses = [400, 401, 402, 403, 404, 405, 429, 502, 503, 504]

/** @type {readonly Step[]} */
export const steps = [
  {
    name: 'a start',
    async run(given) {
      const client = recallClient(given)
      const input = { id, body: { metadata: { title: 'Besprechung – ☕ 会議' }, video_mixed_layout: 'gallery_view_v2' } }
      const { method, url, headers, body } = client.startRecording.build(input)
      const { value, response } = await client.startRecording(input).withResponse()
      const [{ status, metadata }] = value.recordings
      return { method, url: hidden(given, url), headers: Object.keys(headers).sort(), body, answered: response.status, status: status.code, metadata }
    },
  },
  {
    name: 'a start of bytes',
    run: async (given) => {
      const body = new TextEncoder().encode('{ "retention": { "type": "timed", "hours": 72.0 } }')
      return (await recallClient(given).startRecording({ id, body })).recordings.length
    },
  },
  {
    name: 'an input with errors',
    run: (given) => thrownBy(given, () => recallClient(given).startRecording({ id, body: { video_mixed_layout: 'grid', real_time_endpoints: [] } })),
  },
  {
    name: 'a 422 of the service',
    fail: ['422'],
    run: (given) => thrownBy(given, () => realtimekitClient(given).startRecording({ body: { meeting_id } })),
  },
  {
    name: 'a 429 that says how long to wait',
    fail: ['429:1'],
    async run(given) {
      /** @type {unknown[]} */
      const told = []
      const hooks = {
        onRequest: ({ attempt }) => told.push(`try ${attempt}`),
        onResponse: ({ status }) => told.push(status),
        onRetry: ({ reason, delay }) => told.push(`${reason}, again in ${delay} ms`),
      }
      const { recordings } = await recallClient(given, { hooks }).startRecording({ id })
      return [...told, recordings.length]
    },
  },
  {
    name: 'a lost answer, under a key',
    fail: ['reset-after', '503'],
    run: async (given) => (await recallClient(given).startRecording({ id })).recordings.length,
  },
  {
    name: 'a lost answer, without a key',
    // Deno would send it again by itself, since it has used the connection before.
    fail: ['ok', 'reset-after'],
    isResent: true,
    async run(given) {
      const client = realtimekitClient(given)
      await client.getAllRecordings({ meeting_id })
      const error = await rejection(client.startRecording({ body: { meeting_id } }))
      const { tookEffect, evidence, message } = await error.reconcile()
      return [described(given, error), tookEffect, evidence.status, message]
    },
  },
  {
    name: 'half an answer, again and again',
    fail: ['cut', 'cut', 'cut'],
    run: (given) => thrownBy(given, () => recallClient(given).retrieveBot({ id })),
  },
  {
    name: 'no answer in time',
    fail: ['timeout'],
    isTimed: true,
    run: (given) => timedOut(given),
  },
  {
    name: 'an answer that never ends',
    fail: ['stall'],
    isTimed: true,
    run: (given) => timedOut(given),
  },
  {
    name: 'nobody there',
    async run(given) {
      const { name, attempts } = await rejection(recallClient(given, { baseUrl: given.place.closed }).retrieveBot({ id }))
      return [name, attempts]
    },
  },
  {
    name: 'an address that leads elsewhere',
    async run(given) {
      const { name, attempts } = await rejection(recallClient(given, { baseUrl: given.place.elsewhere }).retrieveBot({ id }))
      return [name, attempts]
    },
  },
  {
    name: 'a page of HTML',
    fail: ['html'],
    run: (given) => thrownBy(given, () => recallClient(given, { retry: false }).retrieveBot({ id })),
  },
  {
    name: 'every status',
    fail: statuses.map(String),
    async run(given) {
      const client = recallClient(given, { retry: false, limiter: false })
      const errors = []
      while (errors.length < statuses.length) errors.push(await thrownBy(given, () => client.retrieveBot({ id })))
      return errors
    },
  },
  {
    name: 'a list, page after page, under tokens made on demand',
    async run(given) {
      const client = videosdkClient(given)
      for (const roomId of ['aaaa-aaaa-aaaa', 'bbbb-bbbb-bbbb', 'cccc-cccc-cccc']) await client.startRecording({ body: { roomId } })
      const rooms = []
      for await (const { roomId } of client.listRecordings({ perPage: 1 })) rooms.push(roomId)
      const sizes = []
      for await (const { data } of client.listRecordings({ perPage: 2 }).pages()) sizes.push(data.length)
      return { rooms, sizes }
    },
  },
  {
    name: 'aborted before, on the way, and in a wait',
    fail: ['timeout', '429:60'],
    async run(given) {
      const before = await rejection(recallClient(given).startRecording({ id }, { signal: AbortSignal.abort() }))
      const sending = new AbortController()
      const onTheWay = rejection(recallClient(given).startRecording({ id }, { signal: sending.signal }))
      while ((await journalOf(given)).length === 0) continue
      sending.abort()
      const waiting = new AbortController()
      const reason = new Error('The user has left.')
      const hooks = { onRetry: () => waiting.abort(reason) }
      const inAWait = await rejection(recallClient(given, { hooks }).startRecording({ id }, { signal: waiting.signal }))
      return [before.name, (await onTheWay).name, inAWait === reason]
    },
  },
  {
    name: 'what cannot be right',
    async run(given) {
      const wrong = [
        { credentials: { apiKey: 'a-placeholder\nand-no-key' } },
        { credentials: { apiKey: 'Token a-placeholder-and-no-key' } },
        { credentials: {} },
        { baseUrl: 'http://api.example' },
        { baseUrl: 'https://api.example' },
        { region: 'us-east-2' },
        { retries: 3 },
      ]
      return Promise.all(wrong.map((options) => thrownBy(given, () => recallClient(given, options).retrieveBot({ id }))))
    },
  },
  {
    name: 'a token',
    async run({ client }) {
      const token = await client.mintVideoSdkToken({ apiKey, secret, permissions: ['allow_join', 'allow_mod'], roomId: 'abcd-efgh-ijkl', expiresIn: 600 })
      const [head, claims, signature] = token.split('.')
      const { iat, exp, ...others } = JSON.parse(textOf(claims))
      const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
      const isSigned = await crypto.subtle.verify('HMAC', key, bytesOf(signature), new TextEncoder().encode(`${head}.${claims}`))
      return { head: JSON.parse(textOf(head)), lives: exp - iat, others, isSigned }
    },
  },
  {
    name: 'a gateway',
    async run(given) {
      const { ask, url } = gatewayOf(given)
      const json = { 'content-type': 'application/json', authorization: 'Bearer of-anna' }
      const good = JSON.stringify({ id, body: { video_mixed_layout: 'gallery_view_v2' } })
      /** @type {(path: string, body: string, headers?: Record<string, string>) => Promise<Response>} */
      const post = (path, body, headers = json) => ask(new Request(`${url}/${path}`, { method: 'POST', headers, body }))
      const responses = [
        await post('startRecording', good),
        await post('startRecording', good, { 'content-type': 'application/json' }),
        await post('startRecording', good, { ...json, 'content-type': 'text/plain' }),
        await post('startRecording?region=eu-central-1', good),
        await post('startRecording', '{"id":'),
        await post('startRecording', JSON.stringify({ id, body: { video_mixed_layout: 'grid' } })),
        await post('startRecording', JSON.stringify({ id, body: { realtime_endpoints: [] } })),
        await post('retrieveBot', good),
        await ask(new Request(`${url}/startRecording`, { headers: json })),
      ]
      return Promise.all(responses.map((response) => shownAnswer(given, response)))
    },
  },
  {
    name: "a gateway's client",
    fail: ['ok', 'reset-after', 'ok', '404'],
    async run(given) {
      const { recall, gatewayClient } = given
      const { ask, url } = gatewayOf(given)
      const headers = { authorization: 'Bearer of-anna' }
      const options = { url, headers, retry, ...(given.place.gateway === undefined && { fetch: ask }) }
      const client = gatewayClient.createGatewayClient(recall, options)
      const bad = { id, body: { video_mixed_layout: 'grid' } }
      const local = await rejection(client.startRecording(bad))
      const remote = await rejection(gatewayClient.createGatewayClient(recall, { ...options, check: false }).startRecording(bad))
      const stranger = gatewayClient.createGatewayClient(recall, { ...options, headers: {} })
      return {
        started: (await client.startRecording({ id })).recordings.length,
        startedOnce: (await client.startRecording({ id })).recordings.length,
        issues: local.issues.length,
        sameIssues: JSON.stringify(local.issues) === JSON.stringify(remote.issues),
        remote: described(given, remote),
        unknown: await thrownBy(given, () => client.stopRecording({ id })),
        stranger: await thrownBy(given, () => stranger.stopRecording({ id })),
      }
    },
  },
]

/** @param {import('./clients.mjs').Given} given */
async function timedOut(given) {
  const { name, message, attempts } = await rejection(recallClient(given, { retry: false, timeout: 1000 }).retrieveBot({ id }))
  return { name, message, attempts }
}

/**
 * All of it: the transcript, and whether a credential is refused here.
 * @param {import('./clients.mjs').Modules} modules
 * @param {Readonly<Record<string, import('./clients.mjs').Place>>} places by the name of the step
 * @returns {Promise<Told>}
 *
 * @typedef {{ transcript: Record<string, unknown>, refusal: string | undefined }} Told
 */
export async function play(modules, places) {
  return { transcript: await transcriptOf(modules, places), refusal: refusalHere(modules) }
}

/**
 * What came of each step, by its name. The steps run side by side: none waits for another's.
 * @param {import('./clients.mjs').Modules} modules
 * @param {Readonly<Record<string, import('./clients.mjs').Place>>} places by the name of the step
 * @returns {Promise<Record<string, unknown>>}
 */
async function transcriptOf(modules, places) {
  const outcomes = steps.map(async ({ name, run }) => {
    try {
      return [name, await run({ ...modules, place: places[name] })]
    } catch (error) {
      return [name, `failed: ${error instanceof Error ? (error.stack ?? error) : error}`]
    }
  })
  return Object.fromEntries(await Promise.all(outcomes))
}

/**
 * The error that a client with a credential throws in a page, where everybody can read it; undefined elsewhere.
 * @param {import('./clients.mjs').Modules} modules
 * @returns {string | undefined}
 */
function refusalHere({ recall, client }) {
  try {
    client.createClient(recall, { region: 'us-west-2', credentials: { apiKey } })
    return undefined
  } catch (error) {
    const { name, option } = /** @type {any} */ (error)
    return `${name} of ${option}`
  }
}
