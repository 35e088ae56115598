// `npm test`: sets up what is missing, builds, and runs every check, two of them side by side where there are processors for
// it. A failing stage does not keep the others from running. `--only format,eslint` runs the named stages alone, `--verbose`
// shows what passing stages print, too.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { capture, elapsed, root } from '../wasm/quietly.mjs'
import { filesBelow, fingerprint, isCurrent, remember } from '../wasm/stamp.mjs'
import { hasLibFuzzer, which } from '../wasm/tools.mjs'
import { clangTidy } from './clang-tidy.mjs'
import { sideBySide } from './side-by-side.mjs'

/**
 * @typedef {object} Outcome
 * @property {boolean} passed
 * @property {string} [says] what to show: everything after a failure, the closing lines otherwise
 * @property {Counts} [tests]
 * @property {readonly string[]} [figures] what the tests counted, for the summary
 * @property {string} [missing] the program for want of which the stage was skipped
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 *
 * @typedef {object} Stage
 * @property {string} title
 * @property {readonly string[]} builds what it needs of `builds`
 * @property {(jobs: number) => Outcome | Promise<Outcome>} run with as many processes at once
 *
 * @typedef {{ needs: readonly string[], command: readonly string[] }} Build
 */

const cppFolders = ['wasm', 'tests']
const headers = cppFolders.flatMap((folder) => filesBelow(folder, /\.(h|hpp)$/))
const cppSources = cppFolders.flatMap((folder) => filesBelow(folder, /\.(cc|cpp)$/))

// Where a copy of https://github.com/json-schema-org/JSON-Schema-Test-Suite is. It is not part of the project.
const schemaSuite = process.env.JSON_SCHEMA_TEST_SUITE

// One folder of CMake's takes one build at a time, so that builds of the same preset need each other.
/** @type {Record<string, Build>} */
const builds = {
  documents: { needs: [], command: ['wasm/build.mjs', 'documents'] },
  wasm: { needs: [], command: ['wasm/build.mjs', 'wasm'] },
  js: { needs: ['documents', 'wasm'], command: ['js/build.mjs'] },
  'other runtimes': { needs: [], command: ['wasm/setup.mjs', 'runtimes'] },
  vectors: { needs: [], command: ['wasm/build.mjs', 'vectors'] },
  sanitize: { needs: ['vectors'], command: ['wasm/build.mjs', 'sanitize'] },
  release: { needs: ['documents'], command: ['wasm/build.mjs', 'release'] },
  'suite-wasm': { needs: ['wasm'], command: ['wasm/build.mjs', 'suite-wasm'] },
  suite: { needs: ['release'], command: ['wasm/build.mjs', 'suite'] },
}

/** @type {Record<string, Stage>} */
const stages = {
  format: { title: 'clang-format', builds: [], run: checkFormat },
  'clang-tidy': { title: 'clang-tidy', builds: ['documents'], run: runClangTidy },
  eslint: { title: 'ESLint', builds: ['js', 'other runtimes'], run: runEslint },
  types: { title: 'types of scripts, examples and tests', builds: ['js', 'other runtimes'], run: checkTypes },
  native: { title: 'native tests', builds: ['release'], run: (jobs) => runCtest('release', jobs) },
  sanitize: { title: 'native tests with ASan and UBSan', builds: ['sanitize'], run: (jobs) => runCtest('sanitize', jobs) },
  'json-schema': {
    title: 'the official JSON Schema suite, natively and in WebAssembly',
    builds: schemaSuite === undefined ? [] : ['suite', 'suite-wasm'],
    run: runSchemaSuite,
  },
  fuzz: { title: 'fuzzing, 20 seconds for each target', builds: ['sanitize'], run: runFuzzing },
  node: {
    title: "Node's tests",
    builds: ['release', 'js', 'other runtimes'],
    run: (jobs) => runNodeTests(jobs, 'node', 'tests/node', []),
  },
  'node-without-eval': {
    title: "Node's tests where code generation is forbidden",
    builds: ['release', 'js', 'other runtimes'],
    run: (jobs) => runNodeTests(jobs, 'node-without-eval', 'tests/node', ['--disallow-code-generation-from-strings'], isElsewhere),
  },
  // Among the longest: begun last, it would run beside nothing.
  runtimes: { title: 'the same bytes in every runtime', builds: ['release', 'vectors', 'js', 'other runtimes'], run: runMatrix },
  generated: {
    title: 'generated documents and texts, against JavaScript',
    builds: ['release', 'js'],
    run: (jobs) => runNodeTests(jobs, 'generated', 'tests/generated', []),
  },
  consumers: {
    title: 'projects that use the package',
    builds: ['release', 'js'],
    run: (jobs) => runNodeTests(jobs, 'consumers', 'tests/consumers', []),
  },
}

// What these do at run time is what this package does not; a test that looks at files with ajv's help is no test of the package, and
// the edge runtime's machine makes code before it forbids that by itself.
const makesCode = /from '(?:ajv|@redocly|@edge-runtime)\b/
// What a test starts as a process of its own does not get the test's flags, and would do the same once more.
const isElsewhere = new RegExp(`${makesCode.source}|from '\\./command-line\\.mjs'`)

const { values: options } = parseArgs({ options: { only: { type: 'string' }, verbose: { type: 'boolean' } } })
const names = options.only === undefined ? Object.keys(stages) : options.only.split(',')
const unknown = names.filter((name) => stages[name] === undefined)
if (unknown.length > 0) {
  console.error(`No stage ${unknown.join(', ')}; there are ${Object.keys(stages).join(', ')}.`)
  process.exit(2)
}

/** @type {Map<string, { word: string, figures: readonly string[] }>} */
const results = new Map()
const total = { passed: 0, failed: 0, skipped: 0 }

heading('setup')
node('wasm/setup.mjs', 'test')
const processors = availableParallelism()
const lanes = Math.min(processors, 2)
await sideBySide([...wantedBuilds().map(buildWork), ...names.map(stageWork)], lanes)
summarize()

/** What the stages need, and what that needs. */
function wantedBuilds() {
  /** @type {Set<string>} */
  const wanted = new Set()
  /** @param {readonly string[]} some */
  const want = (some) => {
    for (const name of some) {
      wanted.add(name)
      want(builds[name].needs)
    }
  }
  for (const name of names) want(stages[name].builds)
  return Object.keys(builds).filter((name) => wanted.has(name))
}

/** @param {boolean} alone */
function jobsOf(alone) {
  return alone ? processors : Math.max(1, Math.floor(processors / lanes))
}

/**
 * @param {string} name
 * @returns {import('./side-by-side.mjs').Work}
 */
function buildWork(name) {
  const { needs, command } = builds[name]
  return {
    name: `build: ${name}`,
    needs: needs.map((need) => `build: ${need}`),
    async run(alone) {
      const { status, output } = await capture(process.execPath, command, { RECREQ_JOBS: String(jobsOf(alone)) })
      heading(name)
      console.log(output.trimEnd())
      return status === 0
    },
    skip() {},
  }
}

/**
 * What each prints is kept together, and comes when it has ended.
 * @param {string} name
 * @returns {import('./side-by-side.mjs').Work}
 */
function stageWork(name) {
  const { title, builds: needs, run } = stages[name]
  return {
    name,
    needs: needs.map((need) => `build: ${need}`),
    async run(alone) {
      const start = performance.now()
      const { passed, says, tests, figures = [], missing } = await outcomeOf(run, jobsOf(alone))
      heading(title)
      if (says) console.log(says.trimEnd())
      const result = passed ? (missing === undefined ? 'passed' : 'skipped') : 'failed'
      const word = missing === undefined ? result : `${result}: ${missing}${passed ? '' : ' is missing'}`
      results.set(name, { word, figures })
      console.log(`${word} (${elapsed(start)})`)
      for (const kind of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[kind] += tests?.[kind] ?? 0
      return passed
    },
    skip: (failed) => results.set(name, { word: `failed: without ${failed.replace('build: ', '')}, which failed`, figures: [] }),
  }
}

/**
 * What a stage throws is its failure, not the others'.
 * @param {Stage['run']} run
 * @param {number} jobs
 * @returns {Promise<Outcome>}
 */
async function outcomeOf(run, jobs) {
  try {
    return await run(jobs)
  } catch (error) {
    return { passed: false, says: error instanceof Error ? String(error.stack) : String(error) }
  }
}

function summarize() {
  heading('summary')
  for (const name of names) {
    const { word, figures } = /** @type {{ word: string, figures: readonly string[] }} */ (results.get(name))
    console.log(`${name.padEnd(18)} ${word}`)
    for (const figure of figures) console.log(`${' '.repeat(18)} ${figure}`)
  }
  if ([...results.values()].some(({ word }) => word.startsWith('failed'))) process.exitCode = 1
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
}

/** @returns {Promise<Outcome>} */
async function checkFormat() {
  if (which('clang-format') === undefined) return whenMissing('clang-format')
  const files = [...headers, ...cppSources]
  return unlessUnchanged('format', [...files, '.clang-format'], async () => {
    const { status, output } = await capture('clang-format', ['--dry-run', '--Werror', ...files])
    if (status === 0) return { passed: true, says: `${files.length} files` }
    const places = [...output.matchAll(/^(.+?):(\d+):\d+: (?:error|warning)/gm)].reverse()
    const first = new Map(places.map(([, file, line]) => [file, `${file}:${line}`]))
    const list = first.size > 0 ? [...first.values()].reverse().join('\n') : output
    return { passed: false, says: `${list}\nclang-format -i mends it; the project follows version 14.` }
  })
}

/**
 * @param {number} jobs
 * @returns {Promise<Outcome>}
 */
async function runClangTidy(jobs) {
  if (which('clang-tidy') === undefined) return whenMissing('clang-tidy')
  return clangTidy(cppSources, headers, jobs)
}

function runEslint() {
  const files = ['eslint.config.js', 'tsconfig.json', 'js/tsconfig.json', ...scripts(), ...filesBelow('js/src', /\.ts$/)]
  return unlessUnchanged('eslint', [...files, ...declarations()], async () => {
    const args = ['node_modules/eslint/bin/eslint.js', '--max-warnings=0', '.']
    const { status, output } = await capture(process.execPath, args)
    return { passed: status === 0, says: output || `${files.length} files` }
  })
}

function checkTypes() {
  const files = scripts()
  return unlessUnchanged('types', ['tsconfig.json', ...files, ...declarations()], async () => {
    const { status, output } = await capture(process.execPath, ['node_modules/typescript/bin/tsc', '--pretty', 'false'])
    return { passed: status === 0, says: output || `${files.length} files` }
  })
}

/** What Node and the type checker read as it is. */
function scripts() {
  const files = ['wasm', 'js/examples', 'tests'].flatMap((folder) => filesBelow(folder, /\.(js|mjs|ts)$/))
  return [...filesBelow('js', /^js\/[^/]+\.mjs$/), ...files]
}

function declarations() {
  const packages = ['package.json', 'package-lock.json'].flatMap((file) => [file, `tests/runtimes/${file}`])
  return [...packages, ...filesBelow('dist', /\.d\.ts$/)]
}

/**
 * @param {string} preset
 * @param {number} jobs
 * @returns {Promise<Outcome>}
 */
async function runCtest(preset, jobs) {
  const report = join(root, 'build', preset, 'tests.xml')
  rmSync(report, { force: true })
  const args = ['--preset', preset, '--parallel', String(jobs), '--no-tests=error', '--output-junit', report]
  const { status, output } = await capture('ctest', args)
  const passed = status === 0
  const closing = output.search(/^\d+% tests passed/m)
  // Of a run that failed, what the tests that passed have printed is of no interest.
  const failures = output.replace(/^ *(?:Start +\d+:|\d+\/\d+ Test +#\d+: .* Passed) .*\n/gm, '')
  const says = options.verbose ? output : passed ? output.slice(closing) : failures
  if (!existsSync(report)) return { passed: false, says }

  const suite = /<testsuite [^>]*>/.exec(readFileSync(report, 'utf8'))?.[0] ?? ''
  /** @param {string} name */
  const attribute = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0)
  const failed = attribute('failures')
  const skipped = attribute('skipped') + attribute('disabled')
  return { passed, says, tests: { passed: attribute('tests') - failed - skipped, failed, skipped } }
}

/**
 * Each way through a runtime counts as a test, in both tables; these are what there is to see.
 * @param {number} jobs
 * @returns {Promise<Outcome>}
 */
async function runMatrix(jobs) {
  const { status, output } = await capture(process.execPath, ['tests/runtimes/matrix.mjs'], { RECREQ_JOBS: String(jobs) })
  /** @param {RegExp} line */
  const count = (line) => output.match(line)?.length ?? 0
  const tests = { passed: count(/ (?:cases|steps) {2}[0-9a-f]{64}$/gm), failed: count(/ failed: /g), skipped: count(/ skipped: /g) }
  return { passed: status === 0, says: output, tests }
}

/**
 * @param {number} jobs
 * @returns {Promise<Outcome>}
 */
async function runFuzzing(jobs) {
  if (!(await hasLibFuzzer())) return whenMissing("Clang's libFuzzer")
  const { status, output } = await capture(process.execPath, ['tests/fuzz/fuzz.mjs', '--seconds', '20'], { RECREQ_JOBS: String(jobs) })
  return { passed: status === 0, says: output }
}

/**
 * Both programs end with what they counted; what they print is the same to the last image.
 * @returns {Promise<Outcome>}
 */
async function runSchemaSuite() {
  if (schemaSuite === undefined) return { passed: true, missing: 'JSON_SCHEMA_TEST_SUITE is not set' }
  const runs = [
    await capture(join(root, 'build/release/recreq-json-schema-suite'), [schemaSuite]),
    await capture(process.execPath, [join(root, 'build/wasm/suite/recreq-json-schema-suite.js'), schemaSuite]),
  ]
  const tests = { passed: 0, failed: 0, skipped: 0 }
  /** @type {string[]} */
  const figures = []
  for (const { output } of runs) {
    const [, passed, refused, failed] = /^(\d+) passed, (\d+) refused, (\d+) failed$/m.exec(output) ?? []
    tests.passed += Number(passed ?? 0)
    tests.failed += Number(failed ?? 1)
    figures.push(`${passed ?? 0} passed, ${refused ?? 0} refused by name, ${failed ?? 'all'} failed`)
  }
  const [native, wasm] = runs.map(({ output }) => output)
  if (native !== wasm) return { passed: false, says: `natively:\n${native}\nin WebAssembly:\n${wasm}`, tests, figures }
  return { passed: runs.every(({ status }) => status === 0), says: native, tests, figures }
}

/**
 * @param {number} jobs
 * @param {string} name
 * @param {string} folder
 * @param {readonly string[]} flags
 * @param {RegExp} [unfit] what the text of a file has that cannot run with these flags, or for which they change nothing
 * @returns {Promise<Outcome>}
 */
async function runNodeTests(jobs, name, folder, flags, unfit) {
  const all = filesBelow(folder, /\.test\.mjs$/)
  const without = all.filter((file) => unfit?.test(readFileSync(join(root, file), 'utf8')))
  const files = all.filter((file) => !without.includes(file))
  if (files.length === 0) return { passed: false, says: `No tests in ${folder}.` }
  mkdirSync(join(root, 'build'), { recursive: true })
  const report = join(root, 'build', `${name}.tap`)
  rmSync(report, { force: true })
  const reporters = ['spec', 'stdout', 'tap', report].map(
    (value, index) => `--test-reporter${index % 2 === 0 ? '' : '-destination'}=${value}`,
  )
  // Tests wait for answers now and then: one file more than there are processors for keeps them busy.
  const { status, output } = await capture(process.execPath, [...flags, '--test', `--test-concurrency=${jobs + 1}`, ...reporters, ...files])
  const passed = status === 0
  // The spec reporter marks diagnostics and totals with this sign, and ends with the tests that failed.
  const closing = output.split('\n').filter((line) => line.startsWith('ℹ'))
  // A run that was ended has no summary.
  const summary = output.indexOf('\nℹ tests ')
  const failures = summary < 0 ? output : output.slice(summary)
  const left = without.length > 0 ? `without ${without.join(', ')}\n` : ''
  const says = left + (options.verbose ? output : passed ? closing.join('\n') : failures)

  const totals = existsSync(report) ? readFileSync(report, 'utf8') : ''
  /** @param {string} kind */
  const count = (kind) => Number(new RegExp(`^# ${kind} (\\d+)$`, 'm').exec(totals)?.[1] ?? 0)
  const tests = { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') + count('todo') }
  // Of the same lines, Node's own are a word and a number.
  const figures = closing.map((line) => line.slice(2)).filter((line) => !/^\w+ [\d.]+$/.test(line))
  return { passed, says, tests, figures }
}

/**
 * A check whose result depends on nothing but files need not be made twice.
 * @param {string} name
 * @param {readonly string[]} files
 * @param {() => Promise<Outcome>} check
 * @returns {Promise<Outcome>}
 */
async function unlessUnchanged(name, files, check) {
  const stamp = `build/stamps/passed-${name}`
  const print = fingerprint(files)
  if (isCurrent(stamp, print)) return { passed: true, says: 'nothing changed since it last passed' }
  const outcome = await check()
  if (outcome.passed) remember(stamp, print)
  return outcome
}

/**
 * A linter may be absent from someone's own machine, never from the one that decides about a change.
 * @param {string} program
 * @returns {Outcome}
 */
function whenMissing(program) {
  return { passed: process.env.CI !== 'true', missing: program }
}

/** @param {...string} args */
function node(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

/** @param {string} title */
function heading(title) {
  const bold = process.stdout.isTTY && !process.env.NO_COLOR
  console.log(bold ? `\n\x1b[1m${title}\x1b[0m` : `\n== ${title} ==`)
}
