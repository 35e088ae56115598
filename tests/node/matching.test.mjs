// Matching a bot from JavaScript: what may be given, what comes back, which options hold. What a match is made of stands in the
// vectors.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { applyFixes, realtimekit, recall } from 'recreq'

const { startRecording } = recall
const retention = Object.freeze({ type: 'timed', hours: 24 })
const bot = Object.freeze({
  id: '00000000-0000-4000-8000-000000000000',
  recording_config: Object.freeze({ retention, video_mixed_layout: 'gallery_view_v2', video_mixed_mp4: Object.freeze({}) }),
})
const overrides = { audio_mixed_mp3: {} }
const bytes = (value) => new TextEncoder().encode(JSON.stringify(value))

/** @param {readonly import('recreq').Issue[]} issues */
const places = (issues) => issues.map(({ code, rule, pointer }) => `${rule ?? code} ${pointer}`)

describe('matchBot', () => {
  it('gives a body that build takes as it is', () => {
    const match = startRecording.matchBot(bot, overrides)
    assert.ok(match.ok)
    const request = startRecording.build({ region: 'us-west-2', id: bot.id, body: match.body })
    assert.deepEqual(JSON.parse(String(request.body)), match.body)
    assert.deepEqual(request.issues, [])
    assert.equal(match.body.participant_events, null)
    assert.equal(match.origins['/audio_mixed_mp3'], 'override')
    assert.equal(match.origins['/video_mixed_layout'], 'bot')
    assert.equal(match.origins['/realtime_endpoints'], 'default')
  })

  it('takes objects, text and bytes, and gives the same of each', () => {
    const expected = startRecording.matchBot(bot, overrides)
    for (const given of [bot, JSON.stringify(bot), bytes(bot)]) {
      for (const laid of [overrides, JSON.stringify(overrides), bytes(overrides)])
        assert.deepEqual(startRecording.matchBot(given, laid), expected)
    }
    assert.deepEqual(startRecording.matchBot(bot), startRecording.matchBot(bot, {}))
  })

  it('says line and column in the text that an issue is about', () => {
    const { issues } = startRecording.matchBot(
      '{\n"id":"x",\n"recording_config":{"retention":{"type":"forever"},"é👍":1}}',
      new TextEncoder().encode('{"é": 1,\n "video_mixed_layout": 7}'),
    )
    const said = issues.map(({ pointer, offset, line, column }) => ({ pointer, offset, line, column }))
    assert.deepEqual(said, [
      { pointer: '/bot/recording_config/é👍', offset: 63, line: 3, column: 52 },
      { pointer: '/overrides/video_mixed_layout', offset: 33, line: 2, column: 24 },
      { pointer: '/overrides/é', offset: 1, line: 1, column: 2 },
    ])
  })

  it('does not change what was given', () => {
    const before = structuredClone({ bot, overrides })
    startRecording.matchBot(bot, overrides)
    assert.deepEqual({ bot, overrides }, before)
  })

  it('never throws on bad data', () => {
    const cycle = {}
    cycle.recording_config = cycle
    const unreadable = {
      get recording_config() {
        throw new Error('no')
      },
    }
    const deep = JSON.parse('{"metadata":'.repeat(100) + '1' + '}'.repeat(100))
    const bad = [undefined, null, 0, true, '', 'null', '[', [], new Date(0), new Map(), new Response(), cycle, unreadable, 1n, deep, new Uint8Array([0xff])]
    for (const given of bad) {
      for (const match of [startRecording.matchBot(/** @type {any} */ (given)), startRecording.matchConfig(/** @type {any} */ (given))]) {
        assert.equal(match.ok, false)
        assert.ok(match.errors.length > 0)
        assert.match(match.errors[0]?.pointer ?? '', /^\/(bot|config)/)
      }
      if (given === undefined) continue
      const match = startRecording.matchBot(bot, /** @type {any} */ (given))
      assert.equal(match.ok, false)
      assert.match(match.errors[0]?.pointer ?? '', /^\/overrides/)
    }
  })

  it('says of both what JSON cannot carry', () => {
    const { issues, body } = startRecording.matchBot({ recording_config: { retention: () => 1 } }, { metadata: { n: /** @type {any} */ (NaN) } })
    assert.deepEqual(places(issues), ['not-json /bot/recording_config/retention', 'not-json /overrides/metadata/n'])
    assert.deepEqual(issues[1]?.path, ['overrides', 'metadata', 'n'])
    assert.equal(body, undefined)
  })

  it('keeps to data of its own where keys are those of prototypes', () => {
    const { body, issues } = startRecording.matchBot(
      JSON.stringify(bot),
      '{"metadata":{"__proto__":"a","constructor":"b"},"__proto__":{"polluted":true}}',
    )
    assert.deepEqual(Object.keys(/** @type {any} */ (body).metadata), ['__proto__', 'constructor'])
    assert.deepEqual(places(issues), ['unknown-key /overrides/__proto__'])
    assert.equal(/** @type {any} */ ({}).polluted, undefined)
  })

  it('is quick with very many members on both sides', () => {
    const many = Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`key ${i}`, 'x']))
    const match = startRecording.matchBot({ id: 'x', recording_config: { retention, metadata: many } }, { metadata: many })
    assert.ok(match.ok)
    assert.equal(Object.keys(match.body.metadata ?? {}).length, 40_000)
  })
})

describe('a secret of the bot', () => {
  const key = 'a-placeholder-and-no-key'
  const endpoint = { type: 'rtmp', url: `rtmp://live.example.com/app/${key}`, events: ['video_mixed_flv.data'] }
  const secrets = [
    { video_mixed_flv: {}, realtime_endpoints: [endpoint] },
    { realtime_endpoints: [{ ...endpoint, type: 'rtpm' }] },
    { realtime_endpoints: [{ ...endpoint, uri: endpoint.url }] },
    { transcript: { provider: { assembly_ai_async_chunked: { webhook_auth_header_value: key } } } },
    { transcript: { provider: { assembly_ai_async_chunked: { webhook_auth_header_valeu: key } } } },
    { real_time_endpoints: [endpoint] },
    { retention: { type: key } },
  ]

  it('is neither in the changes nor in the issues', () => {
    for (const config of secrets.slice(0, -1)) {
      for (const { body, wouldHaveChanged, issues } of [
        startRecording.matchConfig(/** @type {any} */ (config)),
        startRecording.matchBot({ id: 'x', recording_config: { retention, ...config } }),
      ]) {
        assert.ok(body)
        assert.doesNotMatch(JSON.stringify({ wouldHaveChanged, issues }), new RegExp(key), JSON.stringify(config))
      }
    }
  })
})

describe('options of an operation', () => {
  it('hold for its matches', () => {
    const echo = { id: 'x', recording_config: { video_mixed_layout: 'gird' } }
    const strict = startRecording.matchBot(echo)
    assert.deepEqual(places(strict.errors), [
      'recall/retention-unknown /bot/recording_config/retention',
      'unknown-value /bot/recording_config/video_mixed_layout',
    ])
    const lenient = startRecording.with({ unknown: 'warn', rules: { 'recall/retention-unknown': 'off' } }).matchBot(echo)
    assert.ok(lenient.ok)
    assert.deepEqual(places(lenient.warnings), ['unknown-value /bot/recording_config/video_mixed_layout'])
  })

  it('leave extraBody to build, where it is not checked', () => {
    const ours = startRecording.with({ extraBody: { brand_new: true } })
    const match = ours.matchBot(bot)
    assert.ok(match.ok)
    assert.ok(!('brand_new' in match.body))
    const request = ours.build({ region: 'us-west-2', id: bot.id, body: match.body })
    assert.equal(JSON.parse(String(request.body)).brand_new, true)
  })

  it('let rules of the caller look at the body, and blame where it comes from', () => {
    const seen = []
    const ours = startRecording.with({
      customRules: [
        {
          id: 'team/hours',
          check(body) {
            seen.push(body)
            assert.ok(Object.isFrozen(body))
            return [
              { pointer: '/retention/hours', message: 'A day is too short.', fix: [{ op: 'add', path: '/retention', value: { type: 'forever' } }] },
              { pointer: '/audio_mixed_mp3', message: 'No.', severity: 'warning', fix: [{ op: 'remove', path: '/audio_mixed_mp3' }] },
              { pointer: '/metadata/team', message: 'Say whose it is.', severity: 'info' },
            ]
          },
        },
      ],
    })
    const match = ours.matchBot(bot, overrides)
    assert.equal(match.ok, false)
    assert.equal(seen.length, 1)
    assert.deepEqual(places(match.issues), [
      'team/hours /bot/recording_config/retention/hours',
      'team/hours /overrides/audio_mixed_mp3',
      'team/hours /overrides/metadata/team',
    ])
    assert.deepEqual(match.issues[0]?.path, ['bot', 'recording_config', 'retention', 'hours'])
    assert.equal(match.issues[1]?.fix, undefined)
    const fixed = applyFixes({ overrides }, match)
    assert.deepEqual(fixed.overrides, { ...overrides, retention: { type: 'forever' } })
    assert.ok(!Object.isFrozen(match.body))
  })

  it('limit what is read', () => {
    const { errors } = startRecording.with({ limits: { bytes: 64 } }).matchBot(JSON.stringify(bot))
    assert.deepEqual(places(errors), ['too-large /bot'])
    const shallow = startRecording.with({ limits: { depth: 2 } }).matchBot({ id: 'x', recording_config: { metadata: {} } })
    assert.deepEqual(places(shallow.errors), ['too-deep /bot/recording_config/metadata'])
  })
})

describe('matchConfig', () => {
  it('goes on with what a bot was created with', () => {
    const told = { retention, transcript: { provider: { meeting_captions: {} } } }
    const { ok, body, wouldHaveChanged } = startRecording.matchConfig(told, overrides)
    assert.ok(ok)
    assert.deepEqual(wouldHaveChanged, [
      { pointer: '/retention', bot: retention },
      { pointer: '/transcript', bot: told.transcript, start: null },
    ])
    assert.deepEqual(startRecording.matchConfig(body).body, body)
  })
})

describe('operations that match nothing', () => {
  it('do not have the methods', () => {
    for (const operation of [recall.stopRecording, recall.retrieveBot, realtimekit.startRecording])
      assert.ok(!('matchBot' in operation) && !('matchConfig' in operation))
  })
})
