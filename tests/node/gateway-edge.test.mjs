// The README's Worker in the runtime of Cloudflare Workers itself, and its edge route in that of Next.js: web standards alone, and
// no code made from bytes.
import assert from 'node:assert/strict'
import { EdgeVM } from '@edge-runtime/vm'
import { readFileSync } from 'node:fs'
import { Miniflare, Response as WorkersResponse } from 'miniflare'
import { it } from 'node:test'
import { bot, id } from './fake-service.mjs'
import { bundleSnippet, root } from './gateway-bundles.mjs'

const key = 'a-placeholder-and-no-key'
const anna = { authorization: 'Bearer of-anna' }

/**
 * What a provider would be asked ends here.
 * @param {{ method: string, url: string, headers: { get(name: string): string | null } }} request
 */
const said = ({ method, url, headers }) => ({ ...bot, said: `${method} ${url} ${headers.get('authorization')}` })

/** @param {(input: object, headers?: Record<string, string>) => Promise<{ status: number, json(): Promise<any> }>} post */
async function assertGateway(post) {
  assert.equal((await post({ id })).status, 401)
  const refused = await post({ id, body: { realtime_endpoints: [] } }, anna)
  assert.equal(refused.status, 422)
  assert.equal((await refused.json()).issues[0].pointer, '/body/realtime_endpoints')
  const response = await post({ id, body: { video_mixed_layout: 'gallery_view_v2' } }, anna)
  const answer = await response.json()
  assert.equal(response.status, 200, JSON.stringify(answer))
  assert.equal(answer.said, `POST https://us-west-2.recall.ai/api/v1/bot/${id}/start_recording/ Token [withheld]`)
}

/**
 * @param {object} input
 * @param {Record<string, string>} [headers]
 */
const posted = (input, headers) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(input),
})
const address = 'https://app.example/api/recordings/startRecording'

it('keeps the key in workerd', async (context) => {
  const workers = new Miniflare({
    modules: [
      { type: 'ESModule', path: 'worker.js', contents: await bundleSnippet('worker.js', 'esm', 'workerd') },
      { type: 'CompiledWasm', path: 'recreq.wasm', contents: readFileSync(`${root}/dist/recreq.wasm`) },
    ],
    compatibilityDate: '2025-07-18',
    bindings: { RECALL_API_KEY: key },
    outboundService: async (request) => WorkersResponse.json(said(request)),
    cf: false,
    host: '127.0.0.1',
  })
  context.after(() => workers.dispose())
  await assertGateway((input, headers) => workers.dispatchFetch(address, posted(input, headers)))
})

it('keeps the key in the edge runtime', async () => {
  const vm = new EdgeVM({
    codeGeneration: { strings: false, wasm: false },
    extend: (context) =>
      Object.assign(context, {
        engineModule: new WebAssembly.Module(readFileSync(`${root}/dist/recreq.wasm`)),
        process: { env: { RECALL_API_KEY: key } },
        fetch: async (request) => new context.Response(JSON.stringify(said(request)), { headers: { 'content-type': 'application/json' } }),
      }),
  })
  const route = 'app/api/recordings/[operation]/route.js'
  vm.evaluate(await bundleSnippet(route, 'iife', 'edge-light', 'export default engineModule'))
  const answer = vm.evaluate('(url, init) => snippet.POST(new Request(url, init))')
  await assertGateway((input, headers) => answer(address, posted(input, headers)))
})
