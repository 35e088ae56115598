// Puts the compiled modules of js/src together into few files: for a runtime, and for a page without a bundler, each file is a
// wait of its own, and one provider is made of sixty modules. Names and comments stay; whoever bundles again leaves out what
// is not used, as before. The bundler runs as WebAssembly itself: not every registry has its native parts for all machines.
import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { rollup } from '@rollup/wasm-node'
import { root } from '../wasm/quietly.mjs'

const compiled = resolve(root, 'build/javascript')

/** Of the chunks that are made by `chunkOf`. */
const ownNames = new Set()

/** @typedef {(id: string) => { importedIds: readonly string[] } | null} ModuleInfo */

/** Writes the entry points that package.json names, and what they share, to dist/. */
export async function bundle() {
  const entries = entryPoints()
  const bundled = await rollup({
    input: Object.fromEntries(entries.map((name) => [name, `${compiled}/${name}.js`])),
    treeshake: { moduleSideEffects: false },
    plugins: [
      { name: 'left where they are', resolveId: (id) => (isLeft(id) ? { id, external: true } : null) },
      { name: 'the engine before all code', renderChunk: withLoadingFirst },
    ],
    onLog(level, { message }) {
      if (level === 'warn') throw new Error(message)
    },
  })
  await bundled.write({
    dir: resolve(root, 'dist'),
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: ({ name, moduleIds }) => `shared/${ownNames.has(name) ? name : nameOf(moduleIds)}.js`,
    hoistTransitiveImports: false,
    minifyInternalExports: false,
    manualChunks: (id, { getModuleInfo }) => chunkOf(id, getModuleInfo),
  })
}

/**
 * What runtimes find for themselves, the text that the build writes, and what is only there once the package is.
 * @param {string} id
 */
function isLeft(id) {
  return /^(?:#|node:|recreq\/)|\.wasm(?:\?module)?$|\/module-text\.js$/.test(id)
}

/**
 * Bundlers write modules in the order of their imports. The engine's text is longer than what compressors look back on: in the
 * midst of the code, it costs a kilobyte.
 * @param {string} code
 */
function withLoadingFirst(code) {
  const [line] = /^import .* from '#loading';\n/m.exec(code) ?? []
  return line === undefined ? null : line + code.replace(line, '')
}

/** The modules of `exports`, `imports` and `bin`, by their names in dist/. */
function entryPoints() {
  const { exports, imports, bin } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'))
  const targets = [exports, imports, bin].flatMap(targetsOf)
  return [...new Set(targets.flatMap((target) => /^(?:\.\/)?dist\/([^*]+)\.js$/.exec(target)?.[1] ?? []))]
}

/**
 * @param {unknown} value of `exports` or the like
 * @returns {string[]}
 */
function targetsOf(value) {
  return typeof value === 'string' ? [value] : Object.values(/** @type {object} */ (value)).flatMap(targetsOf)
}

/**
 * Left alone, the bundler makes a file for each set of entry points that share something. These are the sets that matter: what
 * a provider's facts are, what checks and builds, and what those have in common with all others, down to the Worker that only
 * has the limiter. The rest is as the bundler likes it.
 * @param {string} id
 * @param {ModuleInfo} moduleInfo
 */
function chunkOf(id, moduleInfo) {
  const provider = /^generated\/(\w+)\.(?:answers|image)\.js$/.exec(relative(compiled, id))?.[1]
  const { everywhere, engine } = layers(moduleInfo)
  const name = provider !== undefined ? `${provider}-data` : everywhere.has(id) ? 'everywhere' : engine.has(id) ? 'engine' : undefined
  if (name !== undefined) ownNames.add(name)
  return name
}

/**
 * A chunk of the bundler's own choice is called what its last module is, which is what the others in it are for.
 * @param {readonly string[]} moduleIds
 */
function nameOf(moduleIds) {
  return relative(compiled, moduleIds.at(-1) ?? '').replace(/\.js$/, '').replaceAll('/', '-')
}

/** @type {{ everywhere: ReadonlySet<string>, engine: ReadonlySet<string> } | undefined} */
let known

/** @param {ModuleInfo} moduleInfo */
function layers(moduleInfo) {
  if (known !== undefined) return known
  const below = (/** @type {string} */ name) => reachable(`${compiled}/${name}.js`, moduleInfo)
  const others = new Set(['client/index', 'gateway/index', 'gateway/client', 'limiter/durable-object'].flatMap((name) => [...below(name)]))
  const ofProviders = new Set(['provider', 'preload', 'connecting-all', 'shared-exports'].flatMap((name) => [...below(name)]))
  const everywhere = new Set([...ofProviders].filter((id) => others.has(id)))
  return (known = { everywhere, engine: new Set([...ofProviders].filter((id) => !everywhere.has(id))) })
}

/**
 * @param {string} id
 * @param {ModuleInfo} moduleInfo
 * @param {Set<string>} [found]
 */
function reachable(id, moduleInfo, found = new Set()) {
  if (found.has(id) || !id.startsWith(compiled)) return found
  found.add(id)
  for (const imported of moduleInfo(id)?.importedIds ?? []) reachable(imported, moduleInfo, found)
  return found
}
