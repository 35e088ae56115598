// The client that a page has: the same methods and errors, checked before anything is sent, and no credential.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import { buildSync } from 'esbuild'
import { realtimekit, recall, RequestInvalidError, videosdk } from 'recreq'
import {
  createGatewayClient,
  NotFoundError,
  OutcomeUnknownError,
  PermissionDeniedError,
  RateLimitError,
} from 'recreq/gateway/client'
import { startStandIn } from 'recreq/stand-in'
import { vectorFiles } from '../vectors/vectors.mjs'
import { account_id, answer, app_id, bot, everyOperation, id, meeting_id, rejection, roomId, serve } from './fake-service.mjs'
import { basePath, closedUrl, gateways, origin, post, realtimekitGateway, recallGateway } from './gateway-pages.mjs'

const url = `${origin}${basePath}`
const nowhere = 'http://127.0.0.1:9'
const providers = { recall, realtimekit, videosdk }
const given = { recall: [], realtimekit: ['account_id', 'app_id'], videosdk: [] }

/**
 * A client whose requests go to a gateway in this process.
 * @param {'recall' | 'realtimekit' | 'videosdk'} provider
 * @param {(request: Request) => Promise<Response>} gateway
 * @param {object} [options]
 * @returns {any}
 */
function clientOf(provider, gateway, options) {
  return createGatewayClient(/** @type {any} */ (providers[provider]), {
    url,
    given: /** @type {any} */ (given[provider]),
    fetch: /** @type {any} */ (gateway),
    retry: { backoff: 1, maxRetryAfter: 5 },
    ...options,
  })
}

it('calls every operation through the gateway', async (context) => {
  const standIn = await startStandIn({ rateLimit: false })
  context.after(() => standIn.stop())
  for (const { service, name, input } of everyOperation) {
    const client = clientOf(/** @type {any} */ (service), gateways[service](standIn.baseUrl(/** @type {any} */ (service))))
    try {
      await client[name](input)
    } catch (error) {
      // There is nothing to stop, and no such recording: the stand-in's word, by way of the gateway.
      assert.ok(
        /^(ConflictError|NotFoundError|RequestInvalidError)$/.test(/** @type {Error} */ (error).name),
        `${name}: ${error}`,
      )
      assert.notEqual(/** @type {any} */ (error).status, undefined, `${service} ${name}: ${error}`)
    }
  }
  const operations = new Set(standIn.journal.map(({ provider, operation }) => `${provider} ${operation}`))
  assert.deepEqual([...operations].sort(), everyOperation.map(({ service, name }) => `${service} ${name}`).sort())
})

it('sends an input as it was written, without defaults', async () => {
  const client = clientOf('recall', async () => Response.json(bot))
  const {
    url: address,
    headers,
    body,
    method,
  } = client.startRecording.build({ id, body: { video_mixed_layout: 'gallery_view_v2' } })
  assert.deepEqual([method, address], ['POST', `${url}/startRecording`])
  assert.deepEqual(Object.keys(headers).sort(), ['content-type', 'idempotency-key'])
  assert.equal(body, `{"id":"${id}","body":{"video_mixed_layout":"gallery_view_v2"}}`)
  assert.equal(client.startRecording.build({ id, body: '{ "metadata": {} }' }).body, `{"id":"${id}","body":{ "metadata": {} }}`)
  assert.equal(client.listRecordings.build().body, '{}')
})

it('checks before it sends, and asks for nothing that the gateway gives', async () => {
  let sent = 0
  const send = async () => (++sent, Response.json(bot))
  const error = await rejection(clientOf('recall', send).startRecording({ id, body: { video_mixed_layout: 'grid' } }))
  assert.ok(error instanceof RequestInvalidError)
  assert.deepEqual([error.status, sent], [undefined, 0])
  const local = recall.startRecording.check(
    /** @type {any} */ ({ region: 'us-west-2', id, body: { video_mixed_layout: 'grid' } }),
  )
  assert.deepEqual(error.issues, local.issues)
  assert.ok(
    (await rejection(clientOf('recall', send).startRecording({}))) instanceof RequestInvalidError,
    'the id is for the page to say',
  )
  await clientOf('recall', send, { check: false }).startRecording({ id, body: { video_mixed_layout: 'grid' } })
  assert.equal(sent, 1)
})

describe('the issues of a 422 are those of a local check', () => {
  for (const provider of /** @type {const} */ (['recall', 'realtimekit', 'videosdk'])) {
    it(`for every vector of ${provider}`, async () => {
      let compared = 0
      for (const { vectors } of vectorFiles(provider)) {
        for (const { name, operation, subject, input, bodyText, bodyBytes, options, expect } of vectors) {
          if (operation === undefined || subject === 'body' || options !== undefined || expect.issues === undefined) continue
          // The page's client has no input for the key: it is a header.
          if (bodyText !== undefined || bodyBytes !== undefined || `${JSON.stringify(input)}`.includes('Idempotency-Key'))
            continue
          const {
            region = 'us-west-2',
            account_id: account = account_id,
            app_id: app = app_id,
            idempotencyKey,
            ...posted
          } = input ?? {}
          const own =
            provider === 'recall' ? { region } : provider === 'realtimekit' ? { account_id: account, app_id: app } : {}
          const report = providers[provider][operation].check({ ...posted, ...own })
          if (report.ok || idempotencyKey !== undefined || ![...Object.values(own)].every((value) => typeof value === 'string'))
            continue
          let gateway
          try {
            gateway = gateways[provider](nowhere, {
              ...(provider === 'recall' ? { region } : {}),
              ...(provider === 'realtimekit' ? { parameters: own } : {}),
              fields: ['/*'],
            })
          } catch {
            continue // A gateway of a region that does not exist.
          }
          const response = await gateway(post(operation, posted))
          if (response.status === 413) continue
          assert.equal(response.status, 422, name)
          const { issues } = /** @type {any} */ (await response.json())
          assert.deepEqual(issues, JSON.parse(JSON.stringify(report.issues)), name)
          compared += 1
        }
      }
      assert.ok(compared > 20, `${compared} were compared`)
    })
  }
})

it('throws what a client on a server throws', async (context) => {
  let status = 0
  const { url: service } = await serve(context, (response) => answer(response, status, {}, { 'retry-after': '0' }))
  const client = clientOf('recall', recallGateway(service, { retry: false }))
  /** @type {[number, any, number][]} */
  const errors = [
    [404, NotFoundError, 404],
    [401, PermissionDeniedError, 502],
    [429, RateLimitError, 429],
  ]
  for (const [said, Class, told] of errors) {
    status = said
    /** @type {any} */
    const error = await rejection(client.startRecording({ id }))
    assert.ok(error instanceof Class, `${said}: ${error.name}`)
    assert.deepEqual([error.status, error.operation, error.url], [told, 'startRecording', `${url}/startRecording`])
  }
})

it('repeats a call under its key when the connection to the gateway breaks', async (context) => {
  const standIn = await startStandIn({ providers: ['recall'] })
  context.after(() => standIn.stop())
  const gateway = recallGateway(standIn.baseUrl('recall'))
  let asked = 0
  const breaking = async (request) => {
    const response = await gateway(request)
    // The answers to the first two are lost on their way to the page.
    if (++asked < 3) throw new TypeError('fetch failed')
    return response
  }
  await clientOf('recall', breaking).startRecording({ id })
  assert.equal(asked, 3)
  assert.equal(standIn.journal.filter(({ started }) => started !== undefined).length, 1)
})

it('does not repeat what the gateway cannot repeat, and looks whether it took effect', async (context) => {
  const standIn = await startStandIn({ providers: ['realtimekit'] })
  context.after(() => standIn.stop())
  const client = clientOf('realtimekit', realtimekitGateway(standIn.baseUrl('realtimekit')))
  standIn.fail('reset-after')
  const error = await rejection(client.startRecording({ body: { meeting_id } }))
  assert.ok(error instanceof OutcomeUnknownError)
  assert.match(error.message, /recording/)
  assert.equal((await error.reconcile()).tookEffect, true)
  assert.equal(standIn.journal.filter(({ started }) => started !== undefined).length, 1)
})

it('knows of failures in which nothing was done', async () => {
  const client = clientOf('realtimekit', realtimekitGateway(await closedUrl(), { retry: false }), { retry: false })
  assert.equal((await rejection(client.startRecording({ body: { meeting_id } }))).name, 'ServiceError', 'nothing was sent')
  const refusing = clientOf('realtimekit', realtimekitGateway(nowhere, { authorize: () => null }))
  assert.equal((await rejection(refusing.startRecording({ body: { meeting_id } }))).name, 'AuthenticationError')
})

it('takes answers of others than the gateway for what they are', async () => {
  const page = async () => new Response('<!doctype html><title>Log in</title>', { headers: { 'content-type': 'text/html' } })
  assert.equal((await rejection(clientOf('recall', page).retrieveBot({ id }))).name, 'ResponseUnreadableError')
  const broken = async () => Response.json({ type: 'urn:recreq:problem:__proto__', title: 1, issues: 'no' }, { status: 400 })
  assert.equal((await rejection(clientOf('recall', broken).retrieveBot({ id }))).name, 'RequestInvalidError')
})

it('follows the pages of a list', async (context) => {
  const pages = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
  const { url: service } = await serve(context, (response, { url: address }) => {
    const at = Number(new URL(address ?? '', url).searchParams.get('cursor') ?? 0)
    const next = at < 2 ? `https://us-west-2.recall.ai/api/v1/recording/?cursor=${at + 1}` : null
    answer(response, 200, { next, previous: null, results: [pages[at]] })
  })
  const found = []
  for await (const recording of clientOf('recall', recallGateway(service)).listRecordings()) found.push(recording.id)
  assert.deepEqual(found, ['a', 'b', 'c'])
})

it('sends headers and cookies as it is told', async () => {
  /** @type {Request[]} */
  const sent = []
  const send = async (request) => (sent.push(request), Response.json(bot))
  const client = clientOf('recall', send, {
    credentials: 'include',
    headers: async () => ({ authorization: 'Bearer of-the-page' }),
  })
  await client.retrieveBot({ id })
  assert.deepEqual([sent[0].credentials, sent[0].headers.get('authorization')], ['include', 'Bearer of-the-page'])
})

it('sends nothing with headers that cannot be sent, and does not show them', async (context) => {
  const service = await serve(context, (response) => answer(response, 200, bot))
  const gateway = recallGateway(service.url)
  const value = 'Bearer a-placeholder\nand-no-session'
  assert.throws(
    () => clientOf('recall', gateway, { headers: { authorization: value } }),
    (/** @type {any} */ error) => error.name === 'InvalidOptionsError' && !inspect(error).includes('placeholder'),
  )
  const gone = new Error('signed out')
  for (const [headers, name] of [
    [() => ({ authorization: value }), 'InvalidOptionsError'],
    [() => ({ 'not a name': 'a-placeholder' }), 'InvalidOptionsError'],
    [() => 'a-placeholder', 'InvalidOptionsError'],
    [() => Promise.reject(gone), 'Error'],
  ]) {
    const error = await rejection(clientOf('recall', gateway, { headers }).startRecording({ id }))
    // A start that was not sent is not one of which nobody knows.
    assert.equal(error.name, name, String(error))
    assert.ok(!inspect(error).includes('placeholder'))
  }
  assert.equal(service.requests.length, 0)
})

it('shows no header of its own when fetch repeats it', async () => {
  const send = (request) => Promise.reject(new TypeError(`could not send ${request.headers.get('authorization')}`))
  const client = clientOf('recall', send, { headers: { authorization: 'Bearer a-placeholder' }, retry: false })
  for (const call of [() => client.retrieveBot({ id }), () => client.startRecording({ id })])
    assert.ok(!inspect(await rejection(call()), { depth: 9 }).includes('a-placeholder'))
})

it('needs no credential, and refuses options that it does not have', () => {
  assert.throws(() => createGatewayClient(recall, /** @type {any} */ ({ url, apiKey: 'x' })), { name: 'InvalidOptionsError' })
  assert.throws(() => createGatewayClient(recall, { url: '/api/recordings' }), /absolute|where the gateway is/)
  assert.ok(createGatewayClient(videosdk, { url }).startRecording.build({ body: { roomId } }))
})

it('brings nothing of the gateway into the page', () => {
  const { metafile } = buildSync({
    stdin: {
      // As it was before the package's own bundling.
      contents: "export * from '../../build/javascript/gateway/client.js'",
      resolveDir: import.meta.dirname ?? new URL('.', import.meta.url).pathname,
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    metafile: true,
  })
  const files = Object.keys(metafile.inputs).join('\n')
  assert.match(files, /create-gateway-client/)
  for (const name of [
    'create-gateway.js',
    'upstream',
    'destinations',
    'cross-origin',
    'create-client.js',
    'credentials.js',
    'json-web-token',
  ])
    assert.ok(!files.includes(name), name)
})
