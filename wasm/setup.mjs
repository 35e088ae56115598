// Finds what building (with the argument `test`, `runtimes` or `bench`: testing, testing in other runtimes, benchmarking) needs and installs
// what is missing, without a question: Debian packages where this process may, npm packages always. Says what to do where it may not.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { capture, quietly, root } from './quietly.mjs'
import { fingerprint, isCurrent, remember } from './stamp.mjs'
import { toBenchmark, toBuild, toRunElsewhere, toTest, which } from './tools.mjs'

const oldestNode = '20.19'
const oldestEmscripten = '3.1.6'

const purpose = process.argv[2]
/** @type {Record<string, readonly import('./tools.mjs').Tool[]>} */
const tools = { test: [...toBuild, ...toTest], runtimes: toRunElsewhere, bench: [...toBuild, ...toBenchmark] }

requireNode()
await requireTools(tools[purpose] ?? toBuild)
if (purpose === 'runtimes') {
  await installRuntimes()
} else {
  await requireEmscriptenVersion()
  await installNodeModules()
}

function requireNode() {
  if (isAtLeast(process.versions.node, oldestNode)) return
  stop(`Node ${oldestNode} or newer is needed; this is ${process.versions.node} (${process.execPath}).`)
}

/** @param {readonly import('./tools.mjs').Tool[]} tools */
async function requireTools(tools) {
  let missing = await whichAreMissing(tools)
  if (missing.length === 0) return
  const packages = [...new Set(missing.map((tool) => tool.debian))]
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...packages]
  const names = missing.map((tool) => tool.name).join(', ')

  if (!isDebian()) {
    const wanted = missing.map((tool) => `  ${tool.name}   (on Debian: the package ${tool.debian})`).join('\n')
    const text = `Missing: ${names}. Install, so that PATH and the compiler find them:\n${wanted}\nEmscripten from ${oldestEmscripten} on will do.`
    return refuse(missing, text)
  }
  if (process.getuid?.() !== 0) {
    const line = `apt-get update && ${install.join(' ')}`
    const asRoot = which('sudo') === undefined ? `su -c '${line}'` : line.replaceAll('apt-get', 'sudo apt-get')
    return refuse(missing, `Missing: ${names}. This line installs it:\n\n  ${asRoot}\n`)
  }
  console.log(`Missing: ${names}. Installing from Debian:`)
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  await quietly('apt-get update', 'apt-get', ['update', '-q'], quiet)
  await quietly(install.join(' '), 'apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...install.slice(1)], quiet)

  missing = await whichAreMissing(tools)
  if (missing.length > 0) stop(`Installed, but still not found: ${missing.map((tool) => tool.name).join(', ')}.`)
}

/** @param {readonly import('./tools.mjs').Tool[]} tools */
async function whichAreMissing(tools) {
  const there = await Promise.all(tools.map((tool) => tool.isThere()))
  return tools.filter((_, index) => !there[index])
}

/**
 * Without the linters the tests can still be run, and without a part the benchmark; they say what they skipped.
 * @param {readonly import('./tools.mjs').Tool[]} missing
 * @param {string} text
 */
function refuse(missing, text) {
  if (missing.every((tool) => tool.optional) && process.env.CI !== 'true') console.log(text)
  else stop(text)
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8')) && which('apt-get') !== undefined
  } catch {
    return false
  }
}

async function requireEmscriptenVersion() {
  const emcc = /** @type {string} */ (which('emcc'))
  const version = await emscriptenVersion(emcc)
  console.log(`Emscripten ${version}, Node ${process.versions.node}`)
  if (isAtLeast(version, oldestEmscripten)) return
  stop(`Emscripten ${oldestEmscripten} or newer is needed; ${emcc} is ${version}. Put a newer emcc first on PATH (emsdk has them all).`)
}

/**
 * emcc takes a third of a second to say its version, so that it is asked once per emcc.
 * @param {string} emcc
 */
async function emscriptenVersion(emcc) {
  const { mtimeMs, size } = statSync(emcc)
  const memory = 'build/stamps/emscripten'
  const print = fingerprint([], emcc, String(mtimeMs), String(size))
  try {
    const known = readFileSync(`${root}/${memory}`, 'utf8')
    if (known.startsWith(print)) return known.slice(print.length)
  } catch {
    // Asked for the first time.
  }
  const { status, output } = await capture('emcc', ['--version'])
  const version = /\b\d+\.\d+\.\d+\b/.exec(output)?.[0]
  if (status !== 0 || version === undefined) return stop(`emcc --version failed:\n${output}`)
  remember(memory, print + version)
  return version
}

/**
 * @param {string} version
 * @param {string} floor
 */
function isAtLeast(version, floor) {
  return version.localeCompare(floor, 'en', { numeric: true }) >= 0
}

async function installNodeModules() {
  const stamp = 'node_modules/.recreq'
  const print = fingerprint(['package-lock.json'], process.version)
  if (isCurrent(stamp, print)) return
  await npm('ci', '--include=dev')
  remember(stamp, print)
}

async function installRuntimes() {
  const folder = 'tests/runtimes'
  const stamp = join(folder, 'node_modules/.recreq')
  const print = fingerprint([join(folder, 'package-lock.json')], process.version)
  if (isCurrent(stamp, print)) return
  // npm ci refuses a lockfile without the runtimes of other machines, which not every registry has.
  await npm('install', '--prefix', folder, '--no-save')
  remember(stamp, print)
}

/** @param {...string} args */
function npm(...args) {
  // No package that the project uses needs an install script.
  return quietly(`npm ${args.join(' ')}`, 'npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
}

/**
 * @param {string} text
 * @returns {never}
 */
function stop(text) {
  console.error(text)
  process.exit(1)
}
