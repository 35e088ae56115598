// Answers on loopback as the provider document says that Recall.ai does: path, credential, idempotency and the bodies of
// the answers all come from wasm/specs/recall.json.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const document = JSON.parse(readFileSync(new URL('../../wasm/specs/recall.json', import.meta.url), 'utf8'))
const path = '/api/v1/bot/{id}/start_recording/'
const operation = document.paths[path].post
const credential = document.components.securitySchemes.tokenAuth
const idempotencyHeader = operation['x-idempotency'].header.toLowerCase()
const [beforeId, afterId] = path.split('{id}')

/**
 * @typedef {{ status: number, headers?: Record<string, string>, body: unknown }} Answer
 */

/**
 * Starts the stand-in on a free port.
 * @param {{ apiKey: string, bot: string }} known the one key that it accepts and the one bot that it has
 * @returns {Promise<{ origin: string, stop(): Promise<void> }>}
 */
export async function startRecallStandIn({ apiKey, bot }) {
  /** @type {Map<string, Answer>} */
  const remembered = new Map()

  const server = createServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const { status, headers, body } = answerTo(request, Buffer.concat(chunks).toString())
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  })

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {string} text
   * @returns {Answer}
   */
  function answerTo({ method, url, headers }, text) {
    if (headers[credential.name.toLowerCase()] !== credential['x-credential'].prefix + apiKey) {
      return { status: 401, headers: { 'www-authenticate': 'Token' }, body: example(401, 'key') }
    }
    if (url !== beforeId + bot + afterId) return { status: 404, body: { detail: 'Not found.' } }
    if (method !== 'POST') return { status: 405, body: { detail: `Method "${method}" not allowed.` } }

    const key = headers[idempotencyHeader]?.toString()
    const earlier = key === undefined ? undefined : remembered.get(key)
    if (earlier !== undefined) return earlier
    const answer = start(text)
    if (key !== undefined) remembered.set(key, answer)
    return answer
  }

  /**
   * @param {string} text
   * @returns {Answer}
   */
  function start(text) {
    let config
    try {
      config = text === '' ? {} : JSON.parse(text)
    } catch {
      return { status: 400, body: { detail: 'The body is not JSON.' } }
    }
    const now = new Date().toISOString()
    const answer = example(200, 'recording')
    answer.id = bot
    answer.status_changes.at(-1).created_at = now
    const recording = answer.recordings.at(-1)
    Object.assign(recording, { id: randomUUID(), created_at: now, started_at: now, metadata: config.metadata ?? {} })
    recording.status.updated_at = now
    return { status: 200, body: answer }
  }

  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    origin: `http://127.0.0.1:${port}`,
    stop() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/**
 * A fresh copy of an answer that the document shows.
 * @param {number} status
 * @param {string} name
 */
function example(status, name) {
  return structuredClone(operation.responses[status].content['application/json'].examples[name].value)
}
