// Serves the pages to a browser, under the Content-Security-Policy that recreq asks for, and waits for what they send back.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { largeModule } from './large-module.mjs'

/** @typedef {Record<string, any>} Results by the way in which the cases were run */

const dist = '/node_modules/recreq/dist'
const largeText = '/large/module-text.js'
const entries = { '': 'index', '/recall': 'recall', '/realtimekit': 'realtimekit', '/videosdk': 'videosdk' }
const entriesInFolders = { '/client': 'client/index', '/gateway': 'gateway/index', '/gateway/client': 'gateway/client' }

/** @param {Record<string, string>} [others] what else leads elsewhere within the package */
function importMap(others) {
  const all = Object.entries({ ...entries, ...entriesInFolders })
  const scope = { '#loading': `${dist}/loading/inlined.js`, ...others }
  return JSON.stringify({
    imports: Object.fromEntries(all.map(([entry, file]) => [`recreq${entry}`, `${dist}/${file}.js`])),
    scopes: { '/node_modules/recreq/': scope },
  })
}

/**
 * A page that is not bundled.
 * @param {string} script
 * @param {string} map
 * @param {string} [policy]
 */
function unbundled(script, map, policy = "'wasm-unsafe-eval'") {
  const hash = createHash('sha256').update(map).digest('base64')
  const body = `<script type="importmap">${map}</script><script type="module" src="/browsers/${script}"></script>`
  return { policy: `${policy} 'sha256-${hash}'`, body }
}

/** @type {Record<string, { policy: string, body: string }>} */
const pages = {
  '/': { policy: '', body: '<body><script type="module" src="/browsers/start.mjs"></script>' },
  '/bundled.html': { policy: "'wasm-unsafe-eval'", body: '<script type="module" src="/bundled.js"></script>' },
  '/unbundled.html': unbundled('page.mjs', importMap()),
  '/forbidden.html': unbundled('refused.mjs', importMap(), ''),
  '/large.html': unbundled('refused.mjs', importMap({ [`${dist}/loading/module-text.js`]: largeText })),
}

/**
 * @param {object} given
 * @param {string} given.project the folder in which the package is installed
 * @param {Record<string, string>} given.scripts what bundlers made, by path
 * @param {Record<string, object>} given.places the scenario's, by way
 * @param {ReadonlyMap<string, import('node:http').RequestListener>} given.gateways by path
 * @param {readonly string[]} given.ways what results are waited for
 */
export async function serve({ project, scripts, places, gateways, ways }) {
  /** @type {Results} */
  const results = {}
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const way = searchParams.get('way') ?? ''
    const gateway = gateways.get(pathname.split('/').slice(0, 4).join('/'))
    if (gateway !== undefined) return gateway(request, response)
    if (pathname === '/result') {
      const chunks = []
      for await (const chunk of request) chunks.push(chunk)
      results[way] = JSON.parse(Buffer.concat(chunks).toString())
      return response.end()
    }
    const page = pages[pathname]
    const policy = `script-src 'self' ${page?.policy ?? "'wasm-unsafe-eval'"}; worker-src 'self'`
    response.setHeader('Content-Security-Policy', policy)
    if (page !== undefined) return response.setHeader('Content-Type', 'text/html; charset=utf-8').end(`<!doctype html>${page.body}`)
    const text = pathname === '/places.json' ? JSON.stringify(places[way]) : (scripts[pathname] ?? fileAt(project, pathname))
    if (text === undefined) return response.writeHead(404).end()
    const type = pathname.endsWith('.json') ? 'application/json' : 'text/javascript; charset=utf-8'
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
  const allowed = /^\/(node_modules\/recreq\/dist\/|(browsers|scenario)\/[\w-]+\.mjs$|program\.mjs$|cases\.json$)/
  if (path === largeText) return largeModule(readFileSync(join(project, dist, 'recreq.wasm')))
  if (!allowed.test(path)) return undefined
  try {
    return readFileSync(join(project, path), 'utf8')
  } catch {
    return undefined
  }
}
