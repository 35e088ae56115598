// The README's snippets of gateways run, each in its runtime where that is installed here, or else by what it exports.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { after, it } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { programOf } from '../runtimes/run-program.mjs'
import { id } from './fake-service.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
// Within the package, so that its own name leads to it.
mkdirSync(join(root, 'build'), { recursive: true })
const folder = mkdtempSync(join(root, 'build/gateway-snippets-'))
after(() => rmSync(folder, { recursive: true }))

/** The snippets, by the file names in their first lines. */
const snippets = new Map(
  [...readme.matchAll(/^```ts\n\/\/ ((?:[\w/[\]]+)\.js)\b.*\n([\s\S]*?)^```$/gm)].map(([, name, code]) => [name, code]),
)
process.env.RECALL_API_KEY = 'a-placeholder-and-no-key'

/**
 * Writes the snippet and the gateway that it imports.
 * @param {string} name
 * @param {(code: string) => string} [change]
 */
function write(name, change = (code) => code) {
  const code = snippets.get(name)
  assert.ok(code, `the README has ${name}`)
  for (const [file, text] of [
    ['gateway.js', snippets.get('gateway.js') ?? ''],
    [name, change(code)],
  ]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return join(folder, name)
}

/**
 * Nobody is let in, and whoever is let in is told what the engine says: what comes before anything is sent.
 * @param {(request: Request) => Response | Promise<Response>} answer
 * @param {string} [origin]
 */
async function assertGateway(answer, origin = 'https://app.example') {
  const post = (headers) =>
    answer(
      new Request(`${origin}/api/recordings/startRecording`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ id, body: { video_mixed_layout: 'grid' } }),
      }),
    )
  assert.equal((await post({})).status, 401)
  const response = await post({ authorization: 'Bearer of-anna' })
  assert.equal(response.status, 422)
  const { issues } = /** @type {any} */ (await response.json())
  assert.deepEqual(
    issues.map((issue) => issue.pointer),
    ['/body/video_mixed_layout'],
  )
}

it('runs as a Worker by what it exports', async () => {
  const { default: worker } = await import(pathToFileURL(write('worker.js')).href)
  await assertGateway((request) => worker.fetch(request, { RECALL_API_KEY: 'a-placeholder-and-no-key' }))
})

it('runs as a Next.js edge route by what it exports', async () => {
  const route = await import(pathToFileURL(write('app/api/recordings/[operation]/route.js')).href)
  assert.equal(route.runtime, 'edge')
  await assertGateway((request) => route.POST(request, { params: Promise.resolve({ operation: 'startRecording' }) }))
})

it('runs in Hono', async () => {
  const { default: app } = await import(pathToFileURL(write('hono.js')).href)
  await assertGateway((request) => app.fetch(request))
})

for (const [runtime, program, file, args] of /** @type {const} */ ([
  ['node', process.execPath, 'node.js', []],
  ['deno', programOf('@deno', 'deno'), 'deno.js', ['run', '--allow-net', '--allow-env']],
  ['bun', programOf('@oven', 'bin/bun'), 'bun.js', []],
])) {
  it(`runs in ${runtime}`, { skip: program === undefined ? `${runtime} is not installed` : false }, async (context) => {
    assert.ok(program)
    const port = await freePort()
    const path = write(file, (code) => code.replaceAll('3000', String(port)))
    const child = spawn(program, [...args, path], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text))
    context.after(() => child.kill())
    const origin = `http://127.0.0.1:${port}`
    for (;;) {
      assert.equal(child.exitCode, null, said)
      if (
        await fetch(origin).then(
          () => true,
          () => false,
        )
      )
        break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await assertGateway((request) => fetch(request), origin)
  })
}

it('has a snippet for each of them', () => {
  const names = [
    'gateway.js',
    'worker.js',
    'app/api/recordings/[operation]/route.js',
    'hono.js',
    'deno.js',
    'bun.js',
    'node.js',
  ]
  assert.deepEqual([...snippets.keys()], names)
})

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
      server.close(() => resolve(port))
    })
  })
}
