// `toRequest`: the credential is put in here, after a look at it, and is nowhere else.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import * as recall from 'recreq/recall'
import { id, thrownBy } from './recall-input.mjs'

const apiKey = 'placeholder-not-a-real-key'
const request = recall.startRecording.build({
  region: 'us-west-2',
  id,
  idempotencyKey: 'once',
  body: { metadata: { a: 'b' } },
})

describe('a standard Request', () => {
  it('has everything in it that is to be sent', async () => {
    const standard = request.toRequest({ apiKey })
    assert.ok(standard instanceof Request)
    assert.equal(standard.method, 'POST')
    assert.equal(standard.url, request.url)
    assert.equal(standard.headers.get('authorization'), `Token ${apiKey}`)
    assert.equal(standard.headers.get('content-type'), new Headers(request.headers).get('content-type'))
    assert.equal(standard.headers.get('idempotency-key'), 'once')
    assert.equal(standard.redirect, 'manual')
    assert.equal(await standard.text(), request.body)
  })

  it('can be made several times, with another credential each time', () => {
    assert.equal(request.toRequest({ apiKey: 'first' }).headers.get('authorization'), 'Token first')
    assert.equal(request.toRequest({ apiKey: 'second' }).headers.get('authorization'), 'Token second')
  })

  it('carries bytes as they are', async () => {
    const body = new TextEncoder().encode('{"metadata":{"name":"Ångström"}}')
    const { body: canonical, ...rest } = recall.startRecording.build({ region: 'us-west-2', id, body })
    assert.ok(rest.url)
    const standard = recall.startRecording.build({ region: 'us-west-2', id, body }).toRequest({ apiKey })
    assert.deepEqual(
      new Uint8Array(await standard.arrayBuffer()),
      new Uint8Array(/** @type {Uint8Array} */ (canonical)),
    )
  })

  it('takes a signal', () => {
    const controller = new AbortController()
    const standard = request.toRequest({ apiKey }, { signal: controller.signal })
    controller.abort()
    assert.equal(standard.signal.aborted, true)
  })

  it('is what fetch sends', async () => {
    /** @type {{ method?: string, authorization?: string, body: string } | undefined} */
    let received
    const server = createServer(async (incoming, response) => {
      const chunks = []
      for await (const chunk of incoming) chunks.push(chunk)
      received = {
        method: incoming.method,
        authorization: incoming.headers.authorization,
        body: Buffer.concat(chunks).toString(),
      }
      response.writeHead(307, { location: 'http://127.0.0.1:9/elsewhere' }).end()
    })
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
    const answer = await fetch(new Request(`http://127.0.0.1:${port}/`, request.toRequest({ apiKey })))
    assert.equal(answer.status, 307)
    assert.deepEqual(received, { method: 'POST', authorization: `Token ${apiKey}`, body: request.body })
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
})

describe('a credential', () => {
  for (const [name, credentials, message] of [
    ['missing', {}, /is missing/],
    ['missing altogether', undefined, /is missing/],
    ['null', { apiKey: null }, /is missing/],
    ['inherited', Object.create({ apiKey }), /is missing/],
    ['not a string', { apiKey: 12345 }, /is of type number/],
    ['empty', { apiKey: '' }, /is blank/],
    ['blank', { apiKey: ' \t' }, /is blank/],
    ['followed by a newline', { apiKey: `${apiKey}\n` }, /whitespace around it/],
    ['with CR and LF', { apiKey: `${apiKey}\r\nX-Injected: 1` }, /control character at index 26/],
    ['with NUL', { apiKey: `${apiKey}\0x` }, /control character/],
    ['with a space', { apiKey: `a ${apiKey}` }, /whitespace or a control character at index 1/],
    ['with a character that is not Latin-1', { apiKey: `${apiKey}\u2026` }, /not ASCII/],
    ['with a no-break space', { apiKey: `${apiKey}\u00a0x` }, /not ASCII/],
    ['with the prefix on it already', { apiKey: `Token ${apiKey}` }, /prefix.*Authorization: Token …/],
    ['with another prefix', { apiKey: `Bearer ${apiKey}` }, /prefix/],
    ['with two prefixes', { apiKey: `Bearer Bearer ${apiKey}` }, /prefix/],
    ['with the whole header', { apiKey: `Authorization: Token ${apiKey}` }, /prefix/],
  ]) {
    it(`is refused when it is ${name}, without being shown`, () => {
      const error = thrownBy(() => request.toRequest(/** @type {any} */ (credentials)))
      assert.equal(error.name, 'InvalidCredentialError')
      assert.ok(error instanceof recall.InvalidCredentialError)
      assert.ok(error instanceof recall.RecreqError)
      assert.equal(error.credential, 'apiKey')
      assert.match(error.message, message)
      assert.ok(!inspect(error).includes(apiKey))
      assert.equal(error.cause, undefined)
    })
  }

  it('leaves nothing in the request that it was used with', () => {
    request.toRequest({ apiKey })
    for (const shown of [
      JSON.stringify(request),
      inspect(request, { depth: 9, showHidden: true }),
      JSON.stringify(request.headers),
    ]) {
      assert.ok(!shown.includes(apiKey))
      assert.ok(!shown.toLowerCase().includes('authorization'))
    }
  })
})
