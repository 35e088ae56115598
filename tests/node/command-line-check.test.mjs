// `recreq check`: what it says of files, in each format, and how it ends.
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { call, workplace } from './command-line.mjs'

const broken = `{
  "$schema": "./node_modules/recreq/dist/schemas/recall.startRecording.json",
  "real_time_endpoints": [],
\t"retention": { "type": "timed", "hours": "72" },
  "metadata": { "会議": "🎉" }, "start_recording_on": "host_join"
}
`

/** @param {Record<string, unknown>} body */
const json = (body) => JSON.stringify(body)

describe('the pretty format', () => {
  const { status, stdout, stderr } = call({ 'config.json': broken }, ['check', 'config.json'])

  it('shows the line with a caret, what will happen, and what to write', () => {
    assert.equal(
      stdout,
      `\
error config.json:3:3  /real_time_endpoints  recall/endpoint-key-name
  |
3 |   "real_time_endpoints": [],
  |   ^^^^^^^^^^^^^^^^^^^^^
    real_time_endpoints is ignored without a word, and no live data is sent. Did you mean
    realtime_endpoints, without the first underscore?
  = fix: rename "real_time_endpoints" to "realtime_endpoints"
  = seen in practice; the provider does not document it
  = see https://docs.recall.ai/docs/real-time-webhook-endpoints

error config.json:4:43  /retention/hours  type
  |
4 |     "retention": { "type": "timed", "hours": "72" },
  |                                              ^^^^
    This is a string, but has to be an integer.

error config.json:5:53  /start_recording_on  unknown-value
  |
5 |   "metadata": { "会議": "🎉" }, "start_recording_on": "host_join"
  |                                                       ^^^^^^^^^^^
    "host_join" is not one of the values that are known here: call_join, participant_join,
    participant_speak.

3 errors. "recreq fix" mends one of them.
`,
    )
  })

  it('says nothing on stderr, and ends with 1', () => assert.deepEqual([stderr, status], ['', 1]))

  it('cuts a long line around the place, and cuts none that fits', () => {
    const body = `{"metadata":{"a":"${'x'.repeat(400)}"},"videoo_mixed_mp4":{},"b":"${'y'.repeat(400)}"}`
    const { stdout: shown } = call({ 'config.json': body }, ['check', 'recall.startRecording', 'config.json'])
    const lines = shown.split('\n')
    const at = lines.findIndex((line) => line.includes('"videoo_mixed_mp4"'))
    assert.ok(lines.every((line) => line.length <= 100))
    assert.match(lines[at] ?? '', /^1 \| …x+"\},"videoo_mixed_mp4":\{\},"b":"•••"\}$/)
    assert.equal((lines[at + 1] ?? '').indexOf('^'), (lines[at] ?? '').indexOf('"videoo'))
  })

  it('says how many of the files have findings', () => {
    const files = { 'a.json': '{}', 'b.json': '{"transcrip":null}', 'c.json': '{}' }
    const { stdout: shown } = call(files, ['check', 'recall.startRecording', 'a.json', 'b.json', 'c.json'])
    assert.match(shown, /\n1 error in 1 of 3 files\. "recreq fix" mends one of them\.\n$/)
    const fine = call(files, ['check', 'recall.startRecording', 'a.json', 'c.json'])
    assert.deepEqual(fine, { status: 0, stdout: '2 files are fine.\n', stderr: '' })
  })
})

describe('secrets', () => {
  const secret = 'a-placeholder-that-must-not-be-shown'
  const storage = `"access_key": "${secret}", "secret": "${secret}"`
  /** @type {Record<string, [operation: string, text: string]>} */
  const cases = {
    'beside a mistake on the same line': [
      'realtimekit.startRecording',
      `{"storage_config":{"type":"aws",${storage},"region":5}}`,
    ],
    'under a misspelt name': ['realtimekit.startRecording', `{"storage_config":{"type":"aws","secrt":"${secret}"}}`],
    'in a wrong form': [
      'realtimekit.startRecording',
      `{"storage_config":{"type":"aws","secret":["${secret}",{"a":"${secret}"}],"region":5}}`,
    ],
    'of a kind that nobody knows': ['realtimekit.startRecording', `{"storage_config":{"type":"awz",${storage}}}`],
    'in a URL': [
      'recall.startRecording',
      `{"realtime_endpoints":[{"type":"rtmp","url":"http://live.example.com/app/${secret}","events":[]}]}`,
    ],
    'in a fix': [
      'recall.startRecording',
      `{"realtime_endpoints":[{"type":"webhook","url":"https://hooks.example.com?${secret}","events":["bot.join"]}]}`,
    ],
    'before a missing comma': ['realtimekit.startRecording', `{"storage_config":{"type":"aws",${storage} "region":"r"}}`],
    'in a string without an end': ['realtimekit.startRecording', `{"storage_config":{"secret":"${secret}, "region":"r"}}`],
    'outside of quotes': ['realtimekit.startRecording', `{"storage_config":{"a: "b", "secret": "${secret}"}}`],
    'on a line of its own': [
      'realtimekit.startRecording',
      `{"storage_config":{"private_key":"-----BEGIN\n${secret}\n-----END" "a"}}`,
    ],
  }
  for (const [name, [operation, text]] of Object.entries(cases)) {
    it(`are withheld ${name}`, () => {
      for (const command of [['check'], ['check', '--format', 'github'], ['check', '--format', 'sarif'], ['fix']]) {
        const { stdout, stderr, status } = call({ 'config.json': text }, [...command, operation, 'config.json'])
        assert.notEqual(status, 2, stderr)
        assert.ok(!(stdout + stderr).includes(secret), `${command.join(' ')}\n${stdout}${stderr}`)
      }
    })
  }

  it('do not take what stands around them away', () => {
    const { stdout } = call({ 'config.json': cases['beside a mistake on the same line']?.[1] ?? '' }, [
      'check',
      'realtimekit.startRecording',
      'config.json',
    ])
    assert.match(stdout, /"type":"aws","access_key": "•••", "secret": "•••","region":5/)
  })
})

it('does what a file says to no terminal', () => {
  const body = '{ "\\u001b[2J": 1, "x\u202ey\u009b": 2 }'
  for (const format of ['pretty', 'github']) {
    const { stdout } = call({ 'config.json': body }, ['check', 'recall.startRecording', 'config.json', '--format', format])
    assert.doesNotMatch(stdout, /(?!\n)[\p{Cc}\u202e]/u)
  }
})

describe('which operation a file is for', () => {
  const references = [
    'https://example.com/schemas/recall.startRecording.json',
    '../node_modules/recreq/dist/schemas/recall.startRecording.json',
    'recreq/schemas/recall.startRecording.json',
    'urn:recreq:schema:recall.startRecording',
  ]
  for (const reference of references) {
    it(`is what $schema says: ${reference}`, () => {
      const { status, stdout } = call({ 'a.json': json({ $schema: reference, transcript: null }) }, ['check', 'a.json'])
      assert.deepEqual([status, stdout], [0, '1 file is fine.\n'])
    })
  }

  it('is what the call says, by its short name where that is clear', () => {
    assert.equal(call({ 'a.json': 'null' }, ['check', 'recordingConfig', 'a.json']).status, 0)
    const { status, stderr, stdout } = call({ 'a.json': '{}' }, ['check', 'startRecording', 'a.json'])
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, /^recreq: startRecording is the name of several operations: recall\.startRecording, .*\n$/)
  })

  it('has to be known', () => {
    const { status, stderr, stdout } = call({ 'a.json': '{"$schema":"https://example.com/other.json"}' }, ['check', 'a.json'])
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, /^recreq: Which operation is a\.json for\? Its \$schema names none\. [^\n]*\n$/)
  })

  it('is not two', () => {
    const file = json({ $schema: 'recreq/schemas/recall.startRecording.json' })
    const { status, stderr } = call({ 'a.json': file }, ['check', 'videosdk.startRecording', 'a.json'])
    assert.equal(status, 2)
    assert.match(stderr, /recall\.startRecording, as its \$schema says/)
  })

  it('has something to look at', () => {
    const { status, stderr } = call({ 'a.json': '{}' }, ['check', 'recall.retrieveBot', 'a.json'])
    assert.deepEqual([status, stderr], [2, 'recreq: recall.retrieveBot takes no body: there is nothing to look at.\n'])
  })
})

describe('$schema', () => {
  for (const [where, text, column] of /** @type {const} */ ([
    ['first', '{"$schema":"recall.startRecording","videoo":1}', 36],
    ['last', '{"videoo":1,"$schema":"recall.startRecording"}', 2],
    ['between', '{"metadata":{},"$schema":"recall.startRecording","videoo":1}', 50],
    ['escaped', '{"\\u0024schema":"recall.startRecording","videoo":1}', 41],
  ])) {
    it(`leaves positions as they are when it stands ${where}`, () => {
      const { stdout } = call({ 'a.json': text }, ['check', 'a.json', '--format', 'json'])
      const [file] = JSON.parse(stdout).files
      assert.deepEqual(
        file.issues.map((issue) => [issue.code, issue.line, issue.column, issue.endColumn]),
        [['unknown-key', 1, column, column + 8]],
      )
    })
  }

  it('is reported anywhere else', () => {
    const { stdout } = call({ 'a.json': '{"transcript":{"$schema":"x"}}' }, [
      'check',
      'recall.startRecording',
      'a.json',
      '--format',
      'json',
    ])
    assert.ok(JSON.parse(stdout).files[0].issues.some((issue) => issue.pointer === '/transcript/$schema'))
  })
})

describe('files', () => {
  const place = workplace({
    'one.json': '{}',
    'set/two.json': '{}',
    'set/deep/three.json': '{}',
    'set/deep/four.txt': '{}',
    'set/.hidden/five.json': '{}',
    'set/node_modules/six.json': '{}',
    'odd[1].json': '{}',
  })
  after(() => place.remove())
  /** @param {readonly string[]} patterns */
  const matched = (...patterns) => {
    const { status, stdout, stderr } = place.run(['check', 'recall.startRecording', ...patterns, '--format', 'json'])
    return status === 0 ? JSON.parse(stdout).files.map(({ file }) => file) : stderr
  }

  for (const [pattern, files] of Object.entries({
    '*.json': ['odd[1].json', 'one.json'],
    'set/**/*.json': ['set/deep/three.json', 'set/two.json'],
    '**/*.json': ['odd[1].json', 'one.json', 'set/deep/three.json', 'set/two.json'],
    'set/{two,deep/three}.json': ['set/deep/three.json', 'set/two.json'],
    'set/d?ep/*': ['set/deep/four.txt', 'set/deep/three.json'],
    'o[a-n]e.json': ['one.json'],
    'set/.hidden/*.json': ['set/.hidden/five.json'],
    'odd[1].json': ['odd[1].json'],
  })) {
    it(`are found by ${pattern}`, () => assert.deepEqual(matched(pattern), files))
  }

  it('are looked at once', () => assert.deepEqual(matched('one.json', 'o*.json', 'one.json'), ['one.json', 'odd[1].json']))

  it('have to be there', () => {
    assert.equal(matched('nothing.json'), 'recreq: nothing.json cannot be read: there is no such file.\n')
    assert.equal(matched('nothing/*.json'), 'recreq: nothing/*.json matches no file.\n')
    assert.match(matched('set'), /^recreq: set cannot be read: it is a folder/)
  })

  it('may come through standard input', () => {
    const { status, stdout } = place.run(['check', 'recall.startRecording', '-'], { input: '{"videoo":1}' })
    assert.equal(status, 1)
    assert.match(stdout, /^error <stdin>:1:2 /)
  })
})

describe('formats for programs', () => {
  const files = { 'set/a b.json': '{\n  "a,b:%\\n": 1,\n  "video_separate_mp4": {}\n}' }
  /** @param {string} format */
  const shown = (format) => call(files, ['check', 'recall.startRecording', 'set/*.json', '--format', format]).stdout

  it('are JSON with issues as the library has them', () => {
    const findings = JSON.parse(shown('json'))
    assert.deepEqual([findings.ok, findings.errors, findings.warnings, findings.infos], [false, 2, 0, 1])
    const [file] = findings.files
    assert.deepEqual(
      [file.file, file.operation, file.ok, file.truncated],
      ['set/a b.json', 'recall.startRecording', false, false],
    )
    const issue = file.issues.find(({ code }) => code === 'unknown-key')
    assert.deepEqual([issue.line, issue.column, issue.endLine, issue.endColumn], [2, 3, 2, 12])
    assert.equal(issue.pointer, '/a,b:%\n')
  })

  it("are GitHub's workflow commands, escaped", () => {
    const lines = shown('github').trimEnd().split('\n')
    assert.equal(lines.length, 3)
    for (const line of lines)
      assert.match(line, /^::(?:error|notice) file=set\/a b\.json,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,title=[\w/-]+::.+$/)
    const line = lines.find((each) => each.includes('title=unknown-key'))
    assert.equal(
      line,
      '::error file=set/a b.json,line=2,endLine=2,col=3,endColumn=12,title=unknown-key::"a,b:%25%0A" is not known here. Remove it, or check its spelling.',
    )
    const named = call({ 'a,b:c.json': '{"x":1}' }, ['check', 'recall.startRecording', 'a,b:c.json', '--format', 'github'])
    assert.match(named.stdout, /^::error file=a%2Cb%3Ac\.json,/)
  })

  it('are SARIF with its rules', () => {
    const log = JSON.parse(shown('sarif'))
    assert.equal(log.version, '2.1.0')
    const [run] = log.runs
    assert.equal(run.columnKind, 'utf16CodeUnits')
    assert.equal(run.tool.driver.name, 'recreq')
    for (const { ruleId, ruleIndex, level, message, locations } of run.results) {
      assert.equal(run.tool.driver.rules[ruleIndex].id, ruleId)
      assert.ok(['error', 'warning', 'note'].includes(level))
      assert.ok(message.text.length > 0)
      const [{ physicalLocation, logicalLocations }] = locations
      assert.equal(physicalLocation.artifactLocation.uri, 'set/a%20b.json')
      const { startLine, startColumn, endLine, endColumn } = physicalLocation.region
      assert.ok(startLine >= 1 && startColumn >= 1 && (endLine > startLine || endColumn > startColumn))
      assert.match(logicalLocations[0].fullyQualifiedName, /^\//)
    }
    const rule = run.tool.driver.rules.find(({ id }) => id === 'recall/separate-video-layout')
    assert.deepEqual(rule.defaultConfiguration, { level: 'error' })
    assert.match(rule.helpUri, /^https:\/\/docs\.recall\.ai\//)
    assert.deepEqual(
      JSON.parse(call({ 'a.json': '{}' }, ['check', 'recall.startRecording', 'a.json', '--format', 'sarif']).stdout).runs[0]
        .results,
      [],
    )
  })
})

it('takes warnings for failures when there are more than --max-warnings', () => {
  const files = { 'a.json': '{"retention":{"type":"timed"}}' }
  assert.equal(call(files, ['check', 'recall.startRecording', 'a.json']).status, 0)
  assert.equal(call(files, ['check', 'recall.startRecording', 'a.json', '--max-warnings', '1']).status, 0)
  const { status, stderr } = call(files, ['check', 'recall.startRecording', 'a.json', '--max-warnings=0'])
  assert.deepEqual([status, stderr], [1, 'recreq: 1 warning is more than --max-warnings 0 allows.\n'])
})
