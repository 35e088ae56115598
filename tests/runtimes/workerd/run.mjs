// Cloudflare's workerd, through Miniflare: bundled as Wrangler does it, with the module uploaded beside the code.
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { prepare } from '../project-files.mjs'
import { playedOnServer } from '../scenario/played.mjs'

const { version } = createRequire(import.meta.url)('workerd/package.json')

/** @type {import('../matrix.mjs').Runtime} */
export const workerd = {
  name: 'workerd',
  async run(surroundings) {
    const folder = prepare(surroundings, 'workerd', ['worker.mjs'])
    const script = await bundle(join(folder, 'worker.mjs'))
    const module = readFileSync(join(surroundings.project, 'node_modules/recreq/dist/recreq.wasm'))
    const miniflare = new Miniflare({
      host: '127.0.0.1',
      compatibilityDate: '2026-01-01',
      modules: [
        { type: 'ESModule', path: 'worker.mjs', contents: script },
        { type: 'CompiledWasm', path: 'recreq.wasm', contents: module },
      ],
    })
    try {
      let digest = { cases: 0, hash: '' }
      const played = await playedOnServer(surroundings.project, async (places) => {
        const body = `{"cases":${surroundings.casesJson},"places":${JSON.stringify(places)}}`
        const response = await miniflare.dispatchFetch('http://worker.example/', { method: 'POST', body })
        if (!response.ok) throw new Error((await response.text()).slice(0, 1000))
        const { told, ...cases } = /** @type {any} */ (await response.json())
        digest = cases
        return told
      })
      return { results: [{ way: version, ...digest, played }] }
    } finally {
      await miniflare.dispose()
    }
  },
}

/** @param {string} entry */
async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    plugins: [
      {
        name: 'module-beside-the-code',
        setup: ({ onResolve }) => onResolve({ filter: /\.wasm$/ }, () => ({ path: './recreq.wasm', external: true })),
      },
    ],
  })
  return outputFiles[0].text
}
