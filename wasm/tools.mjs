// The programs and headers that the project is built with: where each is, and which Debian package has it.
import { accessSync, constants, existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { capture, root } from './quietly.mjs'

/**
 * @typedef {object} Tool
 * @property {string} name how people call it
 * @property {string} debian the package that has it
 * @property {() => boolean | Promise<boolean>} isThere
 * @property {boolean} [optional] the tests can go on without it
 */

/**
 * The full path of a program on PATH.
 * @param {string} program
 * @returns {string | undefined}
 */
export function which(program) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program)
    try {
      accessSync(path, constants.X_OK)
      if (statSync(path).isFile()) return path
    } catch {
      // Not in this folder.
    }
  }
  return undefined
}

/** @param {string} header */
function hasHeader(header) {
  const folders = [process.env.CPATH, process.env.CPLUS_INCLUDE_PATH].flatMap((list) => list?.split(delimiter) ?? [])
  const prefixes = process.env.CMAKE_PREFIX_PATH?.split(delimiter) ?? []
  folders.push(...prefixes.map((prefix) => join(prefix, 'include')), '/usr/include', '/usr/local/include')
  return folders.some((folder) => existsSync(join(folder, header)))
}

export function hasGoogleTest() {
  return hasHeader('gtest/gtest.h')
}

export function hasGoogleBenchmark() {
  return hasHeader('benchmark/benchmark.h')
}

/**
 * Clang can be installed without the libraries that its sanitizers link.
 * @param {string} name as in the library's file name
 */
async function hasRuntimeOfClang(name) {
  if (which('clang++') === undefined) return false
  const { output } = await capture('clang++', ['-print-libgcc-file-name', '-rtlib=compiler-rt'])
  return existsSync(output.trim().replace('builtins', name))
}

export function hasLibFuzzer() {
  return hasRuntimeOfClang('fuzzer')
}

/** WebKitGTK's own small browser, which lies beside the library of each architecture. */
export function miniBrowser() {
  const folder = '/usr/lib'
  const found = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, 'webkit2gtk-4.1/MiniBrowser')) : []
  return found.find((file) => existsSync(file))
}

/**
 * @param {string} name
 * @param {string} debian
 * @returns {Tool}
 */
const program = (name, debian) => ({ name, debian, isThere: () => which(name) !== undefined })

/** What `npm start` needs. */
export const toBuild = [
  program('emcc', 'emscripten'),
  program('cmake', 'cmake'),
  program('ninja', 'ninja-build'),
  program('g++', 'g++'),
  { name: 'nlohmann/json', debian: 'nlohmann-json3-dev', isThere: () => hasHeader('nlohmann/json.hpp') },
]

// The Closure Compiler is a native program on this one machine only; elsewhere it is a Java program.
if (process.platform !== 'linux' || process.arch !== 'x64') toBuild.push(program('java', 'default-jre-headless'))

/** What `npm test` needs besides. */
export const toTest = [
  program('clang++', 'clang'),
  { name: "Clang's sanitizers", debian: 'libclang-rt-dev', isThere: () => hasRuntimeOfClang('asan') },
  { name: "Clang's libFuzzer", debian: 'libclang-rt-dev', isThere: hasLibFuzzer, optional: true },
  { name: 'GoogleTest', debian: 'libgtest-dev', isThere: hasGoogleTest },
  { ...program('clang-format', 'clang-format'), optional: true },
  { ...program('clang-tidy', 'clang-tidy'), optional: true },
]

/** What the tests in other runtimes need: browsers, which are large. */
export const toRunElsewhere = [
  { ...program('chromium', 'chromium'), optional: true },
  { ...program('firefox-esr', 'firefox-esr'), optional: true },
  { name: "WebKitGTK's MiniBrowser", debian: 'libwebkit2gtk-4.1-0', isThere: () => miniBrowser() !== undefined, optional: true },
  { ...program('xvfb-run', 'xvfb'), optional: true },
  { ...program('xauth', 'xauth'), optional: true },
]

/** What `npm run bench` needs besides. */
export const toBenchmark = [
  { name: 'Google Benchmark', debian: 'libbenchmark-dev', isThere: hasGoogleBenchmark, optional: true },
]

/**
 * What emcc's environment has to have besides ours.
 * @returns {NodeJS.ProcessEnv}
 */
export function emscriptenEnvironment() {
  const emcc = which('emcc')
  if (emcc === undefined) return {}
  const path = realpathSync(emcc)
  // As a distribution installs it, in contrast to emsdk, which brings everything of its own.
  if (path.startsWith('/usr/share/emscripten/')) {
    return {
      // The package looks for its acorn where the distribution's Node does; other Nodes do not look there.
      NODE_PATH: '/usr/share/nodejs',
      // The package comes without the Closure Compiler, and with a version that the newest one does not fit.
      EM_CLOSURE_COMPILER: join(root, 'node_modules/.bin/google-closure-compiler'),
    }
  }
  if (process.env.EM_CACHE !== undefined) return {}
  try {
    accessSync(dirname(path), constants.W_OK)
    return {}
  } catch {
    return { EM_CACHE: join(root, 'build/emscripten-cache') }
  }
}
