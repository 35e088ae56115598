// `recreq send` and `recreq mock`: a request on its way to services on this machine, and back.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { startStandIn } from 'recreq/stand-in'
import { spawn } from 'node:child_process'
import { environment, program, workplace } from './command-line.mjs'

const apiKey = 'a-placeholder-and-no-key'
const bot = ['--region', 'us-west-2', '--id', '3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55']
const place = workplace({ 'a.json': '{"video_mixed_layout":"gallery_view"}', 'wrong.json': '{"retention":5}' })
after(() => place.remove())

/**
 * Not spawnSync: the stand-in is in this process.
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 */
async function send(args, env = { RECALL_API_KEY: apiKey }) {
  const child = spawn(process.execPath, [program, 'send', ...args], {
    cwd: place.folder,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text))
  const [status] = await once(child, 'close')
  assert.ok(!(stdout + stderr).includes(apiKey), 'the credential is shown')
  return { status, stdout, stderr }
}

describe('send', () => {
  /** @type {import('recreq/stand-in').StandIn} */
  let standIn
  before(async () => {
    standIn = await startStandIn()
  })
  after(() => standIn.stop())

  it('sends once, and shows status and answer', async () => {
    const { status, stdout, stderr } = await send(['recall.startRecording', 'a.json', ...bot, '--base-url', standIn.url])
    assert.deepEqual([status, stderr], [0, '200 OK\n'])
    assert.equal(JSON.parse(stdout).id, bot[3])
    const [entry, ...more] = standIn.journal
    assert.deepEqual([entry?.operation, entry?.headers['authorization'], more.length], ['startRecording', 'Token (hidden)', 0])
    assert.equal(entry?.headers['transfer-encoding'], undefined)
  })

  it("takes a base URL for the server's, path and all", async () => {
    const ids = ['--account-id', 'an-account', '--app-id', 'an-app']
    for (const base of [standIn.url, standIn.baseUrl('realtimekit')]) {
      const { status, stderr } = await send(['realtimekit.getAllRecordings', ...ids, '--base-url', base], {
        CLOUDFLARE_API_TOKEN: apiKey,
      })
      assert.deepEqual([status, stderr], [0, '200 OK\n'])
    }
  })

  it('says what the provider refuses, ends with 3, and does not try again', async () => {
    for (const failure of ['503', 'html', 'reset', '429:5']) {
      const calls = standIn.journal.length
      standIn.fail(failure)
      const { status, stderr } = await send(['recall.startRecording', 'a.json', ...bot, '--base-url', standIn.url])
      assert.equal(status, 3)
      assert.match(stderr, /^recreq: [^\n]+$/m)
      assert.equal(standIn.journal.length, calls + 1)
    }
  })

  it('says of a start without an answer that nobody knows', async () => {
    standIn.fail('timeout')
    const { status, stdout, stderr } = await send([
      'recall.startRecording',
      'a.json',
      ...bot,
      '--base-url',
      standIn.url,
      '--timeout',
      '1',
    ])
    assert.deepEqual([status, stdout], [3, ''])
    assert.match(
      stderr,
      /^recreq: No answer from http:\/\/127\.0\.0\.1:\d+: there was none within 1 second\. Whether startRecording has taken effect is unknown\.\n$/,
    )
  })

  it('sends nothing that is wrong', async () => {
    const calls = standIn.journal.length
    const { status, stdout } = await send(['recall.startRecording', 'wrong.json', ...bot, '--base-url', standIn.url])
    assert.deepEqual([status, stdout, standIn.journal.length], [1, '', calls])
  })

  it('takes the credential from the environment alone', async () => {
    for (const value of ['', ' ', `Token ${apiKey}`, `${apiKey}\n`]) {
      const { status, stdout, stderr } = await send(['recall.startRecording', ...bot, '--base-url', standIn.url], {
        RECALL_API_KEY: value,
      })
      assert.deepEqual([status, stdout], [2, ''])
      assert.match(stderr, /^recreq: The (?:environment variable RECALL_API_KEY is not set|credential apiKey )[^\n]*\n$/)
    }
  })

  it('gives it to nobody but the provider and this machine', async () => {
    const others = [
      'https://example.com',
      'http://127.0.0.1.example.com',
      'http://192.168.0.1',
      'ftp://127.0.0.1',
      'http://user@127.0.0.1',
      'nonsense',
    ]
    for (const base of others) {
      const { status, stdout, stderr } = await send(['recall.startRecording', ...bot, '--base-url', base])
      assert.deepEqual([status, stdout], [2, ''])
      assert.match(stderr, /^recreq: --base-url [^\n]*\n$/)
    }
  })

  it('follows no redirect', async () => {
    let calls = 0
    const server = createServer((_, response) => {
      ++calls
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
    const { status } = await send(['recall.retrieveBot', ...bot, '--base-url', `http://127.0.0.1:${port}`])
    server.close()
    assert.deepEqual([status, calls], [3, 1])
  })
})

describe('mock', () => {
  it('serves until it is stopped, fails when it is told to, and keeps a journal without secrets', async () => {
    const child = place.start(['mock', '--provider', 'recall', '--fail', '503', '--journal', 'journal.json'])
    const [text] = await once(child.stdout.setEncoding('utf8'), 'data')
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? ''
    assert.match(text, /^Serving on http:\/\/127\.0\.0\.1:\d+, until Ctrl-C\.\n {2}recall {2}http/)
    const failed = await send(['recall.startRecording', 'a.json', ...bot, '--base-url', url])
    const started = await send(['recall.startRecording', 'a.json', ...bot, '--base-url', url])
    assert.deepEqual([failed.status, started.status], [3, 0])
    child.kill('SIGINT')
    const [status] = await once(child, 'close')
    assert.equal(status, 0)
    const journal = readFileSync(join(place.folder, 'journal.json'), 'utf8')
    assert.deepEqual(
      JSON.parse(journal).map((entry) => [entry.operation, entry.status]),
      [
        ['startRecording', 503],
        ['startRecording', 200],
      ],
    )
    assert.ok(!journal.includes(apiKey))
  })

  it('refuses what it could not do', () => {
    for (const args of [
      ['--port', 'x'],
      ['--port', '70000'],
      ['--provider', 'zoom'],
      ['--fail', 'sometimes'],
      ['--journal', 'no/such/folder.json'],
      ['word'],
    ]) {
      const { status, stdout, stderr } = place.run(['mock', ...args])
      assert.deepEqual([status, stdout], [2, ''])
      assert.match(stderr, /^recreq: [^\n]+\n$/)
    }
  })
})
