// Vercel's edge runtime: its virtual machine, in which neither strings nor bytes become code; the module comes with the build,
// as Next.js gives it.
import { EdgeVM } from '@edge-runtime/vm'
import { build } from 'esbuild'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { prepare } from '../project-files.mjs'
import { playedOnServer } from '../scenario/played.mjs'

const { version } = createRequire(import.meta.url)('@edge-runtime/vm/package.json')

/** @type {import('../matrix.mjs').Runtime} */
export const edgeLight = {
  name: 'Vercel edge',
  async run(surroundings) {
    const folder = prepare(surroundings, 'edge-light', ['main.mjs'])
    const code = await bundle(join(folder, 'main.mjs'))
    const module = new WebAssembly.Module(readFileSync(join(surroundings.project, 'node_modules/recreq/dist/recreq.wasm')))
    const machine = new EdgeVM({
      codeGeneration: { strings: false, wasm: false },
      extend: (context) => Object.assign(context, { recreqModule: module }),
    })
    machine.evaluate(code)
    let digest = { cases: 0, hash: '' }
    const played = await playedOnServer(surroundings.project, async (places) => {
      const input = `{"cases":${surroundings.casesJson},"places":${JSON.stringify(places)}}`
      const { told, ...cases } = JSON.parse(await machine.evaluate('run')(input))
      digest = cases
      return told
    })
    return { results: [{ way: `@edge-runtime/vm ${version}`, ...digest, played }] }
  },
}

/** @param {string} entry */
async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    conditions: ['edge-light', 'worker', 'browser'],
    plugins: [
      {
        name: 'module-from-outside',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /\.wasm\?module$/ }, ({ path }) => ({ path, namespace: 'module' }))
          onLoad({ filter: /./, namespace: 'module' }, () => ({ contents: 'export default recreqModule' }))
        },
      },
    ],
  })
  return outputFiles[0].text
}
