// Serves the pages to a browser, under the Content-Security-Policy that recreq asks for, and waits for what they send back.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

/** @typedef {Record<string, any>} Results by the way in which the cases were run */

const importMap = JSON.stringify({
  imports: { recreq: '/node_modules/recreq/dist/index.js' },
  scopes: {
    '/node_modules/recreq/': {
      '#loading': '/node_modules/recreq/dist/loading/inlined.js',
      '#text-bytes': '/node_modules/recreq/dist/loading/text-bytes.js',
    },
  },
})
const importMapHash = createHash('sha256').update(importMap).digest('base64')

/** @type {Record<string, { policy: string, body: string }>} */
const pages = {
  '/': { policy: '', body: '<body><script type="module" src="/start.mjs"></script>' },
  '/bundled.html': { policy: "'wasm-unsafe-eval'", body: '<script type="module" src="/bundled.js"></script>' },
  '/unbundled.html': {
    policy: `'wasm-unsafe-eval' 'sha256-${importMapHash}'`,
    body: `<script type="importmap">${importMap}</script><script type="module" src="/unbundled/page.mjs"></script>`,
  },
  '/forbidden.html': { policy: '', body: '<script type="module" src="/bundled.js"></script>' },
}

/**
 * @param {string} project the folder in which the package is installed
 * @param {Record<string, string>} scripts what bundlers made, by path
 * @param {readonly string[]} ways what results are waited for
 */
export async function serve(project, scripts, ways) {
  /** @type {Results} */
  const results = {}
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (url.pathname === '/result') {
      const chunks = []
      for await (const chunk of request) chunks.push(chunk)
      results[url.searchParams.get('way') ?? ''] = JSON.parse(Buffer.concat(chunks).toString())
      return response.end()
    }
    const page = pages[url.pathname]
    const policy = `script-src 'self' ${page?.policy ?? "'wasm-unsafe-eval'"}; worker-src 'self'`
    response.setHeader('Content-Security-Policy', policy)
    if (page !== undefined) return response.setHeader('Content-Type', 'text/html; charset=utf-8').end(`<!doctype html>${page.body}`)
    const text = scripts[url.pathname] ?? fileAt(project, url.pathname)
    if (text === undefined) return response.writeHead(404).end()
    const type = url.pathname.endsWith('.json') ? 'application/json' : 'text/javascript; charset=utf-8'
    response.setHeader('Content-Type', type).end(text)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return { url: `http://127.0.0.1:${port}/`, waitForAll, close: () => server.close() }

  /** @param {number} seconds */
  async function waitForAll(seconds) {
    const end = Date.now() + seconds * 1000
    while (Date.now() < end && !ways.every((way) => way in results)) await new Promise((resolve) => setTimeout(resolve, 100))
    return results
  }
}

/**
 * @param {string} project
 * @param {string} path
 */
function fileAt(project, path) {
  const allowed = /^\/(node_modules\/recreq\/dist\/|unbundled\/page\.mjs$|program\.mjs$|start\.mjs$|cases\.json$)/
  if (!allowed.test(path)) return undefined
  const file = path.startsWith('/unbundled/') ? path.replace('unbundled', 'browsers') : path === '/start.mjs' ? '/browsers/start.mjs' : path
  try {
    return readFileSync(join(project, file), 'utf8')
  } catch {
    return undefined
  }
}
