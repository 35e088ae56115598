// Bundlers, as they are for a server and without any configuration for this package; what they make is run by Node, away from
// the package. None of them may leave a file beside the code.
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { build as buildWithEsbuild } from 'esbuild'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rollup } from 'rollup'
import { build as buildWithVite } from 'vite'
import webpack from 'webpack'
import { prepare } from '../project-files.mjs'
import { resultFrom } from '../run-program.mjs'

const require = createRequire(import.meta.url)

/**
 * @typedef {object} Bundler
 * @property {string} name
 * @property {string} [way]
 * @property {(entry: string, folder: string) => Promise<unknown>} bundle writes one file into the folder
 */

/** @type {readonly Bundler[]} */
const known = [
  {
    name: 'Vite',
    bundle: (entry, folder) =>
      buildWithVite({
        configFile: false,
        logLevel: 'error',
        root: join(entry, '..'),
        ssr: { noExternal: true },
        build: { ssr: entry, outDir: folder, emptyOutDir: false, target: 'node20' },
      }),
  },
  {
    name: 'webpack',
    bundle: (entry, folder) =>
      new Promise((resolve, reject) => {
        const output = { path: folder, filename: 'main.cjs' }
        webpack({ mode: 'production', target: 'node', entry, output }, (error, stats) => {
          if (error !== null) return reject(error)
          if (stats === undefined || stats.hasErrors() || stats.hasWarnings()) return reject(new Error(stats?.toString('errors-warnings')))
          resolve(stats)
        })
      }),
  },
  {
    name: 'Rollup',
    async bundle(entry, folder) {
      /** @type {string[]} */
      const warnings = []
      const bundle = await rollup({
        input: entry,
        external: /^node:/,
        plugins: [nodeResolve()],
        onwarn: ({ message }) => warnings.push(message),
      })
      await bundle.write({ file: join(folder, 'main.mjs'), format: 'es' })
      if (warnings.length > 0) throw new Error(warnings.join('\n'))
    },
  },
  { name: 'esbuild', way: 'CommonJS', bundle: (entry, folder) => esbuild(entry, join(folder, 'main.cjs'), 'cjs') },
  { name: 'esbuild', way: 'ESM', bundle: (entry, folder) => esbuild(entry, join(folder, 'main.mjs'), 'esm') },
]

/** @type {readonly import('../matrix.mjs').Runtime[]} */
export const bundlers = known.map((bundler) => ({ name: bundler.name, run: (surroundings) => runWith(bundler, surroundings) }))

/**
 * @param {Bundler} bundler
 * @param {import('../matrix.mjs').Surroundings} surroundings
 */
async function runWith({ name, way, bundle }, surroundings) {
  const entry = join(prepare(surroundings, 'bundlers', ['main.mjs']), 'main.mjs')
  const folder = mkdtempSync(join(tmpdir(), 'recreq-bundle-'))
  try {
    await bundle(entry, folder)
    const files = readdirSync(folder, { recursive: true })
    if (files.length !== 1) throw new Error(`It made ${files.join(', ')}`)
    const program = join(folder, String(files[0]))
    const { exported, ...digest } = await resultFrom(process.execPath, [program, join(surroundings.project, 'cases.json')], folder)
    for (const each of ['createClient', 'createGateway', 'createGatewayClient'])
      if (!exported.includes(each)) throw new Error(`The bundle has no ${each}.`)
    const { version } = require(`${name.toLowerCase()}/package.json`)
    return { results: [{ way: [version, way].filter(Boolean).join(', '), ...digest }] }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * @param {string} entryPoint
 * @param {string} outfile
 * @param {'cjs' | 'esm'} format
 */
async function esbuild(entryPoint, outfile, format) {
  const { warnings } = await buildWithEsbuild({ entryPoints: [entryPoint], outfile, bundle: true, platform: 'node', format, logLevel: 'silent' })
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join('\n'))
}
