// `npm run bench`: recreq beside ajv and zod on the same body, in one run. Prints what was measured and judges nothing.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import * as recall from 'recreq/recall'
import * as ajv from './ajv.mjs'
import { body, bytes, id, text } from './body.mjs'
import { measure, median } from './measure.mjs'
import { bodySchema } from './schema.mjs'
import { budget, sizes } from './sizes.mjs'
import * as zod from './zod.mjs'

const region = 'us-west-2'
const decoder = new TextDecoder()
const encoder = new TextEncoder()
const schema = bodySchema()
const { validate, file: ajvFile } = await ajv.compileStandalone(schema)
const zodBody = zod.compile(schema)
const copy = ajv.copierOf(body)

/** @param {unknown} value */
const withAjv = (value) => {
  if (!validate(value)) throw new Error('ajv refuses the body.')
  return JSON.stringify(value)
}
/** @param {unknown} value */
const withZod = (value) => JSON.stringify(zodBody.parse(value))
/** @param {string | Uint8Array | object} given */
const build = (given) => {
  const request = recall.startRecording.build({ region, id, body: given })
  return /** @type {string | Uint8Array} */ (request.body)
}

const rows = [
  {
    title: 'bytes in, bytes out',
    first: '1.5 ×',
    goal: '3 ×',
    contestants: {
      recreq: () => build(bytes),
      ajv: () => encoder.encode(withAjv(JSON.parse(decoder.decode(bytes)))),
      zod: () => encoder.encode(withZod(JSON.parse(decoder.decode(bytes)))),
    },
  },
  {
    title: 'text in, text out',
    first: '1.2 ×',
    goal: '2 ×',
    contestants: { recreq: () => build(text), ajv: () => withAjv(JSON.parse(text)), zod: () => withZod(JSON.parse(text)) },
  },
  {
    title: 'object in, text out',
    first: '0.7 ×',
    goal: '1 ×',
    // zod makes a new object anyway; ajv writes into the one it gets.
    contestants: { recreq: () => build(body), ajv: () => withAjv(copy(body)), zod: () => withZod(body) },
  },
]

requireSameResults()
console.log(`Node ${process.versions.node} on ${cpus()[0]?.model ?? 'an unknown processor'}; a start of ${bytes.length} bytes.`)
console.log('recreq also makes the URL and the headers and applies the rules between fields; the others do not.')
printTimes()
printNative()
printStages()
printFirstRequests()
printSizes(await sizes(ajvFile))

/** A comparison counts only between contestants that do the same. */
function requireSameResults() {
  const expected = JSON.parse(String(build(body)))
  for (const { title, contestants } of rows) {
    for (const [name, call] of Object.entries(contestants)) {
      const result = call()
      const made = JSON.parse(typeof result === 'string' ? result : decoder.decode(result))
      assert.deepEqual(made, expected, `${title}: ${name} makes another body`)
    }
  }
  const mistaken = { ...body, retention: { type: 'timed', hours: 0 } }
  assert.equal(validate(mistaken), false)
  assert.equal(zodBody.safeParse(mistaken).success, false)
}

function printTimes() {
  print(['µs per call', 'recreq', 'ajv', 'zod', 'ajv / recreq', 'first', 'goal', 'zod / recreq'])
  for (const { title, first, goal, contestants } of rows) {
    const times = measure(contestants)
    const { recreq, ajv, zod } = times
    const micro = [recreq, ajv, zod].map((nanoseconds) => (nanoseconds / 1000).toFixed(2))
    print([title, ...micro, ratio(ajv, recreq), first, goal, ratio(zod, recreq)])
  }
}

/** The native program prints nanoseconds per call for the file that it is given. */
function printNative() {
  const program = fileURLToPath(new URL('../../build/release/recreq-bench', import.meta.url))
  if (!existsSync(program)) return console.log('\nskipped: WebAssembly against native (build/release/recreq-bench is not built)')
  const native = Number(execFileSync(program, [region, id, text], { encoding: 'utf8' }))
  const { webassembly } = measure({ webassembly: () => build(bytes) })
  print(['\nµs per call', 'WebAssembly', 'native', 'slower by', 'first', 'goal'])
  print(['bytes in, bytes out', (webassembly / 1000).toFixed(2), (native / 1000).toFixed(2), ratio(webassembly, native), '2.5 ×', '1.5 ×'])
}

/** Google Benchmark measures each stage of the native engine by itself. */
function printStages() {
  const program = fileURLToPath(new URL('../../build/release/recreq-bench-stages', import.meta.url))
  if (!existsSync(program)) return console.log('\nskipped: the native stages (build/release/recreq-bench-stages is not built)')
  const args = ['--benchmark_format=json', region, id, text]
  const output = execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  /** @type {{ name: string, cpu_time: number }[]} */
  const stages = JSON.parse(output).benchmarks
  print(['\nµs, native, by stage', ...stages.map(({ name }) => name)])
  print(['bytes in, bytes out', ...stages.map(({ cpu_time }) => (cpu_time / 1000).toFixed(2))])
}

function printFirstRequests() {
  const script = fileURLToPath(new URL('first-request.mjs', import.meta.url))
  const names = ['recreq', 'ajv', 'zod']
  const times = names.map(() => /** @type {number[]} */ ([]))
  for (let round = 0; round < 9; round += 1) {
    for (const [index, name] of names.entries()) {
      times[index].push(Number(execFileSync(process.execPath, [script, name], { encoding: 'utf8' })))
    }
  }
  print(['\nms, import to first request', 'recreq', 'ajv, compiling', 'zod', 'first', 'goal'])
  print(['new process', ...times.map((list) => median(list).toFixed(1)), '< 10', '< 5'])
}

/** @param {Record<string, import('./sizes.mjs').Size>} table */
function printSizes(table) {
  print(['\nkB', 'raw', 'gzip', 'brotli', 'first (gzip)', 'goal (gzip)'])
  const known = budget()
  const kilobytes = (/** @type {number | undefined} */ size) => (size === undefined ? '' : (size / 1000).toFixed(1))
  for (const [title, { raw, gzip, brotli }] of Object.entries(table)) {
    const { first, goal } = known[title] ?? {}
    print([title, ...[raw, gzip, brotli, first, goal].map(kilobytes)])
  }
}

/**
 * @param {number} theirs
 * @param {number} ours
 */
function ratio(theirs, ours) {
  return `${(theirs / ours).toFixed(2)} ×`
}

/** @param {readonly string[]} cells */
function print([title, ...cells]) {
  const indent = title.startsWith('\n') ? 1 : 0
  console.log(title.padEnd(52 + indent) + cells.map((cell) => cell.padStart(15)).join(''))
}
