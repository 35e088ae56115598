// What a page is told when the service fails: what it can do about it, and nothing of what the service says.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startStandIn } from 'recreq/stand-in'
import { answer, apiKey, bot, everyOperation, id, meeting_id, recordingAnswer, serve } from './fake-service.mjs'
import { closedUrl, gateways, post, problemOf, realtimekitGateway, recallGateway, videosdkGateway } from './gateway-pages.mjs'

const internals = 'Traceback (most recent call last): /srv/app/internal.py, db-7.internal.example'

/** What becomes of a status: of a question, and of what changes something. */
const answers = /** @type {const} */ ([
  [302, 'service-unreadable', 'service-unreadable'],
  [400, 'request-invalid', 'request-invalid'],
  [401, 'service-refuses', 'service-refuses'],
  [402, 'service-refuses', 'service-refuses'],
  [403, 'service-refuses', 'service-refuses'],
  [404, 'not-found', 'not-found'],
  [405, 'request-invalid', 'request-invalid'],
  [409, 'conflict', 'conflict'],
  [422, 'request-invalid', 'request-invalid'],
  [429, 'rate-limit', 'rate-limit'],
  [500, 'service-failure', 'outcome-unknown'],
  [502, 'service-failure', 'outcome-unknown'],
  [503, 'service-failure', 'outcome-unknown'],
  [504, 'service-failure', 'outcome-unknown'],
])
const statuses = {
  'service-unreadable': 502,
  'request-invalid': 422,
  'service-refuses': 502,
  'not-found': 404,
  conflict: 409,
  'rate-limit': 429,
  'service-failure': 502,
  'outcome-unknown': 502,
}

describe('every status of every operation', () => {
  /** @type {import('recreq/stand-in').StandIn} */
  let standIn
  before(async () => {
    standIn = await startStandIn({ rateLimit: false })
  })
  after(() => standIn.stop())

  for (const { service, name, policy, input } of everyOperation) {
    it(`is told by its problem: ${service}, ${name}`, async () => {
      const gateway = gateways[service](standIn.baseUrl(service), { retry: false })
      for (const [status, ofQuestion, ofChange] of answers) {
        standIn.fail(String(status))
        const problem = await problemOf(await gateway(post(name, input)))
        const names = [policy.method === 'GET' ? ofQuestion : ofChange]
        // What a document says of a status comes before what is said of all.
        if (status === 409 || status === 402 || status === 405 || status === 400)
          names.push('service-refuses', 'request-invalid', 'not-found', 'conflict')
        assert.ok(names.includes(problem.name), `${status}: ${problem.name}`)
        assert.equal(problem.http, problem.status)
        const expected = status === 503 && policy.method === 'GET' ? 503 : statuses[problem.name]
        assert.equal(problem.http, expected, `${status}`)
        assert.equal(problem.headers.get('content-type'), 'application/problem+json')
        assert.equal(problem.headers.get('cache-control'), 'no-store')
        assert.deepEqual(
          Object.keys(problem).filter(
            (key) =>
              !['type', 'title', 'status', 'detail', 'issues', 'code', 'truncated', 'name', 'headers', 'http'].includes(key),
          ),
          [],
        )
      }
    })
  }
})

for (const { service, name, input } of everyOperation) {
  it(`tells nothing of the service's own: ${service}, ${name}`, async (context) => {
    let status = 0
    const { url } = await serve(context, (response, { headers }) => {
      const echo = `${internals} ${headers.authorization}`
      answer(
        response,
        status,
        {
          success: false,
          error: echo,
          detail: echo,
          message: echo,
          code: echo,
          errors: [{ message: echo, code: 9 }],
          video_mixed_layout: [echo],
        },
        { 'x-internal': internals, server: 'internal' },
      )
    })
    const gateway = gateways[service](url, { retry: false })
    for (status of [200, 400, 401, 403, 404, 409, 422, 429, 500, 503]) {
      const response = await gateway(post(name, input))
      const text = (await response.text()) + JSON.stringify([...response.headers])
      if (status !== 200 || !response.ok)
        for (const word of ['Traceback', 'internal', 'srv', 'placeholder'])
          assert.ok(!text.includes(word), `${status}: ${text}`)
      assert.ok(!/a-placeholder[-.]and[-.]no/.test(text), `${status}: ${text}`)
    }
  })
}

it('withholds the credential from an answer that repeats it', async (context) => {
  const { url } = await serve(context, (response, { headers }) =>
    answer(response, 200, { ...bot, metadata: { echo: headers.authorization, [apiKey]: `${apiKey}!` } }),
  )
  const text = await (await recallGateway(url)(post('retrieveBot', { id }))).text()
  assert.ok(!text.includes(apiKey), text)
  assert.deepEqual(JSON.parse(text).metadata, { echo: 'Token [withheld]', '[withheld]': '[withheld]!' })
})

it('names places that the service refuses, in its own words', async (context) => {
  const { url } = await serve(context, (response) =>
    answer(response, 400, { video_mixed_layout: ['is not available on pod-17.'] }),
  )
  const problem = await problemOf(
    await recallGateway(url)(post('startRecording', { id, body: { video_mixed_layout: 'gallery_view_v2' } })),
  )
  assert.deepEqual([problem.http, problem.issues.map((issue) => issue.pointer)], [422, ['/body/video_mixed_layout']])
  assert.ok(!JSON.stringify(problem).includes('pod-17'))
})

for (const [sent, told] of [
  ['7', '7'],
  ['1e9', '1'],
  ['garbage', '1'],
  ['-5', '1'],
  [new Date(Date.now() + 3_600_000).toUTCString(), /^3[56]\d\d$/],
]) {
  it(`passes on how long to wait: ${typeof sent === 'string' && sent.length < 9 ? sent : 'a date'}`, async (context) => {
    const { url } = await serve(context, (response) => answer(response, 429, {}, { 'retry-after': String(sent) }))
    const response = await recallGateway(url, { retry: false })(post('startRecording', { id }))
    assert.equal(response.status, 429)
    const wait = response.headers.get('retry-after') ?? ''
    if (typeof told === 'string') assert.equal(wait, told)
    else assert.match(wait, told)
  })
}

it('passes on how long a service is away that was asked a question, and not of a start, which must not be repeated', async (context) => {
  const { url } = await serve(context, (response) => answer(response, 503, {}, { 'retry-after': '7' }))
  const question = await recallGateway(url, { retry: false })(post('retrieveBot', { id }))
  assert.deepEqual([question.status, question.headers.get('retry-after')], [503, '7'])
  const start = await realtimekitGateway(url)(post('startRecording', { body: { meeting_id } }))
  assert.deepEqual([start.status, start.headers.get('retry-after')], [502, null])
})

it('takes a success that says of itself that it is none, and a page, for a failure', async (context) => {
  let page = false
  const { url } = await serve(context, (response) => {
    if (page) response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>')
    else answer(response, 200, { success: false, errors: [] })
  })
  const gateway = realtimekitGateway(url, { retry: false })
  for (page of [false, true]) {
    const problem = await problemOf(await gateway(post('getAllRecordings')))
    assert.ok(problem.http >= 500, problem.name)
  }
})

it('is not flooded by an answer, and passes no page on', async (context) => {
  let status = 0
  const { url } = await serve(context, (response) => {
    response.writeHead(status, { 'content-type': 'text/html' })
    const chunk = `<!doctype html><title>${internals}</title>${'x'.repeat(0x1_0000)}`
    let sent = 0
    const more = () => {
      while (sent < 20_000_000 && !response.destroyed) {
        sent += chunk.length
        if (!response.write(chunk)) return void response.once('drain', more)
      }
      response.end()
    }
    more()
  })
  for (status of [200, 400, 403, 500, 502]) {
    const response = await recallGateway(url, { retry: false })(post('retrieveBot', { id }))
    const text = await response.text()
    assert.ok(response.status >= 400 && text.length < 1000, `${status}: ${text.slice(0, 200)}`)
    assert.ok(!text.includes('Traceback'), text)
  }
})

it('withholds what the service tells of destinations that were set another time', async (context) => {
  const secret = 'a-placeholder'
  const told = {
    ...recordingAnswer.data,
    download_url: `https://files.example.com/a.mp4?X-Signature=${secret}`,
    storage_config: { type: 'aws', bucket: 'ours', access_key: secret, secret, password: 'x', private_key: null },
    rtmp_out_config: { rtmp_url: `rtmps://live.example.com/app/${secret}` },
  }
  const { url } = await serve(context, (response) => answer(response, 200, { success: true, data: told }))
  const { data } = await (await realtimekitGateway(url)(post('getOneRecording', { recording_id: id }))).json()
  assert.deepEqual(data, {
    ...told,
    storage_config: { ...told.storage_config, access_key: '[withheld]', secret: '[withheld]', password: '[withheld]' },
    rtmp_out_config: { rtmp_url: '[withheld]' },
  })

  const endpoints = [{ type: 'webhook', url: `https://hooks.example.com/?token=${secret}`, events: [] }]
  const callback_config = { url: 'https://callbacks.example.com/?token=short' }
  const transcript = { provider: { gladia_v2_streaming: { callback_config }, assembly_ai_async_chunked: { webhook_auth_header_value: secret } } }
  const told2 = { ...bot, recording_config: { realtime_endpoints: endpoints, transcript }, metadata: { url: 'https://example.com/' } }
  const service = await serve(context, (response) => answer(response, 200, told2))
  const answered = await (await recallGateway(service.url)(post('retrieveBot', { id }))).json()
  assert.ok(!JSON.stringify(answered).includes(secret))
  assert.ok(!JSON.stringify(answered).includes('short'))
  assert.deepEqual(answered.metadata, told2.metadata)

  const recording = { id: 'r1', webhookUrl: `https://hooks.example.com/?token=${secret}&room=1`, file: { fileUrl: 'https://a.example/' } }
  const rooms = await serve(context, (response) => answer(response, 200, recording))
  const found = await (await videosdkGateway(rooms.url)(post('getRecording', { recordingId: 'r1' }))).json()
  assert.deepEqual(found, { ...recording, webhookUrl: 'https://hooks.example.com/?token=[withheld]&room=1' })
})

it('sends a start once whose answer is lost, where there is no key, and says what to look at', async (context) => {
  const { url, requests } = await serve(context, (response) => response.destroy())
  const problem = await problemOf(await realtimekitGateway(url)(post('startRecording', { body: { meeting_id } })))
  assert.deepEqual([problem.http, problem.name, requests.length], [502, 'outcome-unknown', 1])
  assert.match(problem.detail, /recordings of the meeting/)
})

it('says 504 when no answer came in time', async (context) => {
  const { url } = await serve(context, () => undefined)
  const gateway = realtimekitGateway(url, { timeout: 20, retry: false })
  const start = await problemOf(await gateway(post('startRecording', { body: { meeting_id } })))
  assert.deepEqual([start.http, start.name], [504, 'outcome-unknown'])
  const question = await problemOf(await gateway(post('getAllRecordings')))
  assert.deepEqual([question.http, question.name], [504, 'service-timeout'])
})

it('says 503 when nothing could be sent', async () => {
  const problem = await problemOf(await recallGateway(await closedUrl(), { retry: false })(post('startRecording', { id })))
  assert.deepEqual([problem.http, problem.name], [503, 'service-unreachable'])
})

it('repeats a start under its one key until the answer comes', async (context) => {
  const { url, requests } = await serve(context, (response, { number }) =>
    number < 3 ? response.destroy() : answer(response, 200, bot),
  )
  assert.equal((await recallGateway(url)(post('startRecording', { id }))).status, 200)
  assert.equal(requests.length, 3)
  assert.equal(new Set(requests.map(({ headers }) => headers['idempotency-key'])).size, 1)
})

it("sends a page's repetition under the key of the first, and no other caller's", async (context) => {
  const { url, requests } = await serve(context, (response) => answer(response, 200, bot))
  const gateway = recallGateway(url, { authorize: (request) => request.headers.get('x-user') })
  const start = (user, key, bot = id) =>
    gateway(post('startRecording', { id: bot }, { headers: { 'x-user': user, 'idempotency-key': key } }))
  await start('anna', 'key-1')
  await start('anna', 'key-1')
  await start('berta', 'key-1')
  await start('anna', 'key-2')
  await start('anna', 'key-1', '00000000-0000-4000-8000-000000000000')
  const keys = requests.map(({ headers }) => headers['idempotency-key'])
  assert.equal(keys[0], keys[1])
  assert.equal(new Set(keys).size, 4)
  assert.equal((await start('anna', 'a key')).status, 400)
  assert.equal((await start('anna', 'k'.repeat(256))).status, 400)
})

it('is not led elsewhere with the credential', async (context) => {
  const other = await serve(context, (response) => answer(response, 200, bot))
  const { url } = await serve(context, (response) => response.writeHead(307, { location: `${other.url}/collect` }).end())
  for (const name of ['startRecording', 'retrieveBot'])
    assert.ok((await recallGateway(url, { retry: false })(post(name, { id }))).status >= 500)
  assert.equal(other.requests.length, 0)
})

it('answers with 204 where the service has nothing to say', async (context) => {
  const { url } = await serve(context, (response) => response.writeHead(204).end())
  const response = await recallGateway(url)(post('stopRecording', { id }))
  assert.ok([200, 204].includes(response.status) || response.status === 502)
})

it('gives RealtimeKit what the page says beside what the gateway says', async (context) => {
  const { url, requests } = await serve(context, (response) => answer(response, 200, recordingAnswer))
  const response = await realtimekitGateway(url)(post('startRecording', { body: { meeting_id } }))
  assert.equal(response.status, 200)
  assert.match(requests[0].url ?? '', /accounts\/\w+\/realtime\/kit\/[\w-]+\/recordings$/)
})
