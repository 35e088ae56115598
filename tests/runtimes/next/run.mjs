// Next.js without a line of configuration, by each of its bundlers: an app is built and started. A server component, an edge route
// and a client component in Chromium run the cases; the README's gateway, an edge route, too, is asked for what a check and a
// request here are compared with.
import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { capture } from '../../../wasm/quietly.mjs'
import { filesBelow, fingerprint, forget, isCurrent, remember } from '../../../wasm/stamp.mjs'
import { snippet } from '../../node/gateway-bundles.mjs'
import { chromium, launch, missingFor } from '../browsers/launch.mjs'
import { serve } from '../browsers/server.mjs'
import { start } from './start.mjs'

const seconds = 120
const route = 'app/api/recordings/[operation]/route.js'
// It asks nobody how it is liked.
const environment = { NEXT_TELEMETRY_DISABLED: '1' }

/** @typedef {{ name: string, flags: string[], folder: string }} Bundler */

/** @type {readonly Bundler[]} */
const bundlers = [
  { name: 'Turbopack', flags: [], folder: 'build/runtimes/next-turbopack' },
  { name: 'webpack', flags: ['--webpack'], folder: 'build/runtimes/next-webpack' },
]

/** @type {readonly import('../matrix.mjs').Runtime[]} */
export const next = bundlers.map((bundler) => ({
  name: 'Next.js',
  slow: true,
  run: (surroundings) => runWith(bundler, surroundings),
}))

/**
 * @param {Bundler} bundler
 * @param {import('../matrix.mjs').Surroundings} surroundings
 * @returns {Promise<import('../matrix.mjs').Answer>}
 */
async function runWith(bundler, surroundings) {
  const program = join(surroundings.root, 'tests/runtimes/node_modules/next/dist/bin/next')
  if (!existsSync(program)) return { results: [], missing: 'Next.js' }
  const folder = layOut(bundler, surroundings)
  await build(program, bundler, folder)

  const recreq = await import(pathToFileURL(join(folder, 'node_modules/recreq/dist/index.js')).href)
  const { startStandIn } = await import(pathToFileURL(join(folder, 'node_modules/recreq/dist/stand-in/index.js')).href)
  const standIn = await startStandIn()
  const started = await start(program, folder, {
    ...environment,
    RECALL_API_KEY: 'a-placeholder-and-no-key',
    RECALL_BASE_URL: standIn.baseUrl('recall'),
  })
  try {
    await expectGateway(started.url, recreq.recall, standIn)
    const { version } = createRequire(program)('next/package.json')
    /** @param {string} part */
    const way = (part) => `${version}, ${bundler.name}, ${part}`
    const results = [
      { way: way('server component'), ...(await digestOfPage(started.url, recreq.recall)) },
      { way: way('edge route'), ...(await digestAtEdge(started.url, surroundings.casesJson)) },
    ]
    const missing = missingFor(chromium)
    if (missing === undefined) results.push({ way: way('client component'), ...(await digestInPage(started.url, surroundings)) })
    return { results, missing }
  } finally {
    await started.stop()
    await standIn.stop()
  }
}

/**
 * The app within this project, below whose root Next.js looks for packages: its own files, the README's, and the package.
 * @param {Bundler} bundler
 * @param {import('../matrix.mjs').Surroundings} surroundings
 */
function layOut({ folder: name }, { root, project, casesJson }) {
  const folder = join(root, name)
  const packages = join(root, 'build/runtimes/node_modules')
  mkdirSync(join(folder, 'public'), { recursive: true })
  if (!existsSync(packages)) symlinkSync('../../tests/runtimes/node_modules', packages)
  for (const each of ['app', 'node_modules']) rmSync(join(folder, each), { recursive: true, force: true })
  cpSync(join(root, 'tests/runtimes/next/app'), join(folder, 'app'), { recursive: true })
  cpSync(join(root, 'tests/runtimes/program.mjs'), join(folder, 'program.mjs'))
  cpSync(join(project, 'node_modules/recreq'), join(folder, 'node_modules/recreq'), { recursive: true })
  mkdirSync(dirname(join(folder, route)), { recursive: true })
  writeFileSync(join(folder, route), snippet(route))
  // To the stand-in instead of Recall.ai.
  const region = "region: 'us-west-2',"
  writeFileSync(join(folder, 'gateway.js'), snippet('gateway.js').replace(region, `${region} baseUrl: process.env.RECALL_BASE_URL,`))
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  writeFileSync(join(folder, 'public/cases.json'), casesJson)
  return folder
}

/**
 * Without what an earlier build left, since bundlers do not look for changes in packages; and not again when nothing has changed.
 * @param {string} program
 * @param {Bundler} bundler
 * @param {string} folder
 */
async function build(program, { name, flags, folder: path }, folder) {
  const stamp = `build/stamps/next-${name}`
  const sources = ['app', 'node_modules/recreq'].flatMap((each) => filesBelow(join(path, each), /./))
  const others = ['program.mjs', 'gateway.js'].map((each) => join(path, each))
  const print = fingerprint([...sources, ...others, 'tests/runtimes/package-lock.json'], process.version, folder)
  if (isCurrent(stamp, print) && existsSync(join(folder, '.next/BUILD_ID'))) return
  forget(stamp)
  rmSync(join(folder, '.next'), { recursive: true, force: true })
  const { status, output } = await capture(process.execPath, [program, 'build', folder, ...flags], environment)
  // A build with warnings succeeds: code uses what the edge runtime does not have.
  if (status !== 0 || /\bwarnings?\b/i.test(output)) throw new Error(output)
  remember(stamp, print)
}

/**
 * Who is nobody, what is wrong, and what is sent.
 * @param {string} url
 * @param {any} recall
 * @param {any} standIn
 */
async function expectGateway(url, recall, standIn) {
  const id = '00000000-0000-4000-8000-000000000000'
  /**
   * @param {object} body
   * @param {Record<string, string>} [headers]
   */
  const post = (body, headers) =>
    fetch(`${url}/api/recordings/startRecording`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ id, body }),
    })
  const anna = { authorization: 'Bearer of-anna' }
  assert.equal((await post({})).status, 401)

  const wrong = { video_mixed_layout: 'grid', retention: { type: 'timed', hours: -1 } }
  const refused = await post(wrong, anna)
  assert.equal(refused.status, 422)
  const { issues } = recall.startRecording.check({ region: 'us-west-2', id, body: wrong })
  assert.deepEqual((await refused.json()).issues, JSON.parse(JSON.stringify(issues)))

  const good = { video_mixed_layout: 'gallery_view_v2', metadata: { team: 'research' } }
  const answer = await post(good, anna)
  assert.equal(answer.status, 200, await answer.clone().text())
  const sent = standIn.journal.filter((/** @type {any} */ entry) => entry.started !== undefined)
  const { body } = recall.startRecording.build({ region: 'us-west-2', id, body: good })
  assert.deepEqual(sent.map((/** @type {any} */ entry) => entry.body), [JSON.parse(body)])
}

/**
 * @param {string} url
 * @param {any} recall
 */
async function digestOfPage(url, recall) {
  const page = await (await fetch(url)).text()
  const written = /data-digest="([^"]*)"/.exec(page)?.[1]
  if (written === undefined) throw new Error(`The page has no digest:\n${page}`)
  const { errors } = recall.startRecording.body.check({ real_time_endpoints: [] })
  assert.ok(page.includes(`<p>${errors[0].message}</p>`), page)
  return JSON.parse(written.replaceAll('&quot;', '"'))
}

/**
 * @param {string} url
 * @param {string} cases
 */
async function digestAtEdge(url, cases) {
  const response = await fetch(`${url}/api/digest`, { method: 'POST', body: cases })
  if (!response.ok) throw new Error(`The edge route answers ${response.status}: ${await response.text()}`)
  return /** @type {Promise<import('../program.mjs').Digest>} */ (response.json())
}

/**
 * @param {string} url
 * @param {import('../matrix.mjs').Surroundings} surroundings
 */
async function digestInPage(url, { project }) {
  const listener = await serve({ project, scripts: {}, places: {}, gateways: new Map(), ways: ['next'] })
  const opened = launch(chromium, `${url}/?tell=${encodeURIComponent(`${listener.url}result?way=next`)}`)
  try {
    const { next: result } = await listener.waitForAll(seconds)
    if (result?.hash === undefined) throw new Error(`The page gave ${result?.error ?? `nothing within ${seconds} seconds`}`)
    return result
  } finally {
    listener.close()
    await opened.close()
  }
}
