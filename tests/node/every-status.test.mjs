// Every answer to every operation, through a client and through a gateway: those that the documents describe, in each of their
// forms, and those that nobody describes. What is thrown, what a page is told and throws, and that it was sent once.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { realtimekit, recall, videosdk } from 'recreq'
import * as errors from 'recreq/client'
import { createGatewayClient } from 'recreq/gateway/client'
import { everyOperation, rejection, serve } from './fake-service.mjs'
import { basePath, gateways, origin, post, problemOf } from './gateway-pages.mjs'

/** For each kind of failure: the class of the error, and the problem of a gateway with its status. */
const meanings = /** @type {const} */ ({
  'invalid-request': ['RequestInvalidError', 'request-invalid', 422],
  authentication: ['AuthenticationError', 'service-refuses', 502],
  payment: ['PermissionDeniedError', 'service-refuses', 502],
  permission: ['PermissionDeniedError', 'service-refuses', 502],
  firewall: ['PermissionDeniedError', 'service-refuses', 502],
  'not-found': ['NotFoundError', 'not-found', 404],
  conflict: ['ConflictError', 'conflict', 409],
  'rate-limit': ['RateLimitError', 'rate-limit', 429],
  service: ['ServiceError', 'service-failure', 502],
  redirect: ['ResponseUnreadableError', 'service-unreadable', 502],
  unreadable: ['ResponseUnreadableError', 'service-unreadable', 502],
  unknown: ['OutcomeUnknownError', 'outcome-unknown', 502],
})
/** @typedef {keyof typeof meanings} Kind */
/** @type {Record<number, Kind>} */
const kinds = {
  401: 'authentication',
  402: 'payment',
  403: 'permission',
  404: 'not-found',
  408: 'service',
  409: 'conflict',
  410: 'not-found',
  429: 'rate-limit',
}
// But for 407, which fetch takes for a broken connection, and 421, after which it asks again on another one by itself.
const undescribed = [
  [300, 301, 302, 303, 304, 305, 307, 308, 399],
  [402, 405, 406, 408, 410, 411, 413, 415, 418, 423, 425, 426, 428, 431, 451, 460, 499],
  [501, 505, 507, 511, 520, 521, 522, 523, 524, 525, 526, 527, 530, 599],
].flat()

const providers = { recall, realtimekit, videosdk }

/** @typedef {{ status: number, type: string, body: string, kind: Kind | 'success' }} Reply */

for (const { service, name, policy, input, method } of everyOperation) {
  const document = JSON.parse(readFileSync(new URL(`../../wasm/specs/${service}.json`, import.meta.url), 'utf8'))
  const responses = responsesOf(document, name)
  const isQuestion = policy.method === 'GET'
  /** What a status means to this operation. @param {number} status @param {Kind} kind @returns {Kind} */
  const meant = (status, kind) => (!isQuestion && (status >= 500 || status === 303) ? 'unknown' : kind)

  /** @type {Reply[]} */
  const described = Object.entries(responses).flatMap(([listed, { content, ...response }]) => {
    const status = Number(listed.replace('4XX', '418').replace('5XX', '503'))
    /** @param {any} [media] @returns {Reply['kind']} */
    const kindOf = (media) =>
      status < 300 ? 'success' : meant(status, (media ?? response)['x-failure']?.kind ?? response['x-failure']?.kind ?? usual(status))
    if (content === undefined) return [{ status, type: '', body: '', kind: kindOf() }]
    return Object.entries(content).flatMap(([type, media]) =>
      Object.values(media.examples).map(({ value }) => ({
        status,
        type,
        body: type.includes('json') ? JSON.stringify(value) : value,
        kind: kindOf(media),
      })),
    )
  })
  const [success] = described.filter(({ kind }) => kind === 'success')
  assert.ok(success, name)
  const saysNothing = success.body === ''

  /** @type {Reply[]} */
  const others = undescribed.map((status) => {
    const entry = responses[status] ?? responses[`${String(status)[0]}XX`]
    // What is described as a page alone is not what comes here.
    const isHere = entry !== undefined && (entry.content === undefined || 'application/json' in entry.content)
    const kind = (isHere && entry['x-failure']?.kind) || usual(status)
    const hasBody = status !== 304
    return { status, type: 'application/json', body: hasBody ? '{"detail":"Who knows."}' : '', kind: meant(status, kind) }
  })
  /** @type {Reply[]} */
  const successes = [
    { ...success, status: 201 },
    { ...success, status: 202 },
    ...[204, 205].map((status) => ({
      status,
      type: '',
      body: '',
      kind: /** @type {Reply['kind']} */ (saysNothing ? 'success' : isQuestion ? 'unreadable' : 'unknown'),
    })),
  ]

  describe(`${service} ${name}`, () => {
    for (const [what, replies] of /** @type {const} */ ([
      ['what its document describes', described],
      ['a status that no document describes', others],
      ['a success of another status', successes],
    ])) {
      it(`tells ${what} by the class of the error`, async (context) => {
        const { url, requests, answerWith } = await answering(context)
        const call = method(url, { retry: false })
        for (const reply of replies) {
          answerWith(reply)
          const at = `${reply.status} ${reply.body.slice(0, 60)}`
          const before = requests.length
          if (reply.kind === 'success') await assert.doesNotReject(async () => call(input), at)
          else {
            const error = await rejection(call(input))
            const [expected] = meanings[reply.kind]
            assert.equal(error.name, expected, `${at}: ${error}`)
            assert.equal(error instanceof errors[expected], true, at)
            assert.equal(error.status, reply.status, at)
            assert.equal(error.operation, name, at)
            assert.ok(error.url.startsWith(url), at)
            assert.ok(Array.isArray(error.issues), at)
            if (reply.kind === 'unknown') {
              assert.equal(typeof error.reconcile, 'function', at)
              assert.match(error.message, /It was not repeated/)
              assert.equal(error.message.includes('reconcile() does that'), policy.reconcile !== undefined, at)
            }
          }
          assert.equal(requests.length, before + 1, at)
        }
      })

      it(`tells ${what} by the gateway's problem`, async (context) => {
        const { url, requests, answerWith } = await answering(context)
        const gateway = gateways[service](url, { retry: false })
        for (const reply of replies) {
          answerWith(reply)
          const at = `${reply.status} ${reply.body.slice(0, 60)}`
          const before = requests.length
          const response = await gateway(post(name, input))
          if (reply.kind === 'success') assert.ok(response.ok, `${at}: ${response.status}`)
          else {
            const problem = await problemOf(response)
            const [, expected, status] = meanings[reply.kind]
            assert.equal(problem.name, expected, at)
            assert.equal(problem.http, reply.status === 503 && isQuestion ? 503 : status, at)
            assert.equal(problem.status, problem.http, at)
            assert.equal(problem.headers.get('content-type'), 'application/problem+json', at)
          }
          assert.equal(requests.length, before + 1, at)
        }
      })
    }

    it('is to a page what it is to a server, but that a credential is wrong is none of its business', async (context) => {
      const { url, requests, answerWith } = await answering(context)
      const gateway = gateways[service](url, { retry: false })
      const options = { url: `${origin}${basePath}`, given: ['account_id', 'app_id'], fetch: gateway, retry: false }
      const page = createGatewayClient(/** @type {any} */ (providers[service]), /** @type {any} */ (options))
      for (const reply of [...described, ...others, ...successes]) {
        answerWith(reply)
        const at = `${reply.status} ${reply.body.slice(0, 60)}`
        const before = requests.length
        const call = /** @type {any} */ (page)[name](input)
        if (reply.kind === 'success') await assert.doesNotReject(() => call, at)
        else {
          const error = await rejection(call)
          assert.equal(error.name, meanings[reply.kind][0].replace('AuthenticationError', 'PermissionDeniedError'), `${at}: ${error}`)
        }
        assert.equal(requests.length, before + 1, at)
      }
    })

    it('waits for the answer behind those that only announce it', async (context) => {
      const { url } = await serve(context, (response) => {
        response.writeProcessing()
        response.writeEarlyHints({ link: '</style.css>; rel=preload' })
        response.writeHead(success.status, { 'content-type': success.type || 'text/plain' }).end(success.body)
      })
      await method(url, { retry: false })(input)
    })
  })
}

/** A service that answers as it is told. @param {import('node:test').TestContext} context */
async function answering(context) {
  /** @type {Reply} */
  let reply
  const { url, requests } = await serve(context, (response) => {
    response.writeHead(reply.status, reply.type === '' ? {} : { 'content-type': reply.type }).end(reply.body)
  })
  return { url, requests, answerWith: (/** @type {Reply} */ next) => (reply = next) }
}

/** @param {number} status @returns {Kind} */
function usual(status) {
  if (status >= 300 && status <= 399) return 'redirect'
  return kinds[status] ?? (status <= 499 ? 'invalid-request' : 'service')
}

/**
 * The responses of an operation, by status.
 * @param {any} document
 * @param {string} name
 * @returns {Record<string, any>}
 */
function responsesOf(document, name) {
  const operation = Object.values(document.paths)
    .flatMap((item) => Object.values(item))
    .find(({ operationId }) => operationId === name)
  const resolve = (/** @type {any} */ value) =>
    value.$ref === undefined ? value : value.$ref.slice(2).split('/').reduce((at, token) => at[token], document)
  return Object.fromEntries(Object.entries(operation.responses).map(([status, value]) => [status, resolve(value)]))
}
