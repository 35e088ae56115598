// The command line as a program: help, bad use, configuration, colours, pipes, and the package's bin.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { call, environment, program, workplace } from './command-line.mjs'

const commands = ['check', 'fix', 'build', 'send', 'list', 'describe', 'schema', 'mock']

describe('help', () => {
  it('names every command', () => {
    const { status, stdout } = call({}, ['--help'])
    assert.equal(status, 0)
    for (const command of commands) assert.match(stdout, new RegExp(`^  ${command} `, 'm'))
    assert.deepEqual([call({}, []).stdout, call({}, ['-h']).stdout, call({}, ['help']).stdout], [stdout, stdout, stdout])
  })

  for (const command of commands) {
    it(`tells what ${command} takes`, () => {
      const { status, stdout, stderr } = call({}, [command, '--help'])
      assert.deepEqual([status, stderr], [0, ''])
      assert.match(stdout, new RegExp(`^recreq ${command} `))
      assert.match(stdout, /\nOptions\n(?:.*\n)+\nExamples\n {2}\$ \S/)
      assert.equal(call({}, ['help', command]).stdout, stdout)
      assert.ok(stdout.split('\n').every((line) => line.length <= 140))
    })
  }

  it('tells the version', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    assert.equal(call({}, ['--version']).stdout, `${version}\n`)
    assert.equal(call({}, ['-v']).stdout, `${version}\n`)
  })
})

describe('bad use', () => {
  for (const [args, message] of /** @type {const} */ ([
    [['chekc'], 'There is no command chekc. Did you mean check?'],
    [['frobnicate'], `There is no command frobnicate. There are check, fix, build, send, list, mock, describe, schema.`],
    [['--verison'], 'There is no option --verison. There are check, fix, build, send, list, mock, describe, schema.'],
    [['check', '--fromat', 'json'], 'There is no option --fromat. Did you mean --format?'],
    [
      ['check', 'a.json', '--format', 'jsno'],
      '--format is one of pretty, json, github, sarif; "jsno" is not. Did you mean json?',
    ],
    [['check', 'a.json', '--format'], '--format needs a value: --format pretty|json|github|sarif.'],
    [['check', 'a.json', '--max-warnings', '-1'], '--max-warnings is a number, 0 or more; "-1" is not.'],
    [['check', '--format=json', '--format=json'], '--format stands there more than once.'],
    [['fix', '--write=no', 'a.json'], '--write takes no value.'],
    [['check'], 'Which files? Name them, or - for standard input.'],
    [['build'], 'Which operation? "recreq list" shows all.'],
    [['constructor'], 'There is no command constructor. There are check, fix, build, send, list, mock, describe, schema.'],
    [['build', 'recall.stopRecording', '--param', 'id'], '--param id has no value: write --param id=…'],
  ])) {
    it(`gets one line: recreq ${args.join(' ')}`, () => {
      assert.deepEqual(call({ 'a.json': '{}' }, args), { status: 2, stdout: '', stderr: `recreq: ${message}\n` })
    })
  }
})

describe('recreq.config.json', () => {
  const body = '{"retention":{"type":"timed"},"videoo":1}'
  const args = ['check', 'recall.startRecording', 'set/a.json']

  it('is found beside a file or above it, and holds for all providers', () => {
    const config = JSON.stringify({
      $schema: './node_modules/recreq/dist/schemas/recreq.config.json',
      rules: { 'recall/retention-hours-present': 'error', 'realtimekit/storage-bucket': 'off' },
      unknown: 'warn',
    })
    const { status, stdout } = call({ 'set/a.json': body, 'recreq.config.json': config }, args)
    assert.equal(status, 1)
    assert.match(stdout, /^error .* recall\/retention-hours-present$/m)
    assert.match(stdout, /^warning .* unknown-key$/m)
  })

  it('has other options for single operations', () => {
    const own = { 'recall.startRecording': { unknown: 'allow', defaults: 'omit', extraBody: { more: true } } }
    const files = {
      'set/a.json': '{"videoo":1}',
      'set/recreq.config.json': JSON.stringify({ unknown: 'error', operations: own }),
    }
    assert.equal(call(files, args).status, 0)
    const built = call(files, [
      'build',
      ...args.slice(1),
      '--region',
      'us-west-2',
      '--id',
      '3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55',
    ])
    assert.match(built.stdout, /\n\{"more":true,"videoo":1\}\n$/)
  })

  it('is the one that --config names, where it is named', () => {
    const files = { 'set/a.json': body, 'recreq.config.json': '{"unknown":"error"}', 'other/strict.json': '{"unknown":"allow"}' }
    assert.equal(call(files, [...args, '--config', 'other/strict.json']).status, 0)
    assert.equal(call(files, [...args, '--config', 'nothing.json']).status, 2)
  })

  for (const [text, message] of [
    ['{"unkown":"warn"}', '1:2: There is no option "unkown". Did you mean "unknown"?'],
    [
      '{\n  "rules": { "recall/no-localhos": "off" }\n}',
      '2:14: There is no rule "recall/no-localhos". Did you mean "recall/no-localhost"?',
    ],
    [
      '{"rules":{"recall/no-localhost":"of"}}',
      '1:11: The option rules["recall/no-localhost"] is one of "error", "warning", "info", "off". Did you mean "off"?',
    ],
    ['{"rules":[]}', '1:2: rules has to be an object.'],
    [
      '{"operations":{"recall.startRecordin":{}}}',
      '1:16: There is no operation "recall.startRecordin". Did you mean "recall.startRecording"?',
    ],
    [
      '{"operations":{"recall.startRecording":{"defualts":"omit"}}}',
      '1:41: There is no option "defualts". Did you mean "defaults"?',
    ],
    [
      '{"operations":{"videosdk.startRecording":{"rules":{"recall/no-localhost":"off"}}}}',
      '1:52: There is no rule "recall/no-localhost". "recreq describe" shows those that there are.',
    ],
  ]) {
    it(`is refused with the place: ${text.replaceAll('\n', ' ')}`, () => {
      const { status, stdout, stderr } = call({ 'set/a.json': body, 'recreq.config.json': text }, args)
      assert.deepEqual([status, stdout], [2, ''])
      assert.equal(stderr, `recreq: recreq.config.json:${message}\n`)
    })
  }

  it('is refused when it is no JSON', () => {
    const { status, stderr } = call({ 'set/a.json': body, 'recreq.config.json': '{' }, args)
    assert.deepEqual([status, stderr], [2, 'recreq: recreq.config.json is no JSON object.\n'])
  })
})

describe('colours', () => {
  const files = { 'a.json': '{"videoo":1}' }
  const args = ['check', 'recall.startRecording', 'a.json']
  /** @param {Record<string, string>} env */
  const coloured = (env) => call(files, args, { env }).stdout.includes('\x1b[31m')

  it('are for terminals, unless FORCE_COLOR asks for them', () => {
    assert.equal(coloured({}), false)
    assert.equal(coloured({ FORCE_COLOR: '1' }), true)
    assert.equal(coloured({ FORCE_COLOR: '0' }), false)
  })

  it('are never there with NO_COLOR', () => {
    assert.equal(coloured({ NO_COLOR: '1', FORCE_COLOR: '1' }), false)
    assert.equal(coloured({ NO_COLOR: '', FORCE_COLOR: '1' }), true)
  })
})

it('is quiet when nobody reads on', () => {
  const command = `'${process.execPath}' '${program}' schema recall.startRecording | head -c 1`
  const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8', env: environment() })
  assert.deepEqual([stdout, stderr], ['{', ''])
})

it('is the bin of the package, and runs where that is installed', () => {
  const place = workplace({ 'package.json': '{"private":true}', 'a.json': '{"videoo":1}' })
  try {
    const root = fileURLToPath(new URL('../..', import.meta.url))
    const quiet = {
      encoding: /** @type {const} */ ('utf8'),
      env: environment(),
      stdio: /** @type {any} */ (['ignore', 'pipe', 'ignore']),
    }
    mkdirSync(join(place.folder, 'packed'))
    const packed = execFileSync(
      'npm',
      ['pack', '--json', '--ignore-scripts', '--pack-destination', join(place.folder, 'packed')],
      { ...quiet, cwd: root },
    )
    const file = join(place.folder, 'packed', JSON.parse(packed)[0].filename)
    execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', file], { ...quiet, cwd: place.folder })
    const { status, stdout } = spawnSync('npx', ['--no-install', 'recreq', 'check', 'recall.startRecording', 'a.json'], {
      cwd: place.folder,
      encoding: 'utf8',
      env: environment(),
    })
    assert.equal(status, 1)
    assert.match(stdout, /^error a\.json:1:2 {2}\/videoo {2}unknown-key$/m)
  } finally {
    place.remove()
  }
})
