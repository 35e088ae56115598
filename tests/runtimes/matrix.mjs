// Runs the same cases in every runtime that is here, from the packed package, and has those that can send play the same scenario;
// fails unless all results are the same bytes.
// Arguments name runtimes; without any, all of them. With CI=true none of them may be missing.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { elapsed, jobs, root } from '../../wasm/quietly.mjs'
import { installPacked } from '../consumers/package/packed.mjs'
import { browsers } from './browsers/run.mjs'
import { bun } from './bun/run.mjs'
import { bundlers } from './bundlers/run.mjs'
import { allMatchFiles, allVectorFiles, casesOf, corpusFiles, inputFiles } from './cases.mjs'
import { deno } from './deno/run.mjs'
import { edgeLight } from './edge-light/run.mjs'
import { native } from './native/run.mjs'
import { next } from './next/run.mjs'
import { node } from './node/run.mjs'
import { hashOf } from './program.mjs'
import { workerd } from './workerd/run.mjs'

/**
 * @typedef {object} Surroundings
 * @property {string} root of this project
 * @property {string} project a folder in which the package is installed, with `cases.json` and `program.mjs`
 * @property {import('../vectors/vectors.mjs').VectorFile[]} files
 * @property {import('./cases.mjs').VectorFile[]} made what is in no file: the corpus, and inputs
 * @property {import('../vectors/vectors.mjs').MatchFile[]} matches
 * @property {string} casesJson
 *
 * @typedef {{ way: string, cases: number, hash: string, played?: import('./scenario/played.mjs').Played }} Result
 *
 * @typedef {object} Answer
 * @property {Result[]} results
 * @property {string} [missing] the program for want of which there are not all results
 *
 * @typedef {object} Runtime
 * @property {string} name
 * @property {boolean} [slow] it is begun before the others
 * @property {(surroundings: Surroundings) => Promise<Answer>} run
 */

/** @type {readonly Runtime[]} */
const runtimes = [...native, ...node, deno, bun, workerd, edgeLight, ...browsers, ...bundlers, ...next]

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
  const matches = allMatchFiles()
  const made = [...corpusFiles(readdirSync(join(root, 'dist/schemas'))), ...inputFiles()]
  const casesJson = JSON.stringify(casesOf([...files, ...made], matches))
  writeFileSync(join(project, 'cases.json'), casesJson)
  await runAll({ root, project, files, made, matches, casesJson })
} finally {
  remove()
}
if (hashes.size > 1) console.error('\nThe runtimes do not agree.')
if (failed || hashes.size !== 1) process.exitCode = 1
await showPlays()

/**
 * As many at a time as there are processors, and shown in the order of the list.
 * @param {Surroundings} surroundings
 */
async function runAll(surroundings) {
  const waiting = [...chosen].sort((one, other) => Number(other.slow ?? false) - Number(one.slow ?? false))
  /** @type {Map<Runtime, () => void>} */
  const done = new Map()
  const work = async () => {
    for (let runtime = waiting.shift(); runtime !== undefined; runtime = waiting.shift()) {
      done.set(runtime, await run(runtime, surroundings))
      for (const shown of chosen) {
        const show = done.get(shown)
        if (show === undefined) break
        show()
        done.set(shown, () => {})
      }
    }
  }
  await Promise.all(Array.from({ length: jobs() }, work))
}

/**
 * What there is to show afterwards.
 * @param {Runtime} runtime
 * @param {Surroundings} surroundings
 */
async function run({ name, run }, surroundings) {
  const start = performance.now()
  try {
    const { results, missing } = await run(surroundings)
    for (const { hash } of results) hashes.add(hash)
    if (missing !== undefined && process.env.CI === 'true') failed = true
    const time = elapsed(start)
    return () => {
      for (const { way, cases, hash, played } of results) {
        if (played !== undefined) plays.push({ name, way, played })
        console.log(`${name.padEnd(16)} ${way.padEnd(44)} ${cases} cases  ${hash}`)
      }
      if (results.length > 0) console.log(`${' '.repeat(16)} (${time})`)
      if (missing !== undefined) console.log(`${name.padEnd(16)} skipped: ${missing} is missing`)
    }
  } catch (error) {
    failed = true
    return () => console.error(`${name.padEnd(16)} failed: ${error instanceof Error ? error.message : error}`)
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
