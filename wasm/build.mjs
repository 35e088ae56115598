// Builds the C++ side with CMake. Arguments name what: `documents` (the compiler of provider documents, natively, and what it
// generates), `wasm` (the module for JavaScript), `library` (what `cmake --install` installs), `bench` (the native half of the
// benchmark), `suite` and `suite-wasm` (what runs the JSON Schema Test Suite), `release` and `sanitize` (everything native, with the
// tests), of `sanitize` alone `vectors` (what prints the outcomes of vectors) and `fuzz` (the fuzz targets). Without any: what the npm
// package is made of, `documents` and `wasm`.
import { existsSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { capture, elapsed, jobs, quietly, root } from './quietly.mjs'
import { filesBelow, fingerprint, forget, isCurrent, remember } from './stamp.mjs'
import { emscriptenEnvironment, hasGoogleBenchmark, hasGoogleTest, hasLibFuzzer, which } from './tools.mjs'

const providers = filesBelow('wasm/specs', /\.json$/).map((file) => basename(file, '.json'))

const stages = hasGoogleBenchmark() ? ['recreq-bench-stages'] : []

/**
 * @typedef {object} Build
 * @property {string} title
 * @property {string} preset of CMakePresets.json
 * @property {string} compiler
 * @property {readonly string[]} targets none: all
 * @property {readonly string[]} results files that have to be there afterwards
 */

/** @type {Record<string, Build>} */
const builds = {
  documents: {
    title: 'provider documents',
    preset: 'release',
    compiler: 'g++',
    targets: providers.map((provider) => `recreq_${provider}_generated`),
    results: providers.map((provider) => `build/release/generated/js/${provider}.ts`),
  },
  release: { title: 'native, optimised', preset: 'release', compiler: 'g++', targets: [], results: [] },
  sanitize: { title: 'native, with sanitizers', preset: 'sanitize', compiler: 'clang++', targets: [], results: [] },
  vectors: {
    title: "the vectors' program, with sanitizers",
    preset: 'sanitize',
    compiler: 'clang++',
    targets: ['recreq-vectors'],
    results: ['build/sanitize/tests/cpp/vectors/recreq-vectors'],
  },
  suite: suite('release', 'g++', 'recreq-json-schema-suite'),
  'suite-wasm': suite('wasm', 'emcc', 'suite/recreq-json-schema-suite.js'),
  library: {
    title: 'the native library',
    preset: 'release',
    compiler: 'g++',
    targets: ['recreq_compiler', ...providers.map((provider) => `recreq_${provider}`)],
    results: [],
  },
  fuzz: { title: 'the fuzz targets', preset: 'sanitize', compiler: 'clang++', targets: ['recreq-fuzz'], results: [] },
  bench: {
    title: 'the native benchmark',
    preset: 'release',
    compiler: 'g++',
    targets: ['recreq-bench', ...stages],
    results: ['build/release/recreq-bench'],
  },
  wasm: {
    title: 'WebAssembly',
    preset: 'wasm',
    compiler: 'emcc',
    targets: [],
    results: ['build/wasm/recreq.js', 'build/wasm/recreq.wasm'],
  },
}

/**
 * The program that runs the official JSON Schema Test Suite.
 * @param {string} preset
 * @param {string} compiler
 * @param {string} program
 * @returns {Build}
 */
function suite(preset, compiler, program) {
  const title = `the JSON Schema suite's program (${preset})`
  return { title, preset, compiler, targets: ['recreq-json-schema-suite'], results: [`build/${preset}/${program}`] }
}

const wanted = process.argv.slice(2)
for (const name of wanted.length > 0 ? wanted : ['documents', 'wasm']) {
  const build = builds[name]
  if (build === undefined) fail(`There is no ${name} to build, but ${Object.keys(builds).join(', ')}.`)
  await make(build)
}

/** @param {Build} build */
async function make({ title, preset, compiler, targets, results }) {
  const environment = preset === 'wasm' ? emscriptenEnvironment() : {}
  await configure(preset, compiler, environment)

  const start = performance.now()
  process.stdout.write(`  building: ${title} … `)
  const args = ['--build', '--preset', preset, '--parallel', String(jobs())]
  if (targets.length > 0) args.push('--target', ...targets)
  const { status, output } = await capture('cmake', args, environment)
  if (status !== 0) fail(`failed after ${elapsed(start)}\n\n$ cmake ${args.join(' ')}\n${output}`)

  // emcc has been seen to fail after the module was written, and to succeed without its glue.
  const absent = results.filter((file) => !existsSync(join(root, file)))
  if (absent.length > 0) fail(`done, but not made: ${absent.join(', ')}\n${output}`)
  console.log(/no work to do/.test(output) ? 'up to date' : elapsed(start))
}

/**
 * Ninja notices changed CMake files by itself, but neither changed presets, nor another compiler, nor a moved folder.
 * @param {string} preset
 * @param {string} compiler
 * @param {NodeJS.ProcessEnv} environment
 */
async function configure(preset, compiler, environment) {
  const folder = `build/${preset}`
  const stamp = `build/stamps/configured-${preset}`
  const path = which(compiler) ?? compiler
  const changed = existsSync(path) ? String(statSync(path).mtimeMs) : 'missing'
  const command = [...(preset === 'wasm' ? ['emcmake'] : []), 'cmake', '--preset', preset]
  // The presets have the tests on; who only wants the package need not have GoogleTest.
  if (preset === 'release' && !hasGoogleTest()) command.push('-DRECREQ_TESTS=OFF')
  if (preset === 'release' && hasGoogleBenchmark()) command.push('-DRECREQ_BENCHMARK=ON')
  if (preset === 'sanitize' && !(await hasLibFuzzer())) command.push('-DRECREQ_FUZZ=OFF')
  const print = fingerprint(['CMakePresets.json'], root, path, changed, command.join(' '), JSON.stringify(environment))
  if (isCurrent(stamp, print) && existsSync(join(root, folder, 'build.ninja'))) return

  forget(stamp)
  rmSync(join(root, folder, 'CMakeCache.txt'), { force: true })
  rmSync(join(root, folder, 'CMakeFiles'), { recursive: true, force: true })
  await quietly(`configuring: ${preset}`, command[0], command.slice(1), environment)
  remember(stamp, print)
}

/**
 * @param {string} text
 * @returns {never}
 */
function fail(text) {
  console.log(text)
  process.exit(1)
}
