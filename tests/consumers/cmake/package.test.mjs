// What `cmake --install` leaves behind, as a C++ project of somebody else sees it; and recreq's folder as a part of such a project.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { which } from '../../../wasm/tools.mjs'
import { bodyOf, vectorFiles } from '../../vectors/vectors.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'recreq-consumer-'))
after(() => rmSync(scratch, { recursive: true }))
const prefix = join(scratch, 'prefix')
run('cmake', '--install', join(root, 'build/release'), '--prefix', prefix)
const headerFolder = join(prefix, 'include/recreq')
const headers = readdirSync(headerFolder)

/**
 * @param {string} program
 * @param {...string} args
 */
function run(program, ...args) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  assert.equal(status, 0, `${[program, ...args].join(' ')}\n${stdout}${stderr}`)
}

test('all public headers are installed, and no others', () => {
  const written = readdirSync(join(root, 'wasm/include/recreq'))
  const providers = readdirSync(join(root, 'wasm/specs')).filter((file) => file.endsWith('.json'))
  const generated = providers.map((file) => file.replace('.json', '.hpp'))
  assert.deepEqual(headers.sort(), [...written, ...generated].sort())
})

for (const compiler of ['g++', 'clang++']) {
  test(`each public header compiles by itself with ${compiler} and no warning`, () => {
    const flags = ['-std=c++20', '-Wall', '-Wextra', '-Wpedantic', '-Werror', '-fsyntax-only', '-x', 'c++', '-I', join(prefix, 'include')]
    for (const header of headers) run(compiler, ...flags, '-include', join(headerFolder, header), '/dev/null')
  })
}

test('no public header names the JSON parser', () => {
  for (const header of headers) assert.doesNotMatch(readFileSync(join(headerFolder, header), 'utf8'), /simdjson/i, header)
})

test("the libraries do not collide with a program's own simdjson", () => {
  const symbols = execFileSync('nm', ['--demangle', '--extern-only', join(prefix, 'lib/librecreq_simdjson.a')], { encoding: 'utf8' })
  assert.match(symbols, /\brecreq_simdjson::/)
  assert.doesNotMatch(symbols, /\bsimdjson::/)
})

test('the package names no folder of the machine that built it', () => {
  const folder = join(prefix, 'lib/cmake/recreq')
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8')
    assert.ok(!text.includes(root) && !text.includes(prefix), file)
  }
})

test('the package has the version of the npm package', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const text = readFileSync(join(prefix, 'lib/cmake/recreq/recreq-config-version.cmake'), 'utf8')
  assert.equal(/^set\(PACKAGE_VERSION "(.+)"\)$/m.exec(text)?.[1], version)
})

test('a project finds the package and gets what the vectors expect', () => {
  const folder = join(scratch, 'build')
  const source = join(root, 'tests/consumers/cmake')
  const choices = [`-DCMAKE_PREFIX_PATH=${prefix}`, '-DCMAKE_BUILD_TYPE=Release']
  run('cmake', '-S', source, '-B', folder, '-G', 'Ninja', ...choices)
  run('cmake', '--build', folder)
  const vectors = vectorFiles('recall').flatMap((file) => file.vectors).filter(fitsTheExample)
  assert.ok(vectors.length > 100, `${vectors.length} vectors`)
  for (const vector of vectors) {
    const { input, expect, name } = vector
    const file = join(scratch, 'body.json')
    writeFileSync(file, bodyOf(vector) ?? JSON.stringify(input.body))
    const { status, stdout, stderr } = spawnSync(join(folder, 'consumer'), [input.region, input.id, file], { encoding: 'utf8' })
    const issues = [...stderr.matchAll(/^(error|warning|info) (.*?)(?: \(line \d+, column \d+\))?: /gm)]
    const expected = expect.request?.issues ?? expect.issues ?? []
    assert.deepEqual(issues.map(([, severity, pointer]) => `${severity} ${pointer}`), expected.map(placeOf), name)
    assert.equal(status, expect.request === undefined ? 1 : 0, name)
    if (expect.request === undefined) continue
    const lines = stdout.trimEnd().split('\n')
    assert.equal(lines[0], `${expect.request.method} ${expect.request.url}`, name)
    assert.equal(lines.at(-1), expect.request.body, name)
  }
})

test('the same project compiles a schema and checks against it', () => {
  const schema = join(scratch, 'schema.json')
  const value = join(scratch, 'value.json')
  writeFileSync(schema, '{"type": "string", "pattern": "^a+$"}')
  for (const [text, status] of /** @type {const} */ ([['"aa"', 0], ['"ab"', 1]])) {
    writeFileSync(value, text)
    assert.equal(spawnSync(join(scratch, 'build/schema-consumer'), [schema, value]).status, status, text)
  }
})

test('a project has the folder of recreq in its own, gets the libraries and nothing beside them', () => {
  const folder = join(scratch, 'build-with-folder')
  const choices = [`-DRECREQ_FOLDER=${root}`, ...(which('ccache') ? ['-DCMAKE_CXX_COMPILER_LAUNCHER=ccache'] : [])]
  run('cmake', '-S', join(root, 'tests/consumers/cmake'), '-B', folder, '-G', 'Ninja', ...choices)
  const targets = execFileSync('ninja', ['-C', folder, '-t', 'targets', 'all'], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  assert.match(targets, /^schema-consumer: /m)
  assert.doesNotMatch(targets, /\brecreq-(?:bench|example|json-schema-suite)/)

  run('cmake', '--build', folder, '--target', 'consumer')
  const body = join(root, 'js/examples/start-recording.json')
  const id = '00000000-0000-4000-8000-000000000000'
  const [here, there] = [folder, join(scratch, 'build')].map((built) =>
    execFileSync(join(built, 'consumer'), ['us-west-2', id, body], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  )
  assert.match(here ?? '', /^POST https:\/\/us-west-2\./)
  assert.equal(here, there)

  const into = join(scratch, 'nothing')
  run('cmake', '--install', folder, '--prefix', into)
  assert.ok(!existsSync(into))
})

/** @param {Partial<import('recreq').Issue>} issue */
function placeOf({ severity = 'error', pointer }) {
  return `${severity} ${pointer}`
}

/**
 * The example program starts a recording. It takes a region, a bot and the text of a body, and no options.
 * @param {import('../../vectors/vectors.mjs').Vector} vector
 */
function fitsTheExample(vector) {
  const { operation, input, subject, options } = vector
  if (operation !== 'startRecording' || subject === 'body' || options !== undefined) return false
  if (typeof input?.region !== 'string' || typeof input.id !== 'string') return false
  const body = bodyOf(vector) ?? input.body
  return body !== undefined && Object.keys(input).every((name) => ['region', 'id', 'body'].includes(name))
}
