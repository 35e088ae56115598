// `recreq build`: the request in each form, as whoever gets it understands it.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import * as recall from 'recreq/recall'
import { call, environment, workplace } from './command-line.mjs'

const id = '3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55'
// What quoting could spoil: quotes of every kind, backslashes, dollars, line breaks, letters beyond ASCII, escape characters.
const body = JSON.stringify({ metadata: { who: `it's "me" \\ $HOME \`id\` %s \n \u2028 \u009b é 会🎉` } })
const region = 'us-west-2'
const args = ['build', 'recall.startRecording', 'config.json', '--region', region, '--id', id, '--idempotency-key', 'a-key']
const apiKey = 'a-placeholder-and-no-key'
const wanted = recall.startRecording.build({ region, id, idempotencyKey: 'a-key', body })
const headers = { ...wanted.headers, Authorization: `Token ${apiKey}` }
const place = workplace({ 'config.json': body })
after(() => place.remove())

/** @param {string} format */
const built = (format) => {
  const { status, stdout, stderr } = place.run([...args, '--format', format], { env: { RECALL_API_KEY: apiKey } })
  assert.deepEqual([status, stderr], [0, ''])
  assert.ok(!stdout.includes(apiKey), 'no credential is in it')
  return stdout
}

describe('the form', () => {
  it('http has a line for each header, and the body', () => {
    const lines = Object.entries({ ...wanted.headers, Authorization: 'Token $RECALL_API_KEY' }).map((pair) => pair.join(': '))
    assert.equal(built('http'), [`POST ${wanted.url} HTTP/1.1`, ...lines, '', wanted.body, ''].join('\n'))
    assert.equal(place.run(args).stdout, built('http'))
  })

  it('json has the same as data', () => {
    const { method, url } = wanted
    const all = { ...wanted.headers, Authorization: 'Token $RECALL_API_KEY' }
    assert.deepEqual(JSON.parse(built('json')), { method, url, headers: all, body: wanted.body })
  })

  it('curl survives the shell', () => {
    const curl = join(place.folder, 'curl')
    writeFileSync(curl, `#!${process.execPath}\nconsole.log(JSON.stringify(process.argv.slice(2)))\n`)
    chmodSync(curl, 0o755)
    const env = environment({ PATH: `${place.folder}:${process.env.PATH}`, RECALL_API_KEY: apiKey })
    const given = JSON.parse(execFileSync('sh', { input: built('curl'), encoding: 'utf8', env }))
    const expected = ['--request', 'POST', wanted.url]
    for (const pair of Object.entries(headers)) expected.push('--header', pair.join(': '))
    assert.deepEqual(given, [...expected, '--data-raw', wanted.body])
  })

  it('fetch is JavaScript that sends it', () => {
    const stub = 'globalThis.fetch = async (url, options) => new Response(JSON.stringify({ url, ...options }))\n'
    const env = environment({ RECALL_API_KEY: apiKey })
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', stub + built('fetch')], {
      encoding: 'utf8',
      env,
    })
    const expected = { url: wanted.url, method: 'POST', headers, body: wanted.body, redirect: 'manual' }
    assert.deepEqual(JSON.parse(printed.slice(4)), expected)
  })

  it('python sends the same bytes', { skip: spawnSync('python3', ['--version']).error !== undefined }, () => {
    const stub = `import http.client, json
class Answer:
    status = 200
    def __init__(self, data): self.data = data
    def read(self): return self.data
class Connection:
    def __init__(self, host): self.host = host
    def request(self, method, path, body=None, headers={}):
        self.sent = json.dumps([self.host, method, path, body.decode(), headers]).encode()
    def getresponse(self): return Answer(self.sent)
http.client.HTTPSConnection = Connection
`
    const env = environment({ RECALL_API_KEY: apiKey })
    const printed = execFileSync('python3', ['-'], { input: stub + built('python'), encoding: 'utf8', env })
    const { host, pathname } = new URL(wanted.url)
    assert.deepEqual(JSON.parse(printed.slice(4)), [host, 'POST', pathname, wanted.body, headers])
  })
})

describe('parameters', () => {
  /** @param {string[]} more */
  const url = (...more) => place.run(['build', ...more, '--format', 'json'])

  it('are given in the spelling of the provider, with hyphens, or by --param', () => {
    for (const given of [
      ['--bot_id', id],
      ['--bot-id', id],
      ['--param', `bot_id=${id}`],
    ]) {
      const { stdout } = url('recall.listRecordings', '--region', region, ...given)
      assert.equal(JSON.parse(stdout).url, `https://us-west-2.recall.ai/api/v1/recording/?bot_id=${id}`)
    }
  })

  it('become numbers, booleans and lists where the operation takes them', () => {
    const account = ['--account-id', 'an-account', '--app-id', 'an-app']
    const { stdout, stderr } = url(
      'realtimekit.getAllRecordings',
      ...account,
      '--page-no',
      '2',
      '--expired',
      'true',
      '--status',
      'RECORDING',
      '--status=UPLOADED',
    )
    assert.equal(stderr, '')
    assert.equal(new URL(JSON.parse(stdout).url).search, '?page_no=2&expired=true&status=RECORDING,UPLOADED')
    const wrong = url('realtimekit.getAllRecordings', ...account, '--page-no', 'two')
    assert.deepEqual([wrong.status, wrong.stdout], [2, ''])
    assert.match(wrong.stderr, /^recreq: --page-no: This is a string, but has to be an? (?:integer|number)\.\n$/)
  })

  it('that are missing, wrong or unknown are named as the call has them', () => {
    const missing = url('recall.startRecording', '--region', 'us-west-9')
    assert.deepEqual([missing.status, missing.stdout], [2, ''])
    assert.match(missing.stderr, /^recreq: --region: "us-west-9" is not known here\. Did you mean "us-west-2"\?$/m)
    assert.match(missing.stderr, /^recreq: --id is missing\. /m)
    const unknown = url('recall.startRecording', '--room-id', 'x')
    assert.deepEqual(
      [unknown.status, unknown.stderr],
      [2, 'recreq: recall.startRecording has no parameter room-id. It takes region, id, idempotencyKey.\n'],
    )
  })
})

it('shows no request of a configuration with errors', () => {
  const { status, stdout, stderr } = call({ 'a.json': '{"videoo_mixed_mp4":{}}' }, [
    'build',
    'recall.startRecording',
    'a.json',
    '--region',
    region,
    '--id',
    id,
  ])
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(stderr, /^error a\.json:1:2 {2}\/videoo_mixed_mp4 {2}unknown-key$/m)
  assert.match(stderr, /fix: rename "videoo_mixed_mp4" to "video_mixed_mp4"$/m)
  assert.match(stderr, /^recreq: no request was made: 1 error\.$/m)
})

it('says on stderr what is worth knowing, and builds all the same', () => {
  const { status, stdout, stderr } = call({ 'a.json': '{"retention":{"type":"timed"}}' }, [
    'build',
    'recall.startRecording',
    'a.json',
    '--region',
    region,
    '--id',
    id,
  ])
  assert.equal(status, 0)
  assert.match(stdout, /^POST /)
  assert.match(stderr, /^warning a\.json:1:\d+ {2}\/retention/)
})

it('takes what has no body without a file, and nothing else', () => {
  const without = call({}, ['build', 'recall.stopRecording', '--region', region, '--id', id, '--format', 'curl'])
  assert.match(without.stdout, /--header 'Content-Length: 0'\n$/)
  const superfluous = call({ 'a.json': '{}' }, ['build', 'recall.stopRecording', 'a.json', '--region', region, '--id', id])
  assert.deepEqual(
    [superfluous.status, superfluous.stderr],
    [2, 'recreq: recall.stopRecording takes no body: leave a.json out.\n'],
  )
  const needed = call({}, ['build', 'videosdk.startRecording'])
  assert.match(needed.stderr, /^recreq: videosdk\.startRecording needs a body: /)
  const schema = call({ 'a.json': '{}' }, ['build', 'recordingConfig', 'a.json'])
  assert.equal(schema.status, 2)
})
