// `recreq list`, `recreq describe` and `recreq schema`: what is known, for people and for editors.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { documentedOperations, providerDocument, providerNames } from '../../build/javascript/provider-document.js'
import { call } from './command-line.mjs'

/** @param {string[]} args */
const printed = (...args) => {
  const { status, stdout, stderr } = call({}, args)
  assert.deepEqual([status, stderr], [0, ''])
  return stdout
}

describe('list', () => {
  it('has every operation with its method and path, and every schema that stands for itself', () => {
    const shown = printed('list')
    const entries = JSON.parse(printed('list', '--format', 'json'))
    for (const provider of providerNames) {
      for (const { name, method, path } of documentedOperations(provider)) {
        assert.match(shown, new RegExp(`^  ${provider}\\.${name} +${method} +${path.replaceAll(/[{}]/g, '\\$&')}$`, 'm'))
        const entry = entries.find(({ operation }) => operation === `${provider}.${name}`)
        assert.deepEqual([entry.method, entry.path], [method, path])
      }
      for (const name of Object.keys(providerDocument(provider)['x-schemas'] ?? {}))
        assert.match(shown, new RegExp(`${provider}\\.${name} `))
    }
  })

  it('has one provider alone', () => {
    assert.doesNotMatch(printed('list', 'videosdk'), /recall\./)
    const { status, stderr } = call({}, ['list', 'zoom'])
    assert.deepEqual([status, stderr], [2, 'recreq: There is no provider "zoom". There are recall, realtimekit, videosdk.\n'])
  })
})

describe('describe', () => {
  it('shows parameters, fields, rules and sources of an operation', () => {
    const shown = printed('describe', 'recall.startRecording')
    assert.match(
      shown,
      /^recall\.startRecording {2}Start Recording\nPOST https:\/\/\{region\}\.recall\.ai\/api\/v1\/bot\/\{id\}\/start_recording\/\nAuthorization: Token \$RECALL_API_KEY\n/,
    )
    assert.match(shown, /\nParameters\n {2}--region {2}"us-east-1", .*, required\n/)
    assert.match(shown, /\nBody, may be left out\n {2}transcript {2}object or null, default null, written\n/)
    assert.match(shown, /\nRules\n/)
    assert.match(shown, /\n {2}error {2}recall\/separate-video-layout {2}\/video_mixed_layout\n/)
    // What stands beside the reference to what Create Bot takes, too.
    assert.match(shown, /\n {2}error {2}recall\/start-recording-on-manual {2}\/start_recording_on\n/)
    assert.match(shown, /\nSources\n(?:.*\n)* {2}Recording control, read on \d{4}-\d\d-\d\d\n {6}https:/)
  })

  it('tells a default that is known from one that is written', () => {
    assert.equal(
      printed('describe', 'recall.startRecording', '/retention/hours').split('\nSources\n')[0],
      `\
recall.startRecording /retention/hours
integer
default 168, known, never sent
at least 1

How many hours the recording is kept. Always send it: the guides ask for it, one reference page
names 168 for absence.

Rules
  warning  recall/retention-hours-present  /retention/hours
      Whether a timed retention without hours is refused or lasts 168 hours depends on the page one
      reads. Write hours.
      https://docs.recall.ai/docs/storage-and-playback
`,
    )
    assert.match(printed('describe', 'recall.startRecording', 'video_mixed_mp4'), /\ndefault \{\}, written\n/)
  })

  it('shows each branch of a union', () => {
    const shown = printed('describe', 'recall.startRecording', '/realtime_endpoints')
    for (const type of ['websocket', 'webhook', 'rtmp', 'desktop_sdk_callback'])
      assert.match(shown, new RegExp(`\ntype: "${type}"\n`))
    assert.match(printed('describe', 'recall.startRecording', '/realtime_endpoints/*/url'), /\nstring\nrequired\n|^string$/m)
  })

  it('describes a schema that stands for itself, and an operation without a body', () => {
    assert.match(printed('describe', 'recordingConfig'), /^recall\.recordingConfig {2}Recording Config\n/)
    assert.doesNotMatch(printed('describe', 'recall.retrieveBot'), /\nBody/)
  })

  it('describes every operation', () => {
    for (const { operation } of JSON.parse(printed('list', '--format', 'json')))
      assert.ok(printed('describe', operation).includes(operation))
  })

  it('asks back when a name or a pointer is wrong', () => {
    for (const [args, message] of /** @type {const} */ ([
      [['recall.startRecoding'], 'There is no operation "recall.startRecoding". Did you mean recall.startRecording?'],
      [['recall.startRecording', '/retention/hour'], 'recall.startRecording /retention has no field hour. Did you mean hours?'],
      [
        ['recall.startRecording', '/realtime_endpoints/url'],
        'recall.startRecording /realtime_endpoints has no field url. It is an array: /realtime_endpoints/* are its elements.',
      ],
      [['recall.retrieveBot', '/id'], 'recall.retrieveBot has no body, and so no fields.'],
    ])) {
      const { status, stdout, stderr } = call({}, ['describe', ...args])
      assert.deepEqual([status, stdout, stderr], [2, '', `recreq: ${message}\n`])
    }
  })
})

it('schema prints the schema that the package has', () => {
  const file = new URL('../../dist/schemas/recall.recordingConfig.json', import.meta.url)
  assert.equal(printed('schema', 'recordingConfig'), readFileSync(file, 'utf8'))
  assert.equal(call({}, ['schema', 'recall.retrieveBot']).status, 2)
})
