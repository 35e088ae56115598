// The gateway behind node:http, over real connections.
import assert from 'node:assert/strict'
import { createServer, request as send } from 'node:http'
import { connect } from 'node:net'
import { it } from 'node:test'
import { createNodeListener } from 'recreq/gateway/node'
import { answer, bot, id, serve } from './fake-service.mjs'
import { basePath, recallGateway } from './gateway-pages.mjs'

/**
 * @param {import('node:test').TestContext} context
 * @param {Parameters<typeof createNodeListener>[0]} gateway
 * @param {object} [options]
 */
async function listen(context, gateway, options) {
  const server = createServer(createNodeListener(gateway, options))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  context.after(() => (server.closeAllConnections(), server.close()))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return { port, url: `http://127.0.0.1:${port}${basePath}` }
}

const json = { 'content-type': 'application/json' }

it('answers over node:http', async (context) => {
  const service = await serve(context, (response) => answer(response, 200, bot))
  const { url } = await listen(context, recallGateway(service.url))
  const response = await fetch(`${url}/startRecording`, { method: 'POST', headers: json, body: JSON.stringify({ id }) })
  assert.deepEqual([response.status, await response.json()], [200, bot])
  assert.equal((await fetch(`${url}/startRecording`)).status, 405)
})

it('cuts a chunked body without end off, and the connection with it', async (context) => {
  const { port } = await listen(context, recallGateway('http://127.0.0.1:9'))
  const answered = await new Promise((resolve, reject) => {
    const request = send({
      port,
      host: '127.0.0.1',
      path: `${basePath}/startRecording`,
      method: 'POST',
      headers: { ...json, 'transfer-encoding': 'chunked' },
    })
    let sent = 0
    const more = () => {
      while (sent < 50_000_000 && !request.destroyed) {
        sent += 65_536
        if (!request.write(Buffer.alloc(65_536, 0x20))) return void request.once('drain', more)
      }
    }
    request.on('response', (response) => {
      resolve({ status: response.statusCode, connection: response.headers.connection, sent })
      request.destroy()
    })
    request.on('error', reject)
    more()
  })
  assert.deepEqual([answered.status, answered.connection], [413, 'close'])
  assert.ok(answered.sent < 50_000_000, `${answered.sent} bytes were taken`)
})

it('refuses a Host that is none, and takes no host from the path', async (context) => {
  /** @type {string[]} */
  const urls = []
  const { port } = await listen(context, async (request) => (urls.push(request.url), new Response('{}')))
  const ask = (lines) =>
    new Promise((resolve) => {
      let text = ''
      const socket = connect(port, '127.0.0.1', () => socket.end(lines.join('\r\n') + '\r\n\r\n'))
      socket.on('data', (chunk) => (text += chunk)).on('close', () => resolve(text.split(' ')[1]))
    })
  assert.equal(await ask(['GET / HTTP/1.1', 'Host: evil.example/#', 'Connection: close']), '400')
  assert.equal(await ask(['GET //evil.example/startRecording HTTP/1.1', 'Host: app.example', 'Connection: close']), '200')
  assert.deepEqual(
    urls.map((url) => new URL(url).host),
    ['app.example'],
  )
})

it('knows the origin that it is told, and passes the context on', async (context) => {
  /** @type {unknown[]} */
  const told = []
  const gateway = async (request, passed) => (
    told.push(new URL(request.url).origin, passed),
    new Response(null, {
      status: 204,
      headers: [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
    })
  )
  const { url } = await listen(context, gateway, { origin: 'https://app.example', context: 'a context' })
  const response = await fetch(`${url}/startRecording`, { method: 'POST', body: '{}' })
  assert.deepEqual(told, ['https://app.example', 'a context'])
  assert.deepEqual(response.headers.getSetCookie(), ['a=1', 'b=2'])
})

it('tells the gateway when the page is gone, and survives a gateway that throws', async (context) => {
  /** @type {() => void} */
  let aborted = () => undefined
  const gone = new Promise((resolve) => (aborted = () => resolve(true)))
  const { url } = await listen(context, (request) => {
    if (request.url.endsWith('throw')) throw new Error('thrown')
    request.signal.addEventListener('abort', aborted)
    return new Promise(() => undefined)
  })
  assert.equal((await fetch(`${url}/throw`)).status, 500)
  const page = new AbortController()
  const asked = fetch(`${url}/wait`, { signal: page.signal }).catch(() => undefined)
  setTimeout(() => page.abort(), 50)
  await asked
  assert.equal(await gone, true)
})
