// Imports every entry of the package, and sends a start all the way that it can go: from a page's client through a gateway behind
// Node's server to the stand-in.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createClient } from 'recreq/client'
import { createGateway } from 'recreq/gateway'
import { createGatewayClient } from 'recreq/gateway/client'
import { createNodeListener } from 'recreq/gateway/node'
import * as recall from 'recreq/recall'
import * as slim from 'recreq/slim'
import { startStandIn } from 'recreq/stand-in'

/** @param {string} specifier */
const fileOf = (specifier) => fileURLToPath(import.meta.resolve(specifier))

const manifest = JSON.parse(readFileSync(fileOf('recreq/package.json'), 'utf8'))
for (const [entry, target] of Object.entries(manifest.exports)) {
  const specifier = entry.replace('.', 'recreq').replace('*', 'recall.startRecording.json')
  const file = typeof target === 'string' ? target : target.default
  if (file.endsWith('.js')) assert.ok(Object.keys(await import(specifier)).length > 0, specifier)
  else assert.ok(readFileSync(fileOf(specifier)).length > 0, specifier)
}

const own = slim.recall(new WebAssembly.Module(readFileSync(fileOf('recreq/recreq.wasm'))))
assert.deepEqual(own.startRecording.body.check({ metadata: {} }), recall.startRecording.body.check({ metadata: {} }))

const id = '00000000-0000-4000-8000-000000000000'
const credentials = { apiKey: 'a-placeholder-and-no-key' }
const standIn = await startStandIn()
const around = { region: 'us-west-2', credentials, baseUrl: standIn.baseUrl('recall') }
const gateway = createGateway(recall, {
  ...around,
  basePath: '/api/recordings',
  operations: ['startRecording'],
  authorize: () => ({ id: 'anna' }),
})
const server = createServer(createNodeListener(gateway))
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
try {
  const page = createGatewayClient(recall, { url: `http://127.0.0.1:${port}/api/recordings` })
  const started = await page.startRecording({ id, body: { metadata: { team: 'research' } } })
  const bot = await createClient(recall, around).retrieveBot({ id })
  assert.deepEqual(bot.recordings.map((recording) => recording.id), started.recordings.map((recording) => recording.id))
} finally {
  server.close()
  await standIn.stop()
}

const command = fileOf('recreq/package.json').replace('package.json', manifest.bin.recreq)
assert.equal(execFileSync(process.execPath, [command, '--version'], { encoding: 'utf8' }).trim(), manifest.version)
