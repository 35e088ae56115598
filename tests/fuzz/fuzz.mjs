// `npm run fuzz -- --seconds 60 [--only reading,images]`: builds the fuzz targets and runs each for that long. What is new
// is kept in build/fuzz/corpus, where the next run begins; bytes that break a promise in build/fuzz/findings.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { capture, jobs, root } from '../../wasm/quietly.mjs'
import { dictionary, seedFolder, writeSeeds } from './seeds.mjs'

const targets = ['reading', 'checking', 'building', 'fixing', 'compiling', 'images']
const findings = 'build/fuzz/findings/'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, only: { type: 'string' } } })
const seconds = Number(values.seconds)
const names = values.only?.split(',') ?? targets
const unknown = names.filter((name) => !targets.includes(name))
if (unknown.length > 0 || !Number.isInteger(seconds) || seconds < 1) {
  console.error(`--seconds takes a whole number from 1 on, --only some of ${targets.join(', ')}.`)
  process.exit(2)
}

node('wasm/setup.mjs', 'test')
node('wasm/build.mjs', 'fuzz')
await writeSeeds()
mkdirSync(join(root, findings), { recursive: true })
const waiting = [...names]
await Promise.all(Array.from({ length: jobs() }, runNext))

/** Several targets run at once where there are processors for them. */
async function runNext() {
  for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) await run(target)
}

/** @param {string} target */
async function run(target) {
  const corpus = `build/fuzz/corpus/${target}`
  mkdirSync(join(root, corpus), { recursive: true })
  const program = `build/sanitize/recreq-fuzz-${target}`
  const words = target === 'images' ? [] : [`-dict=${dictionary}`]
  const limits = [`-max_total_time=${seconds}`, '-timeout=10', '-rss_limit_mb=2048']
  const reports = [`-artifact_prefix=${findings}${target}-`, '-print_final_stats=1']
  const { status, output } = await capture(program, [...words, ...limits, ...reports, corpus, join(seedFolder, target)])
  const executions = Number(/^stat::number_of_executed_units: +(\d+)$/m.exec(output)?.[1] ?? 0)
  if (status === 0 && executions > 0) return console.log(`${target.padEnd(10)} ${executions} executions`)
  process.exitCode = 1
  const file = /Test unit written to (\S+)/.exec(output)?.[1]
  const again = file === undefined ? '' : `\nAgain, from the root: ${program} ${file}`
  const says = output.replaceAll(/^(#\d+\t|INFO: ).*\n/gm, '')
  console.log(`${target.padEnd(10)} failed\n${says}${again}`)
}

/** @param {...string} args */
function node(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
