// Builds the C++ side with CMake: natively (the compiler of provider documents, what it generates, the tests) and to
// WebAssembly. Arguments are names of presets in CMakePresets.json; without any, `release` and `wasm`.
import { existsSync, rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { capture, elapsed, quietly, root } from './quietly.mjs'
import { fingerprint, isCurrent, remember } from './stamp.mjs'
import { emscriptenEnvironment, which } from './tools.mjs'

/** @type {Record<string, { title: string, compiler: string, results: string[] }>} */
const presets = {
  release: {
    title: 'native, optimised',
    compiler: 'g++',
    results: ['build/release/recreq-compile', 'build/release/generated/js/recall.ts'],
  },
  sanitize: { title: 'native, with sanitizers', compiler: 'clang++', results: [] },
  wasm: { title: 'WebAssembly', compiler: 'emcc', results: ['build/wasm/recreq.js', 'build/wasm/recreq.wasm'] },
}

const wanted = process.argv.slice(2)
for (const preset of wanted.length > 0 ? wanted : ['release', 'wasm']) {
  if (presets[preset] === undefined) {
    console.error(`No preset ${preset}; there are ${Object.keys(presets).join(', ')}.`)
    process.exit(2)
  }
  await build(preset)
}

/** @param {string} preset */
async function build(preset) {
  const { title, compiler, results } = presets[preset]
  const environment = preset === 'wasm' ? emscriptenEnvironment() : {}
  await configure(preset, compiler, environment)

  const start = performance.now()
  process.stdout.write(`  building: ${title} … `)
  const args = ['--build', '--preset', preset, '--parallel', String(availableParallelism())]
  const { status, output } = await capture('cmake', args, environment)
  if (status !== 0) fail(`failed after ${elapsed(start)}\n\n$ cmake ${args.join(' ')}\n${output}`)

  // emcc has been seen to write a module and fail afterwards, and the other way round.
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
  const print = fingerprint(['CMakePresets.json'], root, path, changed, JSON.stringify(environment))
  if (isCurrent(stamp, print) && existsSync(join(root, folder, 'build.ninja'))) return

  rmSync(join(root, folder, 'CMakeCache.txt'), { force: true })
  rmSync(join(root, folder, 'CMakeFiles'), { recursive: true, force: true })
  const command = preset === 'wasm' ? ['emcmake', 'cmake'] : ['cmake']
  const [program, ...args] = [...command, '--preset', preset]
  await quietly(`configuring: ${presets[preset].title}`, program, args, environment)
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
