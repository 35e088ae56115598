// `npm run instructions`: how many instructions the native engine takes for a request, and in which functions. They are
// counted by valgrind, so that a busy machine changes nothing.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { capture } from '../../wasm/quietly.mjs'
import { which } from '../../wasm/tools.mjs'
import { id, text } from './body.mjs'

const fewCalls = 100
const manyCalls = 300
const shown = 20

if (which('valgrind') === undefined) {
  console.error('valgrind counts the instructions. On Debian: apt-get install valgrind')
  process.exit(1)
}
const folder = fileURLToPath(new URL('../../build/bench/', import.meta.url))
const program = fileURLToPath(new URL('../../build/release/recreq-bench', import.meta.url))
mkdirSync(folder, { recursive: true })

// What both runs have in common is the start of the program.
const few = await count(fewCalls)
const many = await count(manyCalls)
const perCall = [...many].map(([name, count]) => ({ name, count: (count - (few.get(name) ?? 0)) / (manyCalls - fewCalls) }))
perCall.sort((a, b) => b.count - a.count)
const total = perCall.reduce((sum, { count }) => sum + count, 0)

console.log(`${Math.round(total)} instructions for a request of ${text.length} bytes`)
for (const { name, count } of perCall.slice(0, shown)) {
  console.log(`${Math.round(count).toString().padStart(8)}  ${((count / total) * 100).toFixed(1).padStart(5)} %  ${name}`)
}

/**
 * Instructions by function, those that it calls not included.
 * @param {number} calls
 */
async function count(calls) {
  const file = join(folder, `callgrind-${calls}.out`)
  const arguments_ = ['us-west-2', id, text, String(calls)]
  await output('valgrind', ['--tool=callgrind', `--callgrind-out-file=${file}`, program, ...arguments_])
  const table = await output('callgrind_annotate', ['--threshold=100', '--auto=no', '--show-percs=no', file])
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const [, digits, place] of table.matchAll(/^ *([\d,]+) +(?!PROGRAM TOTALS)(\S.*)$/gm)) {
    // `file:function [object]`, recursive functions with `'2` behind them.
    const name = place.replace(/ \[[^\]]*\]$/, '').replace(/^[^ ]*?:(?!:)/, '').replace(/'\d+$/, '')
    const short = name.replaceAll('(anonymous namespace)::', '').replace(/\(.*$/, '')
    counts.set(short, (counts.get(short) ?? 0) + Number(digits.replaceAll(',', '')))
  }
  return counts
}

/**
 * @param {string} tool
 * @param {readonly string[]} args
 */
async function output(tool, args) {
  const { status, output } = await capture(tool, args)
  if (status === 0) return output
  console.error(`${tool} failed:\n${output}`)
  process.exit(1)
}
