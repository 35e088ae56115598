// What people download: the parts that one provider needs, and the whole, bundled and minified.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = new URL('../../', import.meta.url)

/** @typedef {{ raw: number, gzip: number, brotli: number }} Size */

/**
 * @param {Uint8Array} bytes
 * @returns {Size}
 */
function sizeOf(bytes) {
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length }
}

/** @param {string} file */
const read = (file) => readFileSync(new URL(file, root))

/** @param {string} code what an application would import */
async function bundled(code) {
  const result = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(root) },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    write: false,
  })
  return sizeOf(result.outputFiles[0].contents)
}

/**
 * @param {string} ajvStandalone the file that ajv made
 * @returns {Promise<Record<string, Size>>}
 */
export async function sizes(ajvStandalone) {
  const module = sizeOf(read('dist/recreq.wasm'))
  const javascript = await bundled(`export { recall } from 'recreq/slim'`)
  const whole = { raw: 0, gzip: 0, brotli: 0 }
  for (const kind of /** @type {const} */ (['raw', 'gzip', 'brotli'])) whole[kind] = module[kind] + javascript[kind]
  return {
    'module (recreq.wasm)': module,
    'glue (engine.js)': sizeOf(read('dist/engine.js')),
    'image (Recall)': sizeOf(read('build/release/generated/recall.image')),
    'all JavaScript, glue and image included': javascript,
    'whole: module and JavaScript': whole,
    'recreq/recall, module inlined': await bundled(`export * from 'recreq/recall'`),
    'recreq with three providers, module inlined': await bundled(`export * from 'recreq'`),
    'for comparison: ajv': await bundled(`import { Ajv2020 } from 'ajv/dist/2020.js'; export default Ajv2020`),
    'for comparison: ajv standalone': await bundled(`import validate from ${JSON.stringify(ajvStandalone)}; export default validate`),
    'for comparison: zod': await bundled(`import * as z from 'zod'; export default z.fromJSONSchema`),
  }
}
