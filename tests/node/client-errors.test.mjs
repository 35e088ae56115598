// Which error a failure is, what it says, and that it can be told by class and name wherever it comes from.
import assert from 'node:assert/strict'
import { buildSync } from 'esbuild'
import { describe, it } from 'node:test'
import * as client from 'recreq/client'
import * as recall from 'recreq/recall'
import {
  answer,
  id,
  meeting_id,
  realtimekitClient,
  recallClient,
  recordingAnswer,
  rejection,
  roomId,
  serve,
  startService,
  videosdkClient,
} from './fake-service.mjs'

const names = /** @type {const} */ ([
  'RequestInvalidError',
  'AuthenticationError',
  'PermissionDeniedError',
  'NotFoundError',
  'ConflictError',
  'RateLimitError',
  'ServiceError',
  'TimeoutError',
  'ConnectionError',
  'OutcomeUnknownError',
  'ResponseUnreadableError',
])

/** What a question about a bot is answered with, and the error that it is. */
const answers = /** @type {const} */ ([
  [400, 'RequestInvalidError'],
  [401, 'AuthenticationError'],
  [402, 'PermissionDeniedError'],
  [403, 'PermissionDeniedError'],
  [404, 'NotFoundError'],
  [409, 'ConflictError'],
  [422, 'RequestInvalidError'],
  [429, 'RateLimitError'],
  [500, 'ServiceError'],
  [503, 'ServiceError'],
])

/** @param {any} error */
const classOf = (error) => names.filter((name) => error instanceof client[name])

describe('a failure', () => {
  for (const [status, name] of answers) {
    it(`with status ${status} is a ${name}`, async (context) => {
      const { url } = await serve(context, (response) => answer(response, status, { detail: 'Said by the service.' }))
      const error = await rejection(recallClient(url, { retry: false }).retrieveBot({ id }))
      assert.equal(error.name, name)
      assert.deepEqual(classOf(error), [name])
      assert.deepEqual(
        [client.RecreqError, recall.RecreqError].map((base) => error instanceof base),
        [true, true],
      )
      assert.equal(error.status, status)
      assert.equal(error.operation, 'retrieveBot')
      assert.equal(error.url, `${url}/api/v1/bot/${id}/`)
      assert.ok(Array.isArray(error.issues))
      assert.match(error.message, /^retrieveBot: /)
    })
  }

  it('names other regions where a key may be at home in another', async (context) => {
    const { url } = await serve(context, (response) =>
      answer(response, 401, { code: 'authentication_failed', detail: 'The key is not valid.' }),
    )
    const { message } = await rejection(recallClient(url).startRecording({ id }))
    assert.match(message, /region/)
  })

  it('says how long to wait where the service does', async (context) => {
    const { url } = await serve(context, (response) => answer(response, 429, {}, { 'retry-after': '17' }))
    const error = await rejection(recallClient(url, { retry: false }).retrieveBot({ id }))
    assert.equal(error.retryAfter, 17)
  })

  it('leads to the fields that were sent', async (context) => {
    const body = { video_mixed_layout: /** @type {const} */ ('gallery_view_v2'), metadata: { team: 'research' } }
    const { url } = await serve(context, (response) => answer(response, 400, { metadata: { team: ['Too long.'] } }))
    const error = await rejection(recallClient(url).startRecording({ id, body }))
    assert.equal(error.name, 'RequestInvalidError')
    assert.deepEqual(
      error.issues.map((/** @type {any} */ issue) => issue.pointer),
      ['/body/metadata/team'],
    )
    assert.match(error.message, /\/body\/metadata\/team: .*Too long/)
  })

  for (const [what, reply] of /** @type {[string, import('./fake-service.mjs').Handler][]} */ ([
    [
      'a page of HTML',
      (response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Sign in</title>'),
    ],
    [
      'something that is no JSON',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":'),
    ],
    ['nothing', (response) => response.writeHead(200).end()],
    ['something else than is documented', (response) => answer(response, 200, { unrelated: true })],
    [
      'what is too large',
      (response) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end(`"${'a'.repeat(0x100_0001)}"`),
    ],
  ])) {
    it(`with status 200 and ${what} is a ResponseUnreadableError, after a start an OutcomeUnknownError by cause of it`, async (context) => {
      const { url, requests } = await serve(context, reply)
      const error = await rejection(recallClient(url).retrieveBot({ id }))
      assert.equal(error.name, 'ResponseUnreadableError')
      assert.equal(error.status, 200)
      const unknown = await rejection(realtimekitClient(url).startRecording({ body: { meeting_id } }))
      assert.equal(unknown.name, 'OutcomeUnknownError')
      assert.equal(unknown.status, 200)
      assert.equal(unknown.cause.name, 'ResponseUnreadableError')
      assert.equal(requests.length, 2)
    })
  }

  it('with status 200 that says success: false is a ResponseUnreadableError', async (context) => {
    const { url } = await serve(context, (response) =>
      answer(response, 200, { success: false, error: { code: 409, message: 'A recording is active.' } }),
    )
    const client = realtimekitClient(url)
    for (const call of [() => client.startRecording({ body: { meeting_id } }), () => client.getAllRecordings()]) {
      const error = await rejection(call())
      assert.equal(error.name, 'ResponseUnreadableError')
      assert.match(error.message, /A recording is active/)
    }
  })

  it('is one of the answer that is cut off, for a question that was repeated in vain', async (context) => {
    const { url, requests } = await serve(context, (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"id":')
      setTimeout(() => response.socket?.destroy(), 5)
    })
    const error = await rejection(recallClient(url, { retry: { limit: 1, backoff: 0 } }).retrieveBot({ id }))
    assert.equal(error.name, 'ResponseUnreadableError')
    assert.match(error.message, /broke in the middle/)
    assert.equal(requests.length, 2)
  })

  it('keeps its status when its words are cut off', async (context) => {
    const { url } = await serve(context, (response) => {
      response.writeHead(404, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"detail":')
      setTimeout(() => response.socket?.destroy(), 5)
    })
    assert.equal(
      (await rejection(realtimekitClient(url).startRecording({ body: { meeting_id } }))).name,
      'NotFoundError',
    )
  })
})

describe('a redirect', () => {
  /** @param {string} location */
  const leading = (location) => (/** @type {any} */ response, /** @type {any} */ request) =>
    request.url === '/elsewhere' ? answer(response, 200, recordingAnswer) : response.writeHead(307, { location }).end()

  it('within the service is followed for a question', async (context) => {
    const { url } = await serve(context, leading('/elsewhere'))
    assert.deepEqual(await realtimekitClient(url).getActiveRecording({ meeting_id }), recordingAnswer)
  })

  it('to another origin gets nothing: not the credential, not the body', async (context) => {
    const other = await serve(context, (response) => answer(response, 200, recordingAnswer))
    const { url } = await serve(context, leading(`${other.url}/elsewhere`))
    const client = realtimekitClient(url)
    for (const call of [
      () => client.getActiveRecording({ meeting_id }),
      () => client.startRecording({ body: { meeting_id } }),
    ]) {
      const error = await rejection(call())
      assert.equal(error.name, 'ResponseUnreadableError')
      assert.equal(error.status, 307)
    }
    assert.equal(other.requests.length, 0)
  })

  it('of a start is not followed anywhere', async (context) => {
    const { url, requests } = await serve(context, leading('/elsewhere'))
    assert.equal((await rejection(realtimekitClient(url).startRecording({ body: { meeting_id } }))).status, 307)
    assert.equal(requests.length, 1)
  })

  it('without end is given up', async (context) => {
    const { url, requests } = await serve(
      context,
      (response) => void response.writeHead(302, { location: '/again' }).end(),
    )
    assert.equal((await rejection(recallClient(url).retrieveBot({ id }))).status, 302)
    assert.equal(requests.length, 4)
  })
})

describe('an input that is wrong', () => {
  it('is a RequestInvalidError with the first three issues, the version and the date of the facts', async () => {
    const body = { a: 1, b: 1, c: 1, d: 1 }
    const error = await rejection(
      recallClient('http://127.0.0.1:9').startRecording({ id, body: /** @type {any} */ (body) }),
    )
    assert.equal(error.name, 'RequestInvalidError')
    assert.equal(error.status, undefined)
    assert.equal(error.issues.length, 4)
    assert.equal(error.message.match(/\/body\/[abcd]:/g)?.length, 3)
    assert.match(error.message, new RegExp(`recreq \\d+\\.\\d+\\.\\d+.*, facts of ${recall.spec.date}`))
  })
})

describe('the class of an error', () => {
  // A page with two bundles has two copies of everything.
  const { outputFiles } = buildSync({
    entryPoints: ['dist/client/index.js'],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    platform: 'node',
  })
  const copy = import(
    `data:text/javascript;base64,${Buffer.from(/** @type {any} */ (outputFiles)[0].contents).toString('base64')}`
  )

  it('is known to another copy of the package, minified, both ways', async () => {
    const other = /** @type {typeof client} */ (await copy)
    for (const name of names) {
      const failure = { operation: 'x', url: 'y', attempts: 1 }
      const make = (/** @type {any} */ module) =>
        name === 'RequestInvalidError'
          ? new module[name]('x', [], false)
          : new module[name]('message', failure, undefined, undefined)
      const [ours, theirs] = [make(client), make(other)]
      assert.notEqual(client[name], other[name])
      assert.equal(theirs.name, name)
      assert.deepEqual(classOf(theirs), [name], name)
      assert.deepEqual(
        names.filter((each) => ours instanceof other[each]),
        [name],
      )
      assert.ok(theirs instanceof client.RecreqError && theirs instanceof Error && ours instanceof other.RecreqError)
    }
  })

  it('is known to another copy whatever class it is, by its literal name', async () => {
    const other = /** @type {any} */ (await copy)
    const classes = Object.entries(client).filter(
      ([name, each]) => name !== 'RecreqError' && /** @type {any} */ (each).prototype instanceof client.RecreqError,
    )
    assert.ok(classes.length > names.length)
    assert.deepEqual(
      classes.map(([name]) => name).filter((name) => !(name in other)),
      [],
    )
    for (const [name, each] of classes) {
      // Made without its constructor, since each has another.
      const theirs = Object.create(other[name].prototype)
      assert.equal(theirs.name, name)
      assert.ok(theirs instanceof /** @type {any} */ (each) && theirs instanceof client.RecreqError)
      for (const [another, one] of classes)
        assert.equal(theirs instanceof /** @type {any} */ (one), name === another)
    }
  })

  it('is not mistaken', () => {
    for (const value of [undefined, null, 1, 'x', {}, new Error('x'), { name: 'ServiceError' }, Object.create(null)]) {
      assert.ok(!(value instanceof client.RecreqError))
      assert.ok(!(value instanceof client.ServiceError))
    }
    class OwnError extends client.ServiceError {}
    const failure = { operation: 'x', url: 'y', attempts: 1 }
    assert.ok(new OwnError('x', failure) instanceof client.ServiceError)
    assert.ok(!(new client.ServiceError('x', failure) instanceof OwnError))
  })
})

describe('a fetch that throws', () => {
  it('is a ConnectionError, with what it says as the cause', async () => {
    const fetch = () =>
      Promise.reject(
        Object.assign(new TypeError('fetch failed'), {
          cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
        }),
      )
    const error = await rejection(
      videosdkClient('http://127.0.0.1:9', { fetch, retry: false }).listRecordings({ roomId }),
    )
    assert.equal(error.name, 'ConnectionError')
    assert.equal(error.cause.message, 'fetch failed')
    assert.equal(error.cause.cause.code, 'ECONNRESET')
  })

  it('with something strange is one, too', async () => {
    for (const thrown of [
      undefined,
      null,
      'text',
      7,
      Object.create(null),
      {
        get message() {
          return 'x'
        },
      },
    ]) {
      const fetch = () => Promise.reject(thrown)
      assert.equal(
        (await rejection(recallClient('http://127.0.0.1:9', { fetch, retry: false }).retrieveBot({ id }))).name,
        'ConnectionError',
      )
    }
  })
})

describe('a fetch that gives something else than a Response', () => {
  for (const [what, given] of /** @type {[string, () => unknown][]} */ ([
    ['nothing', () => undefined],
    ['an object', () => ({})],
    ['text', () => 'OK'],
    ['an answer that was read', () => Object.assign(new Response('{}'), { text: 1 }).text ?? 0],
    [
      'a body that somebody else reads',
      () => {
        const response = new Response('{"id":1}')
        response.body?.getReader()
        return response
      },
    ],
  ]))
    it(`gets a typed error for ${what}, and a start is not taken for one that failed`, async () => {
      const fetch = async () => given()
      const question = await rejection(recallClient('http://127.0.0.1:9', { fetch, retry: false }).retrieveBot({ id }))
      assert.ok(question instanceof client.RecreqError, String(question))
      const start = realtimekitClient('http://127.0.0.1:9', { fetch }).startRecording({ body: { meeting_id } })
      assert.equal((await rejection(start)).name, 'OutcomeUnknownError')
    })
})

describe('a service that is gone', () => {
  it('is said to be unreachable', async () => {
    const { url, stop } = await startService(() => undefined)
    await stop()
    const error = await rejection(recallClient(url, { retry: false }).retrieveBot({ id }))
    assert.equal(error.name, 'ConnectionError')
    assert.match(error.message, /could not be reached/)
  })
})
