// The README's snippets of gateways as one script, for runtimes that have nothing of Node.
import { build } from 'esbuild'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(`${root}/README.md`, 'utf8')

/**
 * The code of the snippet whose first line names the file.
 * @param {string} file
 */
export function snippet(file) {
  const begin = readme.indexOf(`\`\`\`ts\n// ${file}`)
  if (begin < 0) throw new Error(`The README has no snippet ${file}.`)
  return readme.slice(readme.indexOf('\n', begin + 6) + 1, readme.indexOf('\n```', begin + 6) + 1)
}

/**
 * Bundles a snippet with the gateway that it imports, as it is done for a runtime. `engine` is the code of a module that has the
 * engine; left out, the engine is imported from `./recreq.wasm`.
 * @param {string} file
 * @param {'esm' | 'iife'} format
 * @param {'workerd' | 'edge-light'} runtime
 * @param {string} [engine]
 */
export async function bundleSnippet(file, format, runtime, engine) {
  const { outputFiles } = await build({
    stdin: { contents: snippet(file), resolveDir: root },
    bundle: true,
    format,
    globalName: 'snippet',
    platform: 'browser',
    write: false,
    conditions: [runtime],
    plugins: [
      {
        name: 'snippets',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /\/gateway\.js$/ }, ({ importer, path }) =>
            importer === '<stdin>' ? { path, namespace: 'gateway' } : undefined,
          )
          onLoad({ filter: /./, namespace: 'gateway' }, () => ({ contents: snippet('gateway.js'), resolveDir: root }))
          onResolve({ filter: /\.wasm(\?module)?$/ }, () =>
            engine === undefined ? { path: './recreq.wasm', external: true } : { path: 'engine', namespace: 'engine' },
          )
          onLoad({ filter: /./, namespace: 'engine' }, () => ({ contents: engine }))
        },
      },
    ],
  })
  return outputFiles[0].text
}
