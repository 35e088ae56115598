// Runs the same cases in every runtime that is here, from the packed package, and has those that can send play the same scenario;
// fails unless all results are the same bytes.
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
import { hashOf } from './program.mjs'
import { workerd } from './workerd/run.mjs'

/**
 * @typedef {object} Surroundings
 * @property {string} root of this project
 * @property {string} project a folder in which the package is installed, with `cases.json` and `program.mjs`
 * @property {import('../vectors/vectors.mjs').VectorFile[]} files
 * @property {import('./cases.mjs').VectorFile[]} corpus
 * @property {string} casesJson
 *
 * @typedef {{ way: string, cases: number, hash: string, played?: import('./scenario/played.mjs').Played }} Result
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
/** @type {{ name: string, way: string, played: import('./scenario/played.mjs').Played }[]} */
const plays = []
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
await showPlays()

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
    for (const { way, cases, hash, played } of answer.results) {
      hashes.add(hash)
      if (played !== undefined) plays.push({ name, way, played })
      console.log(`${name.padEnd(16)} ${way.padEnd(44)} ${cases} cases  ${hash}`)
    }
    console.log(`${' '.repeat(16)} (${elapsed(start)})`)
  } catch (error) {
    failed = true
    console.error(`${name.padEnd(16)} failed: ${error instanceof Error ? error.message : error}`)
  }
}

/** The second table: what clients and gateways do, and what of it arrives. */
async function showPlays() {
  if (plays.length === 0) return
  console.log('\nthe same calls, sent to services on this machine')
  const [first] = plays
  for (const { name, way, played } of plays) {
    const hash = await hashOf([JSON.stringify(played)])
    console.log(`${name.padEnd(16)} ${way.padEnd(44)} ${Object.keys(played).length} steps  ${hash}`)
    for (const step of Object.keys({ ...first.played, ...played })) {
      const here = JSON.stringify(played[step], null, 1)
      const there = JSON.stringify(first.played[step], null, 1)
      if (here === there && here?.includes('"failed: ') === false) continue
      process.exitCode = 1
      console.error(`  ${step}: ${differenceOf(here, there)}`)
    }
  }
}

/**
 * The first line that is another.
 * @param {string} [here]
 * @param {string} [there]
 */
function differenceOf(here = '', there = '') {
  const lines = there.split('\n')
  const line = here.split('\n').findIndex((text, index) => text !== lines[index])
  if (line < 0) return here
  return `${here.split('\n')[line]?.trim()}\n    where ${plays[0].name} has ${lines[line]?.trim()}`
}
