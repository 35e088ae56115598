// Every operation of every provider answers well, as its document describes the answer; and each documented refusal has
// a body that fits its schema.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { bot, call, meeting, modules, standInFor } from './stand-in-calls.mjs'

const roomId = 'abcd-efgh-ijkl'
const participant = { roomId, participantId: 'p1' }
const track = { ...participant, kind: 'audio' }
const started = (standIn) => standIn.journal.findLast((entry) => entry.started !== undefined).started

/**
 * The calls of a provider in an order in which each succeeds; inputs may look at what came before.
 * @type {Record<string, [string, (standIn: any) => Record<string, any>][]>}
 */
const walks = {
  recall: [
    ['requestRecordingPermission', () => ({ id: bot })],
    ['startRecording', () => ({ id: bot, body: { metadata: { team: 'research' } } })],
    ['pauseRecording', () => ({ id: bot })],
    ['resumeRecording', () => ({ id: bot })],
    ['stopRecording', () => ({ id: bot })],
    ['retrieveBot', () => ({ id: bot })],
    ['listRecordings', () => ({ bot_id: bot })],
    ['retrieveRecording', (standIn) => ({ id: started(standIn) })],
  ],
  realtimekit: [
    ['startRecording', () => ({ body: { meeting_id: meeting } })],
    ['getActiveRecording', () => ({ meeting_id: meeting })],
    ['getOneRecording', (standIn) => ({ recording_id: started(standIn) })],
    ['pauseResumeStopRecording', (standIn) => ({ recording_id: started(standIn), body: { action: 'stop' } })],
    ['startTrackRecordingForAMeeting', () => ({ body: { meeting_id: meeting } })],
    ['getAllRecordings', () => ({})],
  ],
  videosdk: [
    ['startRecording', () => ({ body: { roomId } })],
    ['stopRecording', () => ({ body: { roomId } })],
    ['listRecordings', () => ({})],
    ['getRecording', (standIn) => ({ recordingId: started(standIn) })],
    ['deleteRecording', (standIn) => ({ recordingId: started(standIn) })],
    ['startParticipantRecording', () => ({ body: participant })],
    ['stopParticipantRecording', () => ({ body: participant })],
    ['listParticipantRecordings', () => ({})],
    ['getParticipantRecording', (standIn) => ({ id: started(standIn) })],
    ['deleteParticipantRecording', (standIn) => ({ id: started(standIn) })],
    ['startTrackRecording', () => ({ body: track })],
    ['stopTrackRecording', () => ({ body: track })],
    ['listTrackRecordings', () => ({})],
    ['getTrackRecording', (standIn) => ({ id: started(standIn) })],
    ['deleteTrackRecording', (standIn) => ({ id: started(standIn) })],
  ],
}

for (const [provider, walk] of Object.entries(walks)) {
  describe(provider, () => {
    const document = JSON.parse(readFileSync(new URL(`../../wasm/specs/${provider}.json`, import.meta.url), 'utf8'))
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema(document, 'document')
    const operations = new Map(
      Object.entries(document.paths).flatMap(([path, item]) =>
        ['get', 'post', 'put', 'delete']
          .filter((method) => method in item)
          .map((method) => [item[method].operationId, { ...item[method], pointer: pointerTo(path, method) }]),
      ),
    )

    it('has a walk through all operations', () => {
      assert.deepEqual([...operations.keys()].sort(), walk.map(([name]) => name).sort())
      for (const name of operations.keys()) assert.equal(typeof modules[provider][name].check, 'function')
    })

    it('answers each operation as the document says', async (test) => {
      const standIn = await standInFor(test, { providers: [provider] })
      for (const [name, inputFor] of walk) {
        const { status, body, text } = await call(standIn, provider, name, inputFor(standIn))
        assert.equal(status, 200, `${name}: ${text}`)
        const schema = `document#${operations.get(name).pointer}/responses/200/content/application~1json/schema`
        const validate = ajv.compile({ $ref: schema })
        assert.equal(modules[provider][name].readAnswer({ status, headers: {}, body: text }).ok, true, name)
        assert.ok(validate(body), `${name}: ${ajv.errorsText(validate.errors)} in ${text}`)
      }
    })

    it('gives each documented refusal on demand, as the document says', async (test) => {
      const standIn = await standInFor(test, { providers: [provider], rateLimit: false })
      const anything = { journal: [{ started: bot }] }
      for (const [name, inputFor] of walk) {
        const { responses, pointer } = operations.get(name)
        for (const [code, response] of Object.entries(responses)) {
          if (!/^[45]\d\d$/.test(code)) continue
          const input = inputFor(anything)
          const answer = await call(standIn, provider, name, input, { 'x-recreq-fail': code })
          assert.equal(answer.status, Number(code), `${name} ${code}`)
          const { status, headers, text } = answer
          const read = modules[provider][name].readAnswer({ status, headers, body: text })
          assert.deepEqual([read.ok, read.status], [false, status], `${name} ${code}`)
          assert.notEqual(read.kind, 'unreadable', `${name} ${code}`)
          const place = response.$ref?.slice(1) ?? `${pointer}/responses/${code}`
          const { content = {} } = ajv.getSchema(`document#${place}`)?.schema ?? response
          if (content['application/json'] === undefined) continue
          const validate = ajv.compile({ $ref: `document#${place}/content/application~1json/schema` })
          assert.ok(validate(answer.body), `${name} ${code}: ${ajv.errorsText(validate.errors)} in ${answer.text}`)
        }
      }
    })
  })
}

function pointerTo(path, method) {
  return `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${method}`
}
