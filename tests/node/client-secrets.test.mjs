// A credential is looked at before it is used, goes to its service alone, and is seen nowhere.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { format, inspect } from 'node:util'
import vm from 'node:vm'
import { createClient } from 'recreq/client'
import * as realtimekit from 'recreq/realtimekit'
import * as recall from 'recreq/recall'
import * as videosdk from 'recreq/videosdk'
import {
  answer,
  apiKey,
  apiToken,
  bot,
  id,
  meeting_id,
  realtimekitClient,
  recallClient,
  rejection,
  roomId,
  serve,
  token,
  videosdkClient,
} from './fake-service.mjs'

/** @param {unknown} value */
function everythingShownOf(value) {
  const shown = [
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    format('%o', value),
    String(value),
    JSON.stringify(value),
  ]
  for (let at = /** @type {any} */ (value); at instanceof Error; at = at.cause) shown.push(at.stack ?? '', at.message)
  return shown.join('\n')
}

describe('a credential', () => {
  for (const [what, value, message] of /** @type {const} */ ([
    ['with a line feed', `${apiKey}\n`, /whitespace around it/],
    ['with CR and LF inside', `${apiKey}\r\nx-injected: 1`, /control character at index/],
    ['with NUL', `${apiKey}\0x`, /control character/],
    ['with a space', `${apiKey} x`, /whitespace/],
    ['that is not Latin-1', `${apiKey}…`, /not ASCII/],
    ['that is blank', ' ', /is blank/],
    ['with its prefix', `Token ${apiKey}`, /authorization prefix/],
    ['with two prefixes', `Bearer Bearer ${apiKey}`, /authorization prefix/],
    ['that is a number', 12345678, /is of type number/],
    ['that is missing', undefined, /is missing: pass credentials: \{ apiKey \}/],
    ['for verifying webhooks', 'whsec_a-placeholder-and-no-secret', /secret that verifies/],
  ])) {
    it(`${what} is refused when the client is made, without being shown`, () => {
      /** @type {any} */
      let error
      try {
        createClient(recall, { region: 'us-west-2', credentials: { apiKey: /** @type {any} */ (value) } })
      } catch (thrown) {
        error = thrown
      }
      assert.equal(error?.name, 'InvalidCredentialError')
      assert.match(error.message, message)
      assert.ok(!everythingShownOf(error).includes(apiKey))
      assert.ok(!everythingShownOf(error).includes('12345678'))
    })
  }

  it('of VideoSDK that is an API key is told from a token', () => {
    const make = (/** @type {string} */ value) => () => createClient(videosdk, { credentials: { token: value } })
    assert.throws(make('3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55'), /is a UUID, as API keys are.*mintVideoSdkToken/)
    assert.throws(make('something-else'), /is no JSON Web Token/)
    assert.throws(make(`Bearer ${token}`), /authorization prefix/)
    assert.doesNotThrow(make(token))
  })

  it('that a function gives is looked at, too, and asked for again', async (context) => {
    const { url, requests } = await serve(context, (response, { number: count }) =>
      answer(response, count === 1 ? 503 : 200, bot),
    )
    const keys = ['first-placeholder', 'second-placeholder', 'third placeholder']
    const client = recallClient(url, { credentials: async () => ({ apiKey: keys.shift() }) })
    await client.startRecording({ id })
    assert.deepEqual(
      requests.map(({ headers }) => headers.authorization),
      ['Token first-placeholder', 'Token second-placeholder'],
    )
    assert.equal((await rejection(client.startRecording({ id }))).name, 'InvalidCredentialError')
    assert.equal(requests.length, 2)
  })

  it('that a function does not give is never sent, and said to be missing or wrong without being shown', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, bot))
    const cyclic = /** @type {any} */ ({})
    cyclic.apiKey = cyclic
    for (const given of [undefined, null, 7, apiKey, [apiKey], {}, { apiKey: 12345678n }, cyclic, { apiKey: Symbol(apiKey) }, { apikey: apiKey }]) {
      const error = await rejection(recallClient(url, { credentials: async () => given }).startRecording({ id }))
      assert.equal(error.name, 'InvalidCredentialError', String(error))
      assert.ok(!/placeholder|12345678/.test(everythingShownOf(error)))
    }
    assert.equal(requests.length, 0)
  })

  it('that a function fails to give is said in its own words, and nothing is sent', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, bot))
    const gone = new Error('the vault is closed')
    const failing = () => {
      throw gone
    }
    for (const credentials of [failing, () => Promise.reject(gone)])
      assert.equal(await rejection(recallClient(url, { credentials }).startRecording({ id })), gone)
    assert.equal(requests.length, 0)
  })

  it('of one client is never that of another, however many call at once', async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, bot))
    const clients = ['one', 'two', 'three'].map((name) => ({
      name,
      client: recallClient(url, { credentials: { apiKey: `placeholder-${name}` } }),
    }))
    await Promise.all(
      Array.from({ length: 90 }, (_, i) => clients[i % 3]).map((each) =>
        each?.client.startRecording({ id, body: { metadata: { name: each.name } } }),
      ),
    )
    assert.equal(requests.length, 90)
    for (const { headers, text } of requests)
      assert.equal(headers.authorization, `Token placeholder-${JSON.parse(text).metadata.name}`)
  })
})

describe('a credential is not seen', () => {
  const reflecting = (/** @type {number} */ status) => (/** @type {any} */ response, /** @type {any} */ request) => {
    const { authorization } = request.headers
    const echo = {
      detail: `Bad header: ${authorization}`,
      code: authorization,
      [authorization]: [authorization],
      success: false,
    }
    answer(response, status, echo, { 'x-echo': authorization, 'retry-after': authorization })
  }

  for (const status of [200, 400, 401, 403, 404, 409, 422, 429, 500, 503])
    it(`in an error, its cause, its stack, its JSON or a log when a service echoes it with ${status}`, async (context) => {
      const { url } = await serve(context, reflecting(status))
      /** @type {string[]} */
      const lines = []
      const write = (/** @type {string} */ line) => void lines.push(line)
      const hooks = Object.fromEntries(
        ['onRequest', 'onResponse', 'onRetry', 'onIssue'].map((name) => [
          name,
          (/** @type {unknown} */ event) => write(everythingShownOf(event)),
        ]),
      )
      const options = { logger: { debug: write, warn: write, error: write }, hooks, retry: { limit: 1, backoff: 0 } }
      const errors = await Promise.all([
        rejection(recallClient(url, options).startRecording({ id, body: { metadata: { a: 'b' } } })),
        rejection(realtimekitClient(url, options).startRecording({ body: { meeting_id } })),
        rejection(videosdkClient(url, options).startRecording({ body: { roomId } })),
        rejection(recallClient(url, options).retrieveBot({ id })),
      ])
      const shown = [...errors.map(everythingShownOf), ...lines].join('\n')
      assert.ok(lines.length > 0)
      for (const secret of [apiKey, apiToken, token]) assert.ok(!shown.includes(secret), secret)
    })

  it('in the error of a fetch that repeats it', async () => {
    const fetch = (/** @type {Request} */ request) => {
      const authorization = request.headers.get('authorization')
      const cause = Object.assign(new Error(`sent ${authorization}`), {
        code: authorization,
        request,
        config: { headers: { authorization } },
      })
      return Promise.reject(Object.assign(new TypeError(`failed with ${authorization}`, { cause }), { request }))
    }
    for (const call of [
      () => recallClient('http://127.0.0.1:9', { fetch, retry: false }).startRecording({ id }),
      () => recallClient('http://127.0.0.1:9', { fetch, retry: false }).retrieveBot({ id }),
    ]) {
      const shown = everythingShownOf(await rejection(call()))
      assert.ok(shown.includes('[withheld]'))
      assert.ok(!shown.includes(apiKey))
    }
  })

  it('in a client, a call, a built request or the question what became of a start', async (context) => {
    const { url } = await serve(context, (response) => answer(response, 500, {}))
    const client = recallClient(url, { credentials: { apiKey } })
    const call = client.startRecording({ id })
    const error = await rejection(call)
    assert.equal(error.name, 'OutcomeUnknownError')
    for (const value of [client, client.startRecording, call, client.startRecording.build({ id }), error])
      assert.ok(!everythingShownOf(value).includes(apiKey))
    assert.ok(!everythingShownOf(await rejection(error.reconcile())).includes(apiKey))
  })

  it('where a key and a secret make tokens', async (context) => {
    const secret = 'a-placeholder-and-no-secret'
    const { url, requests } = await serve(context, reflecting(401))
    const client = videosdkClient(url, { credentials: { apiKey, secret } })
    const error = await rejection(client.startRecording({ body: { roomId } }))
    const sent = String(requests[0]?.headers.authorization)
    assert.equal(sent.split('.').length, 3)
    const shown = everythingShownOf(error) + everythingShownOf(client)
    for (const each of [sent, secret]) assert.ok(!shown.includes(each))
  })
})

describe('a base URL', () => {
  const make =
    (/** @type {any} */ baseUrl, more = {}) =>
    () =>
      createClient(recall, { region: 'us-west-2', credentials: { apiKey }, baseUrl, ...more })

  for (const [what, baseUrl, message] of /** @type {const} */ ([
    ['that is not encrypted', 'http://us-west-2.recall.ai', /travel in the clear/],
    ['that only looks like this machine', 'http://127.0.0.1.attacker.invalid', /travel in the clear/],
    ['with a user name', 'https://user@us-west-2.recall.ai', /user name/],
    ['with a password', 'https://user:pass@us-west-2.recall.ai', /user name or a password/],
    ['with a query', 'https://us-west-2.recall.ai/?key=1', /query/],
    ['of another scheme', 'file:///etc/passwd', /neither https/],
    ['of another host', 'https://proxy.example', /proxy\.example.*trustBaseUrl/],
    ['of a host that only begins like one', 'https://us-west-2.recall.ai.attacker.invalid', /trustBaseUrl/],
    ['that is none', 'us-west-2.recall.ai', /absolute URL/],
  ]))
    it(`${what} gets no credential`, () => {
      assert.throws(make(baseUrl), { name: 'InvalidOptionsError', option: 'baseUrl', message })
    })

  for (const baseUrl of [
    'http://localhost:8080',
    'http://127.0.0.1',
    'http://127.0.0.2:1',
    'http://[::1]:8080',
    'https://eu-central-1.recall.ai',
    new URL('https://localhost/'),
  ])
    it(`${baseUrl} is taken`, () => {
      assert.doesNotThrow(make(baseUrl))
    })

  it('of another host is taken when somebody says so', () => {
    const client = make('https://proxy.example/recall/', { trustBaseUrl: true })()
    assert.equal(
      client.retrieveBot.build(/** @type {any} */ ({ id })).url,
      `https://proxy.example/recall/api/v1/bot/${id}/`,
    )
  })

  it("takes the place of the server's own path", () => {
    const options = {
      credentials: { apiToken },
      parameters: { account_id: 'a', app_id: 'b' },
      baseUrl: 'http://localhost:1/v4',
    }
    const client = createClient(realtimekit, options)
    assert.equal(client.getAllRecordings.build().url, 'http://localhost:1/v4/accounts/a/realtime/kit/b/recordings')
  })
})

describe('where everybody can read it', () => {
  const page = { window: {}, document: {} }
  const worker = { importScripts() {}, navigator: { userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' } }
  // What edge runtimes look like: workers of a kind, and no browsers.
  const edge = {
    ServiceWorkerGlobalScope: class {},
    WorkerGlobalScope: class {},
    navigator: { userAgent: 'Cloudflare-Workers' },
  }

  /**
   * Runs with other globals.
   * @param {Record<string, unknown>} globals
   * @param {() => void} run
   */
  function within(globals, run) {
    const before = Object.getOwnPropertyDescriptors(globalThis)
    for (const [name, value] of Object.entries(globals))
      Object.defineProperty(globalThis, name, { value, configurable: true })
    try {
      run()
    } finally {
      for (const name of Object.keys(globals)) {
        Reflect.deleteProperty(globalThis, name)
        const own = Object.getOwnPropertyDescriptor(before, name)?.value
        if (own !== undefined) Object.defineProperty(globalThis, name, own)
      }
    }
  }

  const make = (more = {}) => createClient(recall, { region: 'us-west-2', credentials: { apiKey }, ...more })

  for (const [name, globals] of Object.entries({ page, worker }))
    it(`in a ${name}, a client with a credential throws unless it may be there`, () => {
      within(globals, () => {
        assert.throws(() => make(), {
          name: 'InvalidOptionsError',
          message: /shows its credential.*dangerouslyAllowBrowser: true/,
        })
        assert.doesNotThrow(() => make({ dangerouslyAllowBrowser: true }))
      })
    })

  it('is not an edge runtime', () => {
    within(edge, () => {
      assert.doesNotThrow(() => make())
    })
  })
})

describe('the client', () => {
  it('runs without anything of Node', async (context) => {
    // Only what the web has: no process, no Buffer, no require.
    const { buildSync } = await import('esbuild')
    const { outputFiles } = buildSync({
      entryPoints: ['dist/client/index.js'],
      bundle: true,
      format: 'iife',
      globalName: 'recreq',
      write: false,
      platform: 'browser',
    })
    const code = /** @type {any} */ (outputFiles)[0].text
    const globals = {
      fetch,
      Request,
      Response,
      Headers,
      URL,
      URLSearchParams,
      AbortController,
      AbortSignal,
      DOMException,
      TextEncoder,
      TextDecoder,
      crypto,
      setTimeout,
      clearTimeout,
      performance,
      btoa,
      atob,
      ReadableStream,
    }
    const sandbox = vm.createContext({ ...globals })
    vm.runInContext(code, sandbox)
    assert.equal(typeof vm.runInContext('recreq.createClient', sandbox), 'function')
    const minted = await vm.runInContext("recreq.mintVideoSdkToken({ apiKey: 'a', secret: 'b' })", sandbox)
    assert.equal(minted.split('.').length, 3)
    assert.doesNotMatch(code, /\bnode:|\bprocess\.|\bBuffer\b|\brequire\(/)
    assert.ok(context.name)
  })
})
