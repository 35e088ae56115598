// What people download: the parts that one provider needs, and the whole, bundled and minified. Those that size-budget.json
// names may not grow unnoticed.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = new URL('../../', import.meta.url)
const budgetFile = new URL('size-budget.json', import.meta.url)

/**
 * @typedef {{ raw: number, gzip: number, brotli: number }} Size
 *
 * @typedef {object} Budget bytes after gzip
 * @property {number} gzip what it was when the budget was last renewed
 * @property {number} [first] what was to be reached first
 * @property {number} [goal] what is to be reached
 */

/**
 * @param {Uint8Array} bytes
 * @returns {Size}
 */
function sizeOf(bytes) {
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length }
}

/**
 * @param {...Size} parts
 * @returns {Size}
 */
function sum(...parts) {
  const of = (/** @type {keyof Size} */ kind) => parts.reduce((bytes, part) => bytes + part[kind], 0)
  return { raw: of('raw'), gzip: of('gzip'), brotli: of('brotli') }
}

/** @param {string} code what an application would import */
async function bundled(code) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(root) },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    write: false,
    metafile: true,
  })
  return { size: sizeOf(outputFiles[0].contents), files: Object.values(metafile.outputs)[0].inputs }
}

/**
 * The packed image of a provider, as its module has it.
 * @param {string} provider
 * @returns {Promise<string>}
 */
export async function imageOf(provider) {
  const { image } = await import(new URL(`build/javascript/generated/${provider}.image.js`, root).href)
  return image
}

/**
 * What is in the budget.
 * @returns {Promise<Record<string, Size>>}
 */
export async function downloads() {
  const module = sizeOf(readFileSync(new URL('dist/recreq.wasm', root)))
  const { size: javascript } = await bundled(`export { recall } from 'recreq/slim'`)
  const { size: three } = await bundled(`export * from 'recreq'`)
  const providers = ['recall', 'realtimekit', 'videosdk']
  const images = await Promise.all(providers.map(async (name) => [`image of ${name}`, sizeOf(Buffer.from(await imageOf(name)))]))
  return {
    'one provider, module separate': sum(module, javascript),
    'three providers, module inlined': three,
    'module (recreq.wasm)': module,
    'all JavaScript of one provider, its image included': javascript,
    'glue (engine.js)': sizeOf(readFileSync(new URL('build/javascript/engine.js', root))),
    ...Object.fromEntries(images),
  }
}

/**
 * The same, and what others weigh.
 * @param {string} ajvStandalone the file that ajv made
 * @returns {Promise<Record<string, Size>>}
 */
export async function sizes(ajvStandalone) {
  const others = {
    'recreq/recall, module inlined': `export * from 'recreq/recall'`,
    'for comparison: ajv': `import { Ajv2020 } from 'ajv/dist/2020.js'; export default Ajv2020`,
    'for comparison: ajv standalone': `import validate from ${JSON.stringify(ajvStandalone)}; export default validate`,
    'for comparison: zod': `import * as z from 'zod'; export default z.fromJSONSchema`,
  }
  const measured = await Promise.all(Object.entries(others).map(async ([title, code]) => [title, (await bundled(code)).size]))
  return { ...(await downloads()), ...Object.fromEntries(measured) }
}

/** The compiled modules that one provider is made of, with their bytes before compression, the largest first. */
export async function javascriptFiles() {
  const { files } = await bundled(`export { recall } from './build/javascript/slim.js'`)
  return Object.entries(files)
    .map(([file, { bytesInOutput }]) => ({ file: file.replace('build/javascript/', ''), size: bytesInOutput }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size)
}

/** @returns {Record<string, Budget>} */
export function budget() {
  return JSON.parse(readFileSync(budgetFile, 'utf8'))
}

/**
 * Takes today's sizes for the budget.
 * @param {Record<string, Size>} measured
 */
export function renewBudget(measured) {
  const before = budget()
  const renewed = Object.entries(measured).map(([title, { gzip }]) => [title, { ...before[title], gzip }])
  writeFileSync(budgetFile, `${JSON.stringify(Object.fromEntries(renewed), null, 2)}\n`)
}
