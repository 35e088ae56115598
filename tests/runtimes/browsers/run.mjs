// Real browsers, headless: a page bundled by Vite, an unbundled page with an import map, a module Worker and a Service Worker, all
// where the Content-Security-Policy has 'wasm-unsafe-eval'; and a page where it has not, of which the error is looked at. Nothing
// drives the browser: it is given an address, and its pages send their results.
import { build } from 'esbuild'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build as buildWithVite } from 'vite'
import { miniBrowser, which } from '../../../wasm/tools.mjs'
import { prepare } from '../project-files.mjs'
import { outputOf } from '../run-program.mjs'
import { serve } from './server.mjs'

const ways = ['bundled', 'unbundled', 'module-worker', 'service-worker']
const seconds = 60

/**
 * @typedef {object} Browser
 * @property {string} name
 * @property {string} program
 * @property {boolean} [screen] whether it needs one
 * @property {(profile: string) => string[]} args
 */

/** @type {readonly Browser[]} */
const known = [
  {
    name: 'Chromium',
    program: 'chromium',
    args: (profile) => ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${profile}`],
  },
  { name: 'Firefox', program: 'firefox-esr', args: (profile) => ['--headless', '--no-remote', '--profile', profile] },
  // It has no mode without a screen.
  { name: 'WebKit', program: miniBrowser() ?? 'MiniBrowser', screen: true, args: () => ['--private'] },
]

/** @type {readonly import('../matrix.mjs').Runtime[]} */
export const browsers = known.map((browser) => ({ name: browser.name, run: (surroundings) => runIn(browser, surroundings) }))

/**
 * @param {Browser} browser
 * @param {import('../matrix.mjs').Surroundings} surroundings
 * @returns {Promise<import('../matrix.mjs').Answer>}
 */
async function runIn({ program, screen = false, args }, surroundings) {
  for (const needed of screen ? ['xvfb-run', program] : [program]) {
    if (which(needed) === undefined && !existsSync(needed)) return { missing: needed }
  }
  const folder = prepare(surroundings, 'browsers', ['page.mjs', 'start.mjs'])
  const entry = join(folder, 'page.mjs')
  const scripts = { '/bundled.js': await bundledByVite(entry), '/service-worker.js': await bundledInOne(entry) }
  const server = await serve(surroundings.project, scripts, [...ways, 'forbidden'])
  const profile = mkdtempSync(join(tmpdir(), 'recreq-profile-'))
  const [first, ...rest] = [...(screen ? ['xvfb-run', '--auto-servernum'] : []), program]
  // Its home is the profile's folder, and its processes are a group that ends as one.
  const child = spawn(first, [...rest, ...args(profile), server.url], { stdio: 'ignore', detached: true, env: { ...process.env, HOME: profile } })
  try {
    const results = await server.waitForAll(seconds)
    const forbidden = results['forbidden']?.error ?? 'nothing'
    if (!/EngineUnavailableError.*'wasm-unsafe-eval'/.test(forbidden))
      throw new Error(`without 'wasm-unsafe-eval' the first call gave ${forbidden}`)
    const version = /[\d.]+/.exec(await outputOf(first, [...rest, '--version'], surroundings.project))?.[0]
    return { results: ways.map((way) => ({ way: `${version}, ${way}`, ...resultOf(results, way) })) }
  } finally {
    server.close()
    const ended = new Promise((resolve) => child.once('exit', resolve))
    process.kill(-(child.pid ?? 0))
    await ended
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}

/**
 * @param {import('./server.mjs').Results} results
 * @param {string} way
 */
function resultOf(results, way) {
  const result = results[way]
  if (result?.hash === undefined) throw new Error(`${way} gave ${result?.error ?? `nothing within ${seconds} seconds`}`)
  return result
}

/** @param {string} entry */
async function bundledByVite(entry) {
  const built = await buildWithVite({
    configFile: false,
    logLevel: 'error',
    root: join(entry, '..'),
    build: { write: false, target: 'es2022', modulePreload: false, rollupOptions: { input: entry } },
  })
  const [{ output }] = /** @type {any[]} */ ([built].flat())
  if (output.length !== 1) throw new Error(`Vite made ${output.map((/** @type {any} */ file) => file.fileName).join(', ')}`)
  return output[0].code
}

/** @param {string} entry */
async function bundledInOne(entry) {
  const contents = `import { told } from './page.mjs'; addEventListener('install', (event) => event.waitUntil(told))`
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(entry, '..') },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    logLevel: 'error',
  })
  return outputFiles[0].text
}
