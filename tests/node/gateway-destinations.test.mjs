// A page does not decide where data goes: fields that say so are refused, unless the gateway lists them or sets them itself.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readFileSync } from 'node:fs'
import * as realtimekit from 'recreq/realtimekit'
import * as recall from 'recreq/recall'
import * as videosdk from 'recreq/videosdk'
import { answer, bot, id, meeting_id, recordingAnswer, roomId, serve } from './fake-service.mjs'
import { gateways, post, problemOf, recallGateway, videosdkGateway } from './gateway-pages.mjs'

const nowhere = 'http://127.0.0.1:9'
const evil = 'https://collector.evil.example/in'
const storage = {
  type: 'aws',
  bucket: 'evil',
  region: 'us-east-1',
  access_key: 'a-placeholder-key',
  secret: 'a-placeholder-secret',
}
const track = { roomId, participantId: 'alice', kind: 'audio' }

/** @type {[keyof typeof gateways, string, object, string][]} */
const destinations = [
  [
    'recall',
    'startRecording',
    { id, body: { realtime_endpoints: [{ type: 'webhook', url: evil, events: ['transcript.data'] }] } },
    '/realtime_endpoints',
  ],
  ['recall', 'startRecording', { id, body: { realtime_endpoints: [] } }, '/realtime_endpoints'],
  [
    'recall',
    'startRecording',
    { id, body: { transcript: { provider: { assembly_ai_async_chunked: { webhook_url: evil } } } } },
    '/transcript/provider/assembly_ai_async_chunked/webhook_url',
  ],
  [
    'recall',
    'startRecording',
    { id, body: { transcript: { provider: { gladia_v2_streaming: { callback: true, callback_config: { url: evil } } } } } },
    '/transcript/provider/gladia_v2_streaming/callback_config/url',
  ],
  // Nobody here knows this one: at the transcription vendor it is where transcripts go.
  [
    'recall',
    'startRecording',
    { id, body: { transcript: { provider: { deepgram_streaming: { callback: evil } } } } },
    '/transcript/provider/deepgram_streaming/callback',
  ],
  ['realtimekit', 'startRecording', { body: { meeting_id, storage_config: storage } }, '/storage_config'],
  [
    'realtimekit',
    'startRecording',
    { body: { meeting_id, rtmp_out_config: { rtmp_url: 'rtmps://evil.example/app/key' } } },
    '/rtmp_out_config',
  ],
  ['realtimekit', 'startRecording', { body: { url: evil, meeting_id } }, '/url'],
  [
    'realtimekit',
    'startTrackRecordingForAMeeting',
    { body: { meeting_id, layers: { default: { outputs: [{ type: 'STORAGE_BUCKET', storage_config: storage }] } } } },
    '/layers/default/outputs',
  ],
  [
    'realtimekit',
    'startTrackRecordingForAMeeting',
    { body: { meeting_id, layers: { other: { outputs: [{ type: 'STORAGE_BUCKET', storage_config: storage }] } } } },
    '/layers/other/outputs',
  ],
  ['videosdk', 'startRecording', { body: { roomId, webhookUrl: evil } }, '/webhookUrl'],
  ['videosdk', 'startRecording', { body: { roomId, templateUrl: evil } }, '/templateUrl'],
  ['videosdk', 'startRecording', { body: { roomId, preSignedUrl: evil } }, '/preSignedUrl'],
  ['videosdk', 'startRecording', { body: { roomId, awsDirPath: 'elsewhere/' } }, '/awsDirPath'],
  ['videosdk', 'startParticipantRecording', { body: { roomId, participantId: 'alice', webhookUrl: evil } }, '/webhookUrl'],
  ['videosdk', 'startTrackRecording', { body: { ...track, bucketDirPath: 'elsewhere/' } }, '/bucketDirPath'],
]

describe('a page that says where data goes', () => {
  for (const [provider, operation, input, field] of destinations) {
    const [key] = field.split('/').slice(-1)
    it(`is refused: ${provider}, ${operation}, ${field}`, async (context) => {
      const service = await serve(context, (response) => answer(response, 200, {}))
      const gateway = gateways[provider](service.url)
      const { http, issues } = await problemOf(await gateway(post(operation, input)))
      assert.equal(http, 422)
      const refused = issues.filter((issue) => issue.rule === 'gateway/destination')
      assert.deepEqual(
        refused.map((issue) => issue.pointer),
        [`/body${field}`],
      )
      assert.ok(!JSON.stringify(issues).includes('evil.example'), 'the value is not repeated')
      assert.equal(service.requests.length, 0)
    })

    it(`is refused under an escaped key: ${provider}, ${operation}, ${field}`, async () => {
      const escaped = `\\u${key.charCodeAt(0).toString(16).padStart(4, '0')}${key.slice(1)}`
      const text = JSON.stringify(input).replace(`"${key}":`, `"${escaped}" : `)
      assert.ok(text.includes(escaped))
      const { http, issues } = await problemOf(await gateways[provider](nowhere)(post(operation, text)))
      assert.equal(http, 422)
      assert.ok(issues.some((issue) => issue.pointer === `/body${field}` && issue.rule === 'gateway/destination'))
    })

    it(`is refused before prepare could pass it on: ${provider}, ${operation}, ${field}`, async () => {
      let prepared = 0
      const gateway = gateways[provider](nowhere, { prepare: (posted) => (++prepared, posted) })
      assert.equal((await gateway(post(operation, input))).status, 422)
      assert.equal(prepared, 0)
    })
  }
})

it('lets a page set what is listed, with all that is in it, and nothing else', async (context) => {
  const service = await serve(context, (response) => answer(response, 200, bot))
  const endpoint = { type: 'webhook', url: 'https://hooks.app.example/recall', events: ['transcript.data'] }
  const gateway = recallGateway(service.url, { fields: ['/realtime_endpoints', '/transcript/provider/*/callback'] })
  const body = {
    realtime_endpoints: [endpoint],
    transcript: { provider: { deepgram_streaming: { callback: 'https://app.example' } } },
  }
  assert.equal((await gateway(post('startRecording', { id, body }))).status, 200)
  assert.deepEqual(JSON.parse(service.requests[0].text).realtime_endpoints, [endpoint])
  const other = {
    transcript: { provider: { deepgram_streaming: { callback: 'https://app.example', callback_method: 'put' } } },
  }
  const { issues } = await problemOf(await gateway(post('startRecording', { id, body: other })))
  assert.deepEqual(
    issues.map((issue) => issue.pointer),
    ['/body/transcript/provider/deepgram_streaming/callback_method'],
  )
})

for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'ftp://app.example/', 'https://127.0.0.1/', 'https://ｌocalhost/']) {
  it(`refuses ${url} also where pages may set the field, and where prepare sets it`, async (context) => {
    const service = await serve(context, (response) => answer(response, 200, bot))
    const endpoints = [{ type: 'webhook', url, events: ['transcript.data'] }]
    const listing = recallGateway(service.url, { fields: ['/realtime_endpoints'] })
    const setting = recallGateway(service.url, { prepare: (input) => ({ ...input, body: { realtime_endpoints: endpoints } }) })
    for (const response of [
      await listing(post('startRecording', { id, body: { realtime_endpoints: endpoints } })),
      await setting(post('startRecording', { id })),
    ]) {
      const { http, issues } = await problemOf(response)
      assert.equal(http, 422)
      assert.ok(issues.some((issue) => issue.pointer === '/body/realtime_endpoints/0/url' && issue.severity === 'error'))
    }
    assert.equal(service.requests.length, 0)
  })
}

it('lets prepare set what the page may not', async (context) => {
  const service = await serve(context, (response) => answer(response, 200, 'Recording started successfully'))
  const webhookUrl = 'https://hooks.app.example/videosdk'
  const gateway = videosdkGateway(service.url, {
    prepare: (input, caller, { operation, context: told }) => ({
      ...input,
      body: { ...input.body, webhookUrl: `${webhookUrl}?${caller.id}-${operation}-${told}` },
    }),
  })
  const response = await gateway(post('startRecording', { body: { roomId } }), 'context')
  assert.equal(response.status, 200)
  const sent = JSON.parse(service.requests[0].text)
  assert.deepEqual([sent.roomId, sent.webhookUrl], [roomId, `${webhookUrl}?a-user-startRecording-context`])
})

it('checks what prepare gives, and takes null for a refusal', async () => {
  const gateway = videosdkGateway(nowhere, { prepare: (input) => ({ ...input, body: { roomId, webhookUrl: 7 } }) })
  assert.equal((await gateway(post('startRecording', { body: { roomId } }))).status, 422)
  const refusing = videosdkGateway(nowhere, { prepare: () => null })
  assert.equal((await problemOf(await refusing(post('startRecording', { body: { roomId } })))).name, 'refused')
})

it('withholds what prepare has set and the service repeats', async (context) => {
  const secret = 'a-placeholder-storage-secret'
  const service = await serve(context, (response, { text }) => {
    const { storage_config } = JSON.parse(text)
    answer(response, 200, { ...recordingAnswer, data: { ...recordingAnswer.data, storage_config, said: `It is ${secret}.` } })
  })
  const storage_config = { type: 'aws', bucket: 'ours', region: 'us-east-1', access_key: 'AKIAIOSFODNN7EXAMPLE', secret }
  const gateway = gateways.realtimekit(service.url, {
    prepare: (input) => ({ ...input, body: { ...input.body, storage_config } }),
  })
  const response = await gateway(post('startRecording', { body: { meeting_id } }))
  assert.equal(response.status, 200, JSON.stringify(await response.clone().json()))
  const text = await response.text()
  assert.ok(service.requests[0].text.includes(secret))
  assert.ok(!text.includes(secret) && text.includes('[withheld]'), text)
})

describe("the providers' documents", () => {
  for (const [name, { service }] of Object.entries({ recall, realtimekit, videosdk })) {
    it(`mark every field of ${name}'s bodies that looks like an address, or say here why not`, () => {
      const document = JSON.parse(readFileSync(new URL(`../../wasm/specs/${name}.json`, import.meta.url), 'utf8'))
      const listed = Object.values(service.operations).flatMap(({ destinations = [] }) => destinations)
      assert.ok(listed.length > 0)
      const marked = new Set()
      for (const schema of bodySchemas(document)) {
        for (const [key, property] of Object.entries(schema.properties ?? {})) {
          if (property['x-destination']) marked.add(key)
          else if (/ur[il]|hook|callback|rtmp|storage_config|endpoints?$|host|output|dirpath/i.test(key))
            assert.ok(isNone.has(key), key)
        }
      }
      for (const place of listed) assert.ok(marked.has(place.split('/').at(-1)), place)
    })
  }
})

// What looks like a destination by its name, and is none.
const isNone = new Set([
  'callback', // whether callbacks are sent; callback_config/url says where to
  'callback_config', // its url is one
  'webhook_auth_header_name', // go with webhook_url
  'webhook_auth_header_value',
  'url', // of a watermark: a picture that is fetched
  'host', // of SFTP, within storage_config
  'output_locale',
])

/** All schemas that bodies are made of, below a destination too. */
function* bodySchemas(document) {
  const seen = new Set()
  function* walk(schema) {
    if (typeof schema !== 'object' || schema === null || seen.has(schema)) return
    seen.add(schema)
    if (schema.properties) yield schema
    if (schema.$ref)
      yield* walk(
        schema.$ref
          .slice(2)
          .split('/')
          .reduce((at, token) => at[token], document),
      )
    for (const [key, value] of Object.entries(schema)) {
      // What lies in a destination is one with it, and a rule's properties are no fields.
      if (key === 'properties') for (const each of Object.values(value)) yield* each['x-destination'] ? [] : walk(each)
      else if (key !== 'x-rules' && key !== 'examples' && key !== 'default') yield* walk(value)
    }
  }
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path)) yield* walk(operation.requestBody?.content?.['application/json']?.schema)
}
