// Real browsers: a page bundled by Vite, an unbundled page with an import map, a module Worker and a Service Worker, all
// where the Content-Security-Policy has 'wasm-unsafe-eval'; and pages where it has not, or where the module is too large for the
// main thread, of which the errors are looked at.
import { build } from 'esbuild'
import { join } from 'node:path'
import { build as buildWithVite } from 'vite'
import { prepare } from '../project-files.mjs'
import { playedInPage } from '../scenario/played.mjs'
import { startServices } from '../scenario/services.mjs'
import { chromium, firefox, launch, missingFor, webkit } from './launch.mjs'
import { serve } from './server.mjs'

const ways = ['bundled', 'unbundled', 'module-worker', 'service-worker']
const seconds = 120

/** @type {readonly import('../matrix.mjs').Runtime[]} */
export const browsers = [chromium, firefox, webkit].map((browser) => ({
  name: browser.name,
  run: (surroundings) => runIn(browser, surroundings),
}))

/**
 * @param {import('./launch.mjs').Browser} browser
 * @param {import('../matrix.mjs').Surroundings} surroundings
 * @returns {Promise<import('../matrix.mjs').Answer>}
 */
async function runIn(browser, surroundings) {
  const missing = missingFor(browser)
  if (missing !== undefined) return { results: [], missing }
  const { project } = surroundings
  const { refusesLarge = false } = browser
  const scripts = await scriptsOf(surroundings)
  /** @type {Map<string, import('node:http').RequestListener>} */
  const gateways = new Map()
  const services = new Map(
    await Promise.all(ways.map(async (way) => /** @type {const} */ ([way, await startServices(project, { gateways, way })]))),
  )
  const places = Object.fromEntries([...services].map(([way, each]) => [way, each.places]))
  const refused = refusesLarge ? ['forbidden', 'large'] : ['forbidden']
  const server = await serve({ project, scripts, places, gateways, ways: [...ways, ...refused] })
  const opened = launch(browser, `${server.url}?pages=${['bundled', 'unbundled', ...refused]}`)
  try {
    const results = await server.waitForAll(seconds)
    requireRefusals(results, refusesLarge)
    const version = await opened.version()
    return {
      results: ways.map((way) => {
        const { told, ...digest } = resultOf(results, way)
        return { way: `${version}, ${way}`, ...digest, played: playedInPage(told, services.get(way)?.seen() ?? {}) }
      }),
    }
  } finally {
    server.close()
    await Promise.all([...services.values()].map(({ stop }) => stop()))
    await opened.close()
  }
}

/**
 * Where WebAssembly is forbidden, every call says which directive allows it, and nothing else does; where it may only be compiled
 * asynchronously, every call asks for preload, which then does it.
 * @param {import('./server.mjs').Results} results
 * @param {boolean} refusesLarge
 */
function requireRefusals({ forbidden, large }, refusesLarge) {
  const directive = /^EngineUnavailableError: .*'wasm-unsafe-eval' to its script-src/
  requireOutcomes("without 'wasm-unsafe-eval'", forbidden, { before: directive, preload: directive, after: directive })
  const advice = /^EngineUnavailableError: .*Await preload\(\) once/
  if (refusesLarge) requireOutcomes('with a large module', large, { before: advice, preload: /^done$/, after: /^ok$/ })
}

/**
 * @param {string} where
 * @param {Record<string, string> | undefined} outcomes
 * @param {{ before: RegExp, preload: RegExp, after: RegExp }} expected
 */
function requireOutcomes(where, outcomes, { before, preload, after }) {
  for (const [what, pattern] of Object.entries({ call: before, again: before, client: before, preload, after })) {
    const outcome = outcomes?.[what] ?? 'nothing'
    if (!pattern.test(outcome)) throw new Error(`${where}, ${what} gave ${outcome}`)
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

/** @type {Promise<Record<string, string>> | undefined} */
let scripts

/**
 * What bundlers make, once for all browsers.
 * @param {import('../matrix.mjs').Surroundings} surroundings
 */
function scriptsOf(surroundings) {
  scripts ??= bundle(join(prepare(surroundings, 'browsers', ['page.mjs', 'refused.mjs', 'start.mjs', 'tell.mjs']), 'page.mjs'))
  return scripts
}

/** @param {string} entry */
async function bundle(entry) {
  return { '/bundled.js': await bundledByVite(entry), '/service-worker.js': await bundledInOne(entry) }
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
  // Of a Service Worker that is being installed, Chromium sends few requests at a time.
  const contents = `import { tell } from './tell.mjs'; addEventListener('activate', (event) => event.waitUntil(tell()))`
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
