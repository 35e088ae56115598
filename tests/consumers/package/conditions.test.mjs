// What each runtime takes of the package: every entry, and the engine in the form that is meant for it.
import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { outputOf, programOf } from '../../runtimes/run-program.mjs'
import { installPacked } from './packed.mjs'

const { project, folder, remove } = installPacked()
after(remove)

const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const entries = Object.keys(manifest.exports).filter((entry) => !/\.(json|wasm)$|\*/.test(entry))
const names = entries.map((entry) => entry.replace('.', 'recreq'))

// Each form of the engine says that it is the one.
const loading = join(folder, 'dist/loading')
for (const file of readdirSync(loading).filter((name) => name.endsWith('.js')))
  appendFileSync(join(loading, file), `\n;(globalThis.taken ??= []).push('${file}')\n`)

const show = `console.log(JSON.stringify({ taken: globalThis.taken.sort(), exported }))`
const imported = names.map((name) => `'${name}': Object.keys(await import('${name}')).sort()`).join(', ')
writeFileSync(join(project, 'import.mjs'), `const exported = { ${imported} }\n${show}\n`)
const required = names.map((name) => `'${name}': Object.keys(require('${name}')).sort()`).join(', ')
writeFileSync(join(project, 'require.cjs'), `const exported = { ${required} }\n${show}\n`)

/** @type {{ runtime: string, program: string | undefined, args: string[] }[]} */
const runtimes = [
  { runtime: 'Node, which imports it', program: process.execPath, args: ['import.mjs'] },
  { runtime: 'Node, which requires it', program: process.execPath, args: ['--no-warnings', 'require.cjs'] },
  { runtime: 'Deno', program: programOf('@deno', 'deno'), args: ['run', '--no-prompt', '--no-remote', 'import.mjs'] },
  { runtime: 'Bun', program: programOf('@oven', 'bin/bun'), args: ['import.mjs'] },
]

describe('every entry', () => {
  for (const { runtime, program, args } of runtimes) {
    it(`is there in ${runtime}, with the engine in the form for it`, { skip: program === undefined && `${runtime} is missing` }, async () => {
      const { taken, exported } = JSON.parse(await outputOf(String(program), args, project))
      assert.deepEqual(taken, ['inlined.js', 'module-text.js'])
      assert.deepEqual(Object.keys(exported), names)
      for (const [name, exports] of Object.entries(exported)) assert.deepEqual(exports, Object.keys(await import(name)).sort(), name)
    })
  }
})
