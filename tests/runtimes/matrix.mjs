// Runs the same cases in every runtime that is here, from the packed package, and fails unless all results are the same bytes.
// Arguments name runtimes; without any, all of them. With CI=true none of them may be missing.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { elapsed, root } from '../../wasm/quietly.mjs'
import { installPacked } from '../consumers/package/packed.mjs'
import { browsers } from './browsers/run.mjs'
import { bun } from './bun/run.mjs'
import { bundlers } from './bundlers/run.mjs'
import { allVectorFiles, casesOf, corpusFiles } from './cases.mjs'
import { deno } from './deno/run.mjs'
import { edgeLight } from './edge-light/run.mjs'
import { native } from './native/run.mjs'
import { node } from './node/run.mjs'
import { workerd } from './workerd/run.mjs'

/**
 * @typedef {object} Surroundings
 * @property {string} root of this project
 * @property {string} project a folder in which the package is installed, with `cases.json` and `program.mjs`
 * @property {import('../vectors/vectors.mjs').VectorFile[]} files
 * @property {import('./cases.mjs').VectorFile[]} corpus
 * @property {string} casesJson
 *
 * @typedef {{ way: string, cases: number, hash: string }} Result
 * @typedef {{ results: Result[] } | { missing: string }} Answer
 *
 * @typedef {object} Runtime
 * @property {string} name
 * @property {(surroundings: Surroundings) => Promise<Answer>} run
 */

/** @type {readonly Runtime[]} */
const runtimes = [native, node, deno, bun, workerd, edgeLight, ...browsers, ...bundlers]

const { positionals } = parseArgs({ allowPositionals: true })
const chosen = runtimes.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
const { project, remove } = installPacked()
let failed = false
/** @type {Set<string>} */
const hashes = new Set()
try {
  const files = allVectorFiles()
  const corpus = corpusFiles(readdirSync(join(root, 'dist/schemas')))
  const casesJson = JSON.stringify(casesOf([...files, ...corpus]))
  writeFileSync(join(project, 'cases.json'), casesJson)
  for (const runtime of chosen) await show(runtime, { root, project, files, corpus, casesJson })
} finally {
  remove()
}
if (hashes.size > 1) console.error('\nThe runtimes do not agree.')
if (failed || hashes.size !== 1) process.exitCode = 1

/**
 * @param {Runtime} runtime
 * @param {Surroundings} surroundings
 */
async function show({ name, run }, surroundings) {
  const start = performance.now()
  try {
    const answer = await run(surroundings)
    if ('missing' in answer) {
      if (process.env.CI === 'true') failed = true
      return console.log(`${name.padEnd(16)} skipped: ${answer.missing} is missing`)
    }
    for (const { way, cases, hash } of answer.results) {
      hashes.add(hash)
      console.log(`${name.padEnd(16)} ${way.padEnd(44)} ${cases} cases  ${hash}`)
    }
    console.log(`${' '.repeat(16)} (${elapsed(start)})`)
  } catch (error) {
    failed = true
    console.error(`${name.padEnd(16)} failed: ${error instanceof Error ? error.message : error}`)
  }
}
