// A Worker that imports what the project has built, in the runtime of Cloudflare Workers itself.
import { buildSync } from 'esbuild'
import { Miniflare } from 'miniflare'

/**
 * Starts it; whoever does so disposes of it.
 * @param {string} source an ES module, which imports from the project's root
 * @param {object} options of Miniflare's
 */
export async function startWorker(source, options) {
  const { outputFiles } = buildSync({
    stdin: { contents: source, resolveDir: process.cwd() },
    bundle: true,
    format: 'esm',
    write: false,
    platform: 'browser',
  })
  const worker = new Miniflare({ modules: true, script: outputFiles[0].text, cf: false, host: '127.0.0.1', ...options })
  await worker.ready
  return worker
}
