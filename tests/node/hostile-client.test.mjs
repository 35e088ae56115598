// Inputs and answers that mean harm, through a client: what must not be sent is not, and what comes back does no damage.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  answer,
  id,
  meeting_id,
  realtimekitClient,
  recallClient,
  rejection,
  roomId,
  serve,
  videosdkClient,
  bot,
} from './fake-service.mjs'

/** @param {string} url */
const webhook = (url) => ({ realtime_endpoints: [{ type: 'webhook', url, events: ['participant_events.join'] }] })

describe('nothing leaves', () => {
  /** @type {[string, (url: string) => PromiseLike<unknown>, RegExp?][]} */
  const calls = [
    ...['..', '.', '%2e%2e', '', 'a/b', 'a?x=1', 'a#b', 'a\\b', '%2f', `${id}/../..`, `${id}\n`].map(
      (each) =>
        /** @type {any} */ ([
          `for a bot called ${JSON.stringify(each)}`,
          (/** @type {string} */ url) => recallClient(url).startRecording({ id: each }),
          /\/id/,
        ]),
    ),
    ...['..', '.', ''].flatMap(
      (each) =>
        /** @type {any} */ ([
          [
            `for a recording called "${each}"`,
            (/** @type {string} */ url) => videosdkClient(url).getRecording({ recordingId: each }),
            /recordingId/,
          ],
          [
            `for a meeting called "${each}"`,
            (/** @type {string} */ url) => realtimekitClient(url).getActiveRecording({ meeting_id: each }),
            /meeting_id/,
          ],
        ]),
    ),
    ...['evil.com/#', 'us-east-2', '', 'US-WEST-2', 'us-west-2.evil.com'].map(
      (region) =>
        /** @type {any} */ ([
          `for a region called ${JSON.stringify(region)}`,
          (/** @type {string} */ url) => recallClient(url, { region }).startRecording({ id }),
          /\/region: .*us-(?:east-1|west-2)/,
        ]),
    ),
    ...['javascript:alert(1)', 'file:///etc/passwd', 'ftp://example.com/', 'wss://example.com/', 'no-url', 'https://'].map(
      (each) =>
        /** @type {any} */ ([
          `for a webhook at ${each}`,
          (/** @type {string} */ url) =>
            recallClient(url).startRecording({ id, body: /** @type {any} */ (webhook(each)) }),
          /realtime_endpoints\/0\/url/,
        ]),
    ),
    ...[
      'https://127.0.0.1/',
      'https://169.254.169.254/',
      'https://[::1]/',
      'https://0x7f.1/',
      'https://2130706433/',
      'https://[::ffff:127.0.0.1]/',
      'https://printer.local/',
      'https://LOCALHOST./',
    ].map(
      (each) =>
        /** @type {any} */ ([
          `for a webhook on the provider's own machine: ${each}`,
          (/** @type {string} */ url) =>
            recallClient(url).startRecording({ id, body: /** @type {any} */ (webhook(each)) }),
          /realtime_endpoints\/0\/url/,
        ]),
    ),
    [
      'for an idempotency key with a line feed',
      (url) => recallClient(url).startRecording({ id }, { idempotencyKey: 'a\r\nx-injected: 1' }),
      /idempotencyKey/,
    ],
    [
      'for a body that is cyclic',
      (url) => recallClient(url).startRecording({ id, body: /** @type {any} */ (cyclic()) }),
    ],
    ['for an input that is none', (url) => recallClient(url).startRecording(/** @type {any} */ (7))],
  ]
  for (const [what, call, message] of calls)
    it(what, async (context) => {
      const { url, requests } = await serve(context, (response) => answer(response, 200, bot))
      const error = await rejection(call(url))
      assert.equal(error.name, 'RequestInvalidError')
      if (message) assert.match(error.message, message)
      assert.equal(requests.length, 0)
    })
})

describe('an address that may be meant so', () => {
  for (const [what, address, severity] of /** @type {const} */ ([
    ['is not encrypted', 'http://hooks.example.com/', 'warning'],
    ['has a password in it', 'https://user:PLACEHOLDER@hooks.example.com/', 'warning'],
    ['has a secret in its query', 'https://hooks.example.com/?secret=PLACEHOLDER', 'info'],
  ]))
    it(`and ${what} is told before anything is sent, without being shown`, async (context) => {
      const { url } = await serve(context, (response) => answer(response, 200, bot))
      /** @type {string[]} */
      const told = []
      const hooks = {
        onIssue: (/** @type {any} */ { issue }) => {
          told.push(`${issue.severity} ${issue.pointer}`)
          assert.ok(!JSON.stringify(issue).includes('PLACEHOLDER'))
        },
        onRequest: () => void told.push('sent'),
      }
      await recallClient(url, { hooks }).startRecording({ id, body: /** @type {any} */ (webhook(address)) })
      assert.deepEqual(told, [`${severity} /body/realtime_endpoints/0/url`, 'sent'])
    })
})

describe('an id that any text can be', () => {
  for (const each of ['%2e%2e', 'a/b', 'a/../../b', 'a?x=1', 'a#b', 'a\\b', '%2f', '//evil.com', 'a;b'])
    it(`stays one segment of its path: ${JSON.stringify(each)}`, async (context) => {
      const { url, requests } = await serve(context, (response) => answer(response, 404, {}))
      await rejection(videosdkClient(url).getRecording({ recordingId: each }))
      assert.equal(requests[0]?.url, `/v2/recordings/${encodeURIComponent(each)}`)
    })
})

describe('what is checked is what is sent', () => {
  it('although an input changes whenever it is looked at', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, bot))
    let count = 0
    const body = {
      get metadata() {
        count += 1
        return count === 1 ? { team: 'research' } : { team: 'x'.repeat(1000) }
      },
    }
    await recallClient(url).startRecording({ id, body })
    assert.equal(count, 1)
    assert.deepEqual(JSON.parse(requests[0]?.text ?? '').metadata, { team: 'research' })
  })

  it('although an input changes while a limiter has it wait', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, bot))
    const body = new TextEncoder().encode('{"metadata":{"team":"research"}}')
    const limiter = {
      acquire: async () => {
        body.fill(0x20)
        return { release() {} }
      },
    }
    await recallClient(url, { limiter }).startRecording({ id, body })
    assert.match(requests[0]?.text ?? '', /"team":"research"/)
  })
})

describe('an answer', () => {
  it('of 10 MB to a refusal is cut, and still tells its kind', async (context) => {
    let sent = 0
    const { url } = await serve(context, (response) => {
      response.writeHead(400, { 'content-type': 'application/json' })
      const chunk = `{"detail":"${'a'.repeat(0x1_0000)}`
      const more = () => {
        while (sent < 10_000_000 && !response.destroyed) {
          sent += chunk.length
          if (!response.write(chunk)) return void response.once('drain', more)
        }
        response.end()
      }
      more()
    })
    const error = await rejection(realtimekitClient(url).startRecording({ body: { meeting_id } }))
    assert.equal(error.name, 'RequestInvalidError')
    assert.ok(error.message.length < 5000, String(error.message.length))
  })

  it('that never ends is cut off', async (context) => {
    const { url } = await serve(context, (response) => {
      response.writeHead(500, { 'content-type': 'text/plain' })
      const more = () => {
        while (!response.destroyed) if (!response.write('x'.repeat(0x1_0000))) return void response.once('drain', more)
      }
      more()
    })
    assert.equal((await rejection(recallClient(url, { retry: false }).retrieveBot({ id }))).name, 'ServiceError')
  })

  it('of HTML is told in its own title, and never taken for a success', async (context) => {
    for (const status of [200, 403, 502]) {
      const { url } = await serve(context, (response) => {
        response
          .writeHead(status, { 'content-type': 'text/html' })
          .end(`<html><title>Blocked</title><body>${'x'.repeat(10_000)}</body></html>`)
      })
      const error = await rejection(recallClient(url, { retry: false }).retrieveBot({ id }))
      assert.match(error.name, /ResponseUnreadableError|PermissionDeniedError|ServiceError/)
      assert.ok(error.message.length < 1000)
    }
  })

  it('with __proto__ in it changes no prototype', async (context) => {
    const { url } = await serve(context, (response) =>
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end('{"__proto__":{"polluted":["x"]},"constructor":{"prototype":{"polluted":["x"]}}}'),
    )
    await rejection(recallClient(url).startRecording({ id, body: { metadata: { a: 'b' } } }))
    assert.equal(/** @type {any} */ ({}).polluted, undefined)
  })

  it('that is no UTF-8 is no success', async (context) => {
    const { url } = await serve(context, (response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
    )
    assert.equal(
      (await rejection(videosdkClient(url).getRecording({ recordingId: 'r1' }))).name,
      'ResponseUnreadableError',
    )
  })
})

describe('parameters that are inherited', () => {
  it('are not sent', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, { pageInfo: {}, data: [] }))
    const prototype = /** @type {any} */ (Object.prototype)
    prototype.perPage = 7
    try {
      await videosdkClient(url).listRecordings({ roomId })
    } finally {
      delete prototype.perPage
    }
    assert.equal(requests[0]?.url, `/v2/recordings?roomId=${roomId}`)
  })
})

function cyclic() {
  /** @type {any} */
  const body = { metadata: {} }
  body.metadata.self = body
  return body
}
