// `npm test`: sets up what is missing, builds, and runs every check. A failing stage does not keep the later ones from
// running. `--only format,eslint` runs the named stages alone, `--verbose` shows what passing stages print, too.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { capture, elapsed, root } from '../wasm/quietly.mjs'
import { filesBelow, fingerprint, isCurrent, remember } from '../wasm/stamp.mjs'
import { hasLibFuzzer, which } from '../wasm/tools.mjs'

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
 * @property {readonly string[]} builds what of wasm/build.mjs, or `js` (the npm package)
 * @property {() => Outcome | Promise<Outcome>} run
 */

const cppFolders = ['wasm', 'tests']
const headers = cppFolders.flatMap((folder) => filesBelow(folder, /\.(h|hpp)$/))
const cppSources = cppFolders.flatMap((folder) => filesBelow(folder, /\.(cc|cpp)$/))

// Where a copy of https://github.com/json-schema-org/JSON-Schema-Test-Suite is. It is not part of the project.
const schemaSuite = process.env.JSON_SCHEMA_TEST_SUITE

/** @type {Record<string, Stage>} */
const stages = {
  format: { title: 'clang-format', builds: [], run: checkFormat },
  'clang-tidy': { title: 'clang-tidy', builds: ['release'], run: runClangTidy },
  eslint: { title: 'ESLint', builds: ['js'], run: runEslint },
  types: { title: 'types of scripts, examples and tests', builds: ['js'], run: checkTypes },
  native: { title: 'native tests', builds: ['release'], run: () => runCtest('release') },
  sanitize: { title: 'native tests with ASan and UBSan', builds: ['sanitize'], run: () => runCtest('sanitize') },
  'json-schema': {
    title: 'the official JSON Schema suite, natively and in WebAssembly',
    builds: schemaSuite === undefined ? [] : ['suite', 'suite-wasm'],
    run: runSchemaSuite,
  },
  fuzz: { title: 'fuzzing, 20 seconds for each target', builds: [], run: runFuzzing },
  node: { title: "Node's tests", builds: ['js'], run: () => runNodeTests('node', 'tests/node', []) },
  'node-without-eval': {
    title: "Node's tests where code generation is forbidden",
    builds: ['js'],
    run: () => runNodeTests('node-without-eval', 'tests/node', ['--disallow-code-generation-from-strings'], makesCode),
  },
  generated: {
    title: 'generated documents and texts, against JavaScript',
    builds: ['release', 'js'],
    run: () => runNodeTests('generated', 'tests/generated', []),
  },
  consumers: { title: 'projects that use the package', builds: ['release', 'js'], run: () => runNodeTests('consumers', 'tests/consumers', []) },
  runtimes: { title: 'the same bytes in every runtime', builds: ['release', 'vectors', 'js'], run: runMatrix },
}

// What these do at run time is what this package does not; a test that looks at files with ajv's help is no test of the package, and
// the edge runtime's machine makes code before it forbids that by itself.
const makesCode = /from '(ajv|@redocly|@edge-runtime)\b/

const { values: options } = parseArgs({ options: { only: { type: 'string' }, verbose: { type: 'boolean' } } })
const names = options.only === undefined ? Object.keys(stages) : options.only.split(',')
const unknown = names.filter((name) => stages[name] === undefined)
if (unknown.length > 0) {
  console.error(`No stage ${unknown.join(', ')}; there are ${Object.keys(stages).join(', ')}.`)
  process.exit(2)
}

build()
await test()

/** Without its build no stage can say anything, so that a failure ends the run here. */
function build() {
  heading('setup and build')
  const wanted = new Set(names.flatMap((name) => stages[name].builds))
  node('wasm/setup.mjs', 'test')
  const alone = ['release', 'sanitize', 'vectors', 'suite', 'suite-wasm'].filter((name) => wanted.has(name))
  if (alone.length > 0) node('wasm/build.mjs', ...alone)
  if (wanted.has('js')) {
    node('wasm/build.mjs')
    node('js/build.mjs')
  }
}

async function test() {
  /** @type {{ name: string, word: string, figures: readonly string[] }[]} */
  const results = []
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const name of names) {
    heading(stages[name].title)
    const start = performance.now()
    const { passed, says, tests, figures = [], missing } = await stages[name].run()
    if (says) console.log(says.trimEnd())
    const result = passed ? (missing === undefined ? 'passed' : 'skipped') : 'failed'
    const word = missing === undefined ? result : `${result}: ${missing}${passed ? '' : ' is missing'}`
    results.push({ name, word, figures })
    console.log(`${word} (${elapsed(start)})`)
    for (const kind of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[kind] += tests?.[kind] ?? 0
  }
  heading('summary')
  for (const { name, word, figures } of results) {
    console.log(`${name.padEnd(18)} ${word}`)
    for (const figure of figures) console.log(`${' '.repeat(18)} ${figure}`)
  }
  if (results.some(({ word }) => word.startsWith('failed'))) process.exitCode = 1
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

/** Each source is looked at anew only when it, its command or any header has changed. */
async function runClangTidy() {
  if (which('clang-tidy') === undefined) return whenMissing('clang-tidy')
  const database = 'build/release'
  /** @type {{ file: string, command: string }[]} */
  const commands = JSON.parse(readFileSync(join(root, database, 'compile_commands.json'), 'utf8'))
  const common = fingerprint([...headers, ...filesBelow(`${database}/generated`, /\.hpp$/), '.clang-tidy'])
  /** @type {{ source: string, stamp: string, print: string }[]} */
  const waiting = []
  for (const { file, command } of commands) {
    const source = relative(root, file)
    if (!cppSources.includes(source)) continue
    const stamp = `build/tidy/${source.replaceAll('/', '-')}`
    const print = fingerprint([source], command, common)
    if (!isCurrent(stamp, print)) waiting.push({ source, stamp, print })
  }
  const count = waiting.length
  // Sources that share a header find its problems again.
  /** @type {Set<string>} */
  const findings = new Set()
  // The commands are GCC's, with warnings that Clang does not have.
  const args = ['-p', database, '--quiet', '--extra-arg=-Wno-unknown-warning-option']
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { status, output } = await capture('clang-tidy', [...args, next.source])
      if (status === 0) remember(next.stamp, next.print)
      else for (const finding of findingsIn(output)) findings.add(finding)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  if (findings.size > 0) return { passed: false, says: [...findings].join('\n') }
  return { passed: true, says: `${count} of ${cppSources.length} sources changed since they last passed` }
}

/**
 * The parts of clang-tidy's output, each with its place, message and line; all of it when there are none.
 * @param {string} output
 */
function findingsIn(output) {
  const parts = output
    .replaceAll(root, '')
    .replaceAll(/[^/\s]+\/\.\.\//g, '')
    .replaceAll(/^\d+ warnings? .*$/gm, '')
    .split(/^(?=\S+:\d+:\d+: (?:error|warning): )/m)
  return (parts.length > 1 ? parts.slice(1) : parts).map((part) => part.trimEnd())
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
  return ['package.json', 'package-lock.json', ...filesBelow('dist', /\.d\.ts$/)]
}

/**
 * @param {string} preset
 * @returns {Promise<Outcome>}
 */
async function runCtest(preset) {
  const report = join(root, 'build', preset, 'tests.xml')
  const jobs = String(availableParallelism())
  const args = ['--preset', preset, '--parallel', jobs, '--no-tests=error', '--output-junit', report]
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
 * @returns {Promise<Outcome>}
 */
async function runMatrix() {
  const { status, output } = await capture(process.execPath, ['tests/runtimes/matrix.mjs'])
  /** @param {RegExp} line */
  const count = (line) => output.match(line)?.length ?? 0
  const tests = { passed: count(/ (?:cases|steps) {2}[0-9a-f]{64}$/gm), failed: count(/ failed: /g), skipped: count(/ skipped: /g) }
  return { passed: status === 0, says: output, tests }
}

/** @returns {Promise<Outcome>} */
async function runFuzzing() {
  if (!(await hasLibFuzzer())) return whenMissing("Clang's libFuzzer")
  const { status, output } = await capture(process.execPath, ['tests/fuzz/fuzz.mjs', '--seconds', '20'])
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
 * @param {string} name
 * @param {string} folder
 * @param {readonly string[]} flags
 * @param {RegExp} [unfit] what the text of a file has that cannot run with these flags
 * @returns {Promise<Outcome>}
 */
async function runNodeTests(name, folder, flags, unfit) {
  const all = filesBelow(folder, /\.test\.mjs$/)
  const without = all.filter((file) => unfit?.test(readFileSync(join(root, file), 'utf8')))
  const files = all.filter((file) => !without.includes(file))
  if (files.length === 0) return { passed: false, says: `No tests in ${folder}.` }
  if (without.length > 0) console.log(`without ${without.join(', ')}`)
  mkdirSync(join(root, 'build'), { recursive: true })
  const report = join(root, 'build', `${name}.tap`)
  const reporters = ['spec', 'stdout', 'tap', report].map(
    (value, index) => `--test-reporter${index % 2 === 0 ? '' : '-destination'}=${value}`,
  )
  const { status, output } = await capture(process.execPath, [...flags, '--test', ...reporters, ...files])
  const passed = status === 0
  // The spec reporter marks diagnostics and totals with this sign, and ends with the tests that failed.
  const closing = output.split('\n').filter((line) => line.startsWith('ℹ'))
  const failures = output.slice(output.indexOf('\nℹ tests '))
  const says = options.verbose ? output : passed ? closing.join('\n') : failures

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
