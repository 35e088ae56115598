// What a gateway takes from whom, and in which order it looks: nothing is read of what is going to be refused anyway.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { InvalidOptionsError } from 'recreq'
import { createGateway } from 'recreq/gateway'
import * as recall from 'recreq/recall'
import { answer, apiKey, bot, id, serve, startService } from './fake-service.mjs'
import { basePath, origin, post, problemOf, realtimekitGateway, recallGateway } from './gateway-pages.mjs'

const nowhere = 'http://127.0.0.1:9'

it('sends what a page posts, with the credential and as canonical bytes', async (context) => {
  const service = await serve(context, (response) => answer(response, 200, bot))
  const gateway = recallGateway(service.url)
  const response = await gateway(post('startRecording', `{"body":{"video_mixed_layout" : "gallery_view_v2"}, "id":"${id}"}`))
  assert.equal(response.status, 200)
  assert.deepEqual(await response.json(), bot)
  assert.equal(response.headers.get('cache-control'), 'no-store')
  const [request] = service.requests
  assert.equal(request.url, `/api/v1/bot/${id}/start_recording/`)
  assert.equal(request.headers.authorization, `Token ${apiKey}`)
  const body = /** @type {const} */ ({ video_mixed_layout: 'gallery_view_v2' })
  assert.equal(request.text, recall.startRecording.build({ region: 'us-west-2', id, body }).body)
})

it('passes the body on without making an object of it', async (context) => {
  const service = await serve(context, (response) => answer(response, 200, bot))
  const gateway = recallGateway(service.url)
  const { parse } = JSON
  /** @type {string[]} */
  const parsed = []
  JSON.parse = (text, reviver) => (parsed.push(text), parse(text, reviver))
  context.after(() => (JSON.parse = parse))
  assert.equal((await gateway(post('startRecording', { id, body: { metadata: { a: 'seen-by-nobody' } } }))).status, 200)
  // Answers are read by way of the request: what is asked here is what happens until it is sent.
  const [sent] = service.requests
  assert.match(sent.text, /seen-by-nobody/)
  const refused = await gateway(post('startRecording', { id, body: { metadata: { b: 'refused-unseen' }, nope: 1 } }))
  assert.equal(refused.status, 422)
  assert.ok(!parsed.some((text) => text.includes('refused-unseen')))
})

it('has only the operations that are listed, and says so before it reads anything', async () => {
  const gateway = recallGateway(nowhere, { operations: ['startRecording'] })
  for (const name of ['stopRecording', 'service', '__proto__', 'constructor', '', 'startRecording/', 'spec']) {
    const request = post(name)
    const problem = await problemOf(await gateway(request))
    assert.deepEqual([problem.http, problem.name], [404, 'unknown-operation'], name)
    assert.equal(request.bodyUsed, false)
  }
  const elsewhere = new Request(`${origin}/startRecording`, { method: 'POST', body: '{}' })
  assert.equal((await gateway(elsewhere)).status, 404)
})

it('takes no region from a page, neither from the address nor from what is posted', async () => {
  const gateway = recallGateway(nowhere)
  const request = new Request(`${origin}${basePath}/startRecording?region=eu-central-1`, post('startRecording', { id }))
  const problem = await problemOf(await gateway(request))
  assert.deepEqual([problem.http, problem.name], [403, 'region-refused'])
  assert.equal(request.bodyUsed, false)
  const posted = await problemOf(await gateway(post('startRecording', { id, region: 'eu-central-1' })))
  assert.deepEqual([posted.http, posted.issues.map((issue) => issue.pointer)], [422, ['/region']])
})

it('lets no page give what the gateway gives', async () => {
  const gateway = realtimekitGateway(nowhere)
  for (const input of [{ account_id: 'f'.repeat(32) }, { app_id: id }]) {
    const { http, issues } = await problemOf(await gateway(post('getAllRecordings', input)))
    assert.deepEqual([http, issues[0].rule], [422, 'gateway/owned-input'])
  }
})

it('looks at method, origin and content type before anything else, in this order', async () => {
  let asked = 0
  const gateway = recallGateway(nowhere, { authorize: () => (++asked, null) })
  const foreign = { origin: 'https://evil.example', 'content-type': 'text/plain' }
  const get = new Request(`${origin}${basePath}/startRecording`, { headers: foreign })
  const answered = await gateway(get)
  assert.deepEqual([answered.status, answered.headers.get('allow')], [405, 'POST, OPTIONS'])
  for (const method of ['PUT', 'DELETE', 'PATCH', 'HEAD'])
    assert.equal((await gateway(new Request(`${origin}${basePath}/startRecording`, { method }))).status, 405)
  assert.equal((await problemOf(await gateway(post('startRecording', {}, { headers: foreign })))).name, 'origin-refused')
  const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '', 'application/json-patch+json']
  for (const type of [...types, 'application/json; charset=utf-16', 'text/plain; application/json'])
    assert.equal((await gateway(post('startRecording', {}, { headers: { 'content-type': type } }))).status, 415, type)
  assert.equal((await gateway(post('startRecording', {}, { headers: { 'content-encoding': 'gzip' } }))).status, 415)
  const large = post(
    'startRecording',
    { id, body: { metadata: { a: 'x'.repeat(70_000) } } },
    { headers: { 'content-length': '70100' } },
  )
  assert.equal((await gateway(large)).status, 413)
  assert.equal(asked, 0)
  for (const type of ['application/json', 'Application/JSON ; charset=UTF-8'])
    assert.equal((await gateway(post('startRecording', {}, { headers: { 'content-type': type } }))).status, 401, type)
})

it('asks who it is before it reads what was posted', async () => {
  const gateway = recallGateway(nowhere, { authorize: (request) => (request.headers.has('cookie') ? 'me' : null) })
  const request = post('startRecording', { id })
  const problem = await problemOf(await gateway(request))
  assert.deepEqual([problem.http, problem.name], [401, 'unauthenticated'])
  assert.ok(problem.headers.get('www-authenticate'))
  assert.equal(request.bodyUsed, false)
})

for (const nobody of [null, undefined, false, '']) {
  it(`takes ${nobody === '' ? 'an empty text' : nobody} from authorize for nobody`, async () => {
    for (const authorize of [() => nobody, async () => nobody]) {
      const gateway = recallGateway(nowhere, { authorize })
      assert.equal((await problemOf(await gateway(post('startRecording', { id })))).name, 'unauthenticated')
    }
  })
}

for (const [what, prepare] of [
  ['nothing', () => undefined],
  ['text', () => 'the body'],
  ['a list', () => []],
  ['a promise of a number', async () => 7],
  [
    'an error',
    () => {
      throw new Error('password wrong')
    },
  ],
]) {
  it(`sends nothing when prepare gives ${what}, and tells the log alone`, async (context) => {
    const { url, requests } = await serve(context, (response) => answer(response, 200, { next: null, results: [] }))
    /** @type {string[]} */
    const lines = []
    const logger = { debug() {}, warn() {}, error: (line) => lines.push(line) }
    const gateway = recallGateway(url, { prepare, logger })
    for (const operation of ['listRecordings', 'startRecording']) {
      const problem = await problemOf(await gateway(post(operation, { ...(operation === 'startRecording' && { id }) })))
      assert.deepEqual([problem.http, problem.name], [500, 'gateway-failure'])
      assert.ok(!JSON.stringify(problem).includes('password'))
    }
    assert.match(lines.join(), /prepare gives the input|password wrong/)
    assert.equal(requests.length, 0)
  })
}

it('tells authorize the operation, the parameters and the context', async () => {
  /** @type {unknown[]} */
  const told = []
  const gateway = recallGateway(nowhere, {
    authorize: async (request, { operation, params, context }) => {
      const { id: asked, ...rest } = await params()
      told.push(request.headers.get('origin'), operation, asked, rest, context)
      return new Response('not yours', { status: 418 })
    },
  })
  const response = await gateway(post('startRecording', { id, body: {} }), { env: 1 })
  assert.deepEqual(told, [origin, 'startRecording', id, {}, { env: 1 }])
  assert.deepEqual(
    [response.status, response.headers.get('cache-control'), await response.text()],
    [418, 'no-store', 'not yours'],
  )
})

it('fails without a word of why when authorize throws or reads the body itself', async () => {
  /** @type {string[]} */
  const lines = []
  const logger = { debug() {}, warn() {}, error: (line) => lines.push(line) }
  const gateway = recallGateway(nowhere, {
    logger,
    authorize: () => {
      throw new Error('the database says: password wrong')
    },
  })
  const text = await (await gateway(post('startRecording', { id }))).text()
  assert.match(text, /gateway-failure/)
  assert.ok(!text.includes('password'))
  assert.match(lines.join(), /password wrong/)
  const reading = recallGateway(nowhere, { logger, authorize: (request) => request.json() })
  assert.equal((await reading(post('startRecording', { id }))).status, 500)
  assert.match(lines.join(), /call params\(\)/)
})

it('lets pages of its own origin ask, and programs that are no pages', async (context) => {
  const service = await serve(context, (response) => answer(response, 200, bot))
  const gateway = recallGateway(service.url)
  const statusWith = async (headers) => {
    const request = new Request(`${origin}${basePath}/retrieveBot`, {
      method: 'POST',
      body: JSON.stringify({ id }),
      headers: { 'content-type': 'application/json', ...headers },
    })
    return (await gateway(request)).status
  }
  assert.equal(await statusWith({}), 200)
  assert.equal(await statusWith({ origin }), 200)
  assert.equal(await statusWith({ origin: 'http://app.example', 'sec-fetch-site': 'same-origin' }), 200, 'behind a proxy')
  for (const foreign of [
    'https://evil.example',
    'null',
    `${origin}.evil.example`,
    'https://app.example:444',
    'http://app.example',
  ])
    assert.equal(await statusWith({ origin: foreign }), 403, foreign)
  assert.equal(await statusWith({ 'sec-fetch-site': 'cross-site' }), 403, 'a page that hides where it is from')
  assert.equal(await statusWith({ origin: 'https://sub.app.example', 'sec-fetch-site': 'same-site' }), 403)
})

it('answers a browser that asks beforehand, and lets listed origins read answers', async () => {
  const listed = 'https://other.example'
  const gateway = recallGateway(nowhere, {
    cors: { origins: [listed], credentials: true, headers: ['x-tenant'] },
    authorize: () => null,
  })
  const preflight = (from) =>
    gateway(
      new Request(`${origin}${basePath}/startRecording`, {
        method: 'OPTIONS',
        headers: { origin: from, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      }),
    )
  const allowed = await preflight(listed)
  assert.equal(allowed.status, 204)
  assert.equal(allowed.headers.get('access-control-allow-origin'), listed)
  assert.equal(allowed.headers.get('access-control-allow-credentials'), 'true')
  assert.match(allowed.headers.get('access-control-allow-headers') ?? '', /content-type.*idempotency-key.*x-tenant/)
  assert.match(allowed.headers.get('vary') ?? '', /origin/i)
  const refused = await preflight('https://evil.example')
  assert.deepEqual([refused.status, refused.headers.get('access-control-allow-origin')], [403, null])
  const problem = await gateway(post('startRecording', { id }, { headers: { origin: listed } }))
  assert.deepEqual([problem.status, problem.headers.get('access-control-allow-origin')], [401, listed])
  assert.throws(() => recallGateway(nowhere, { cors: { origins: ['*'] } }), InvalidOptionsError)
  assert.throws(() => recallGateway(nowhere, { cors: { origins: ['https://app.example/'] } }), InvalidOptionsError)
})

it('lets a function say which origins may ask, and takes nothing but true for a yes', async () => {
  const from = async (origins) => {
    const gateway = recallGateway(nowhere, { cors: { origins }, authorize: () => null })
    return (await gateway(post('startRecording', { id }, { headers: { origin: 'https://other.example' } }))).status
  }
  assert.equal(await from((asked) => asked.endsWith('.example')), 401)
  assert.equal(await from(async () => false), 403)
  assert.equal(
    await from(() => {
      throw new Error('no')
    }),
    403,
  )
})

it('takes a Response of another realm for a refusal, and no caller without a name where callers are counted', async () => {
  const foreign = { [Symbol.toStringTag]: 'Response', status: 403, headers: new Headers(), body: null }
  assert.equal((await recallGateway(nowhere, { authorize: () => foreign })(post('startRecording', { id }))).status, 403)
  const limits = { perCaller: { requests: 1, seconds: 1 } }
  assert.equal((await recallGateway(nowhere, { limits, authorize: () => ({}) })(post('startRecording', { id }))).status, 500)
})

it('cuts an endless body without content-length off at the limit', async () => {
  const gateway = recallGateway(nowhere)
  let pulled = 0
  let cancelled = false
  const endless = new ReadableStream({
    pull: (controller) => void controller.enqueue(new Uint8Array((pulled++, 4096)).fill(0x20)),
    cancel: () => void (cancelled = true),
  })
  const response = await gateway(post('startRecording', '', /** @type {any} */ ({ body: endless, duplex: 'half' })))
  assert.equal((await problemOf(response)).name, 'too-large')
  assert.ok(pulled < 20, `${pulled} chunks were taken`)
  assert.ok(cancelled)
})

it('takes what has exactly as many bytes as it may have, and no more', async (context) => {
  const service = await serve(context, (response) => answer(response, 200, bot))
  const gateway = recallGateway(service.url, { limits: { bytes: 200 } })
  const text = JSON.stringify({ id })
  assert.equal((await gateway(post('retrieveBot', text.padEnd(200)))).status, 200)
  assert.equal((await gateway(post('retrieveBot', text.padEnd(201)))).status, 413)
})

it('does not wait forever for a body that comes drop by drop', async () => {
  const gateway = recallGateway(nowhere, { limits: { readTimeout: 20 } })
  const silent = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array([0x7b])) })
  const response = await gateway(post('startRecording', '', /** @type {any} */ ({ body: silent, duplex: 'half' })))
  assert.equal((await problemOf(response)).http, 408)
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error('secret of the server')) })
  const problem = await problemOf(
    await gateway(post('startRecording', '', /** @type {any} */ ({ body: broken, duplex: 'half' }))),
  )
  assert.deepEqual([problem.http, problem.detail], [400, 'The request broke off.'])
})

it('refuses what is no object of inputs with different names', async () => {
  const gateway = recallGateway(nowhere)
  const texts = [
    '',
    ' ',
    '[]',
    '"id"',
    'null',
    '{',
    '{"id"}',
    '{"id":}',
    '{"id":1,}',
    '{id:1}',
    '{"id":"a"} x',
    '{"id":"a"}{}',
    '\ufeff{}',
  ]
  for (const text of [
    ...texts,
    '{"id":"a","id":"b"}',
    '{"body":{},"b\\u006fdy":{}}',
    `{"id":${'['.repeat(60_000)}`,
    '{"body":"x',
  ])
    assert.equal((await problemOf(await gateway(post('startRecording', text)))).http, 400, text.slice(0, 40))
  const invalidUtf8 = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])
  assert.equal((await gateway(post('startRecording', /** @type {any} */ (invalidUtf8)))).status, 400)
})

it('finds the body wherever it stands, whatever looks like one', async (context) => {
  const service = await serve(context, (response) => answer(response, 200, bot))
  const gateway = recallGateway(service.url)
  const body = '{"metadata":{"a":"}]\\"","body":"{"}}'
  for (const text of [
    `{"body":${body},"id":"${id}"}`,
    `\n{ "id" : "${id}" ,\t"body" : ${body} } `,
    `{"bod\\u0079":${body},"id":"${id}"}`,
  ])
    assert.equal((await gateway(post('startRecording', text))).status, 200, text)
  for (const { text } of service.requests) assert.equal(JSON.parse(text).metadata.body, '{')
})

for (const [name, body, code] of [
  ['equal keys', '{"metadata":{"a":"1","a":"2"}}', 'duplicate-key'],
  ['a number that no double holds', '{"video_mixed_layout":9007199254740993}', 'number-range'],
  ['half a surrogate pair', '{"metadata":{"a":"\\ud800"}}', 'lone-surrogate'],
  ['10,000 levels', `{"metadata":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'too-deep'],
  ['brackets that do not match', '{"metadata":[}]}', 'syntax'],
  ['__proto__', '{"__proto__":{"polluted":1}}', 'unknown-key'],
  ['no object', '[1]', 'type'],
]) {
  for (const prepare of [undefined, (input) => ({ ...input, body: Object.assign({}, input.body) })]) {
    it(`refuses a body with ${name}${prepare ? ', with prepare' : ''}`, async () => {
      const gateway = recallGateway(nowhere, { ...(prepare && { prepare }) })
      const text = `{"id":"${id}","body":${body}}`
      const { http, issues = [] } = await problemOf(await gateway(post('startRecording', text)))
      // Where the body ends is not certain when its brackets do not match.
      if (code === 'syntax') assert.equal(http, 400)
      else assert.equal(http, 422)
      // A copy of the object that Object.assign has made has lost the key, and is refused for its prototype.
      const codes = name === '__proto__' && prepare ? ['not-json'] : [code]
      if (http === 422)
        assert.ok(
          issues.some((issue) => codes.includes(issue.code)),
          JSON.stringify(issues),
        )
      assert.equal(/** @type {any} */ ({}).polluted, undefined)
    })
  }
}

for (const value of ['..', '.', '%2e%2e', 'a/b', 'a?x=1', 'a#b', 'a\\b', '%2f', '', 'x\r\ny', 7, null, {}, []]) {
  it(`refuses the id ${JSON.stringify(value)}`, async () => {
    const response = await recallGateway(nowhere)(post('startRecording', { id: value }))
    assert.equal(response.status, 422)
  })
}

it('refuses options that cannot be right at once', () => {
  /** @type {[object, string][]} */
  const wrong = [
    [{ authorize: undefined }, 'authorize'],
    [{ operations: [] }, 'operations'],
    [{ operations: ['startRecordings'] }, 'operations'],
    [{ operations: ['__proto__'] }, 'operations'],
    [{ region: 'us-east-9' }, 'region'],
    [{ region: undefined }, 'region'],
    [{ fields: ['realtime_endpoints'] }, 'fields'],
    [{ fields: ['/body/realtime_endpoints'] }, 'fields'],
    [{ basePath: 'api' }, 'basePath'],
    [{ limits: { byte: 1 } }, 'limits.byte'],
    [{ limits: { bytes: -1 } }, 'limits.bytes'],
    [{ athorize: () => 'me' }, 'athorize'],
  ]
  for (const [options, option] of wrong)
    assert.throws(
      () => recallGateway(nowhere, options),
      (error) => error instanceof InvalidOptionsError && error.option === option,
      JSON.stringify(options),
    )
  assert.throws(() => recallGateway(nowhere, { credentials: { apiKey: 'Token x' } }), { name: 'InvalidCredentialError' })
  assert.throws(() => createGateway(/** @type {any} */ ({}), /** @type {any} */ ({ authorize() {} })), InvalidOptionsError)
})

it('keeps the credentials of two tenants apart when they ask at once', async (context) => {
  const service = await serve(context, (response) => setTimeout(() => answer(response, 200, bot), 5))
  const gateway = recallGateway(service.url, { credentials: ({ tenant }) => ({ apiKey: `a-placeholder-key-of-${tenant}` }) })
  const ids = Array.from({ length: 20 }, (_, at) => `00000000-0000-4000-8000-0000000000${10 + at}`)
  await Promise.all(ids.map((each, at) => gateway(post('retrieveBot', { id: each }), { tenant: at % 2 })))
  for (const { url, headers } of service.requests) {
    const at = ids.findIndex((each) => url?.includes(each))
    assert.equal(headers.authorization, `Token a-placeholder-key-of-${at % 2}`)
  }
  assert.equal(service.requests.length, 20)
})

it('leaves a start alone when the page goes away, and takes a question back', async (context) => {
  let closed = 0
  const service = await startService((response) => {
    response.once('close', () => (closed += response.writableFinished ? 0 : 1))
    setTimeout(() => answer(response, 200, bot), 60)
  })
  context.after(() => service.stop())
  const gateway = recallGateway(service.url)
  const page = new AbortController()
  const start = gateway(post('startRecording', { id }, { signal: page.signal }))
  const question = gateway(post('retrieveBot', { id }, { signal: page.signal }))
  while (service.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 2))
  page.abort()
  assert.equal((await start).status, 200)
  assert.equal((await question).status, 500)
  assert.equal(closed, 1)
})
