// The README's snippets run, and print what it says that they print.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { call, workplace } from './command-line.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

/** Code blocks with their heading, in order. */
function blocks() {
  let heading = ''
  const found = []
  for (const match of readme.matchAll(/^## (.*)$|^```(\w+)\n([\s\S]*?)^```$/gm)) {
    if (match[1] !== undefined) heading = match[1]
    else found.push({ heading, language: match[2], code: match[3] })
  }
  return found
}

const all = blocks()
for (const [index, { heading, language, code }] of all.entries()) {
  if (language !== 'js') continue
  test(`the README's snippet under "${heading || 'recreq'}" prints what it shows`, async () => {
    const shown = all[index + 1]
    assert.equal(shown?.language, 'text', 'what a snippet prints follows it')
    assert.equal(await withServices(code, run), shown.code)
  })
}

/** @param {string} code */
function run(code) {
  return execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: root, encoding: 'utf8' })
}

/**
 * Where a snippet calls the services of `recreq mock`, they are there, at a port that is free.
 * @param {string} code
 * @param {(code: string) => string} use
 */
async function withServices(code, use) {
  const written = 'http://127.0.0.1:4010'
  if (!code.includes(written)) return use(code)
  assert.ok(readme.includes('npx recreq mock --port 4010'))
  const services = spawn(process.execPath, ['dist/command-line/main.js', 'mock'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [first] = await once(services.stdout.setEncoding('utf8'), 'data')
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(first)?.[0]
    assert.ok(origin, first)
    return use(code.replace(written, origin))
  } finally {
    services.kill()
    await once(services, 'exit')
  }
}

for (const { heading, language, code } of all) {
  if (language !== 'console') continue
  test(`the README's calls under "${heading}" print what they show`, () => {
    const place = workplace({})
    try {
      const shown = code.split(/^\$ (.*)\n/m).slice(1)
      const printed = shown.map((part, index) => (index % 2 === 0 ? `$ ${part}\n` : answerTo(shown[index - 1] ?? '', part)))
      assert.equal(printed.join(''), code)

      /**
       * @param {string} command
       * @param {string} text what the README shows of it
       */
      function answerTo(command, text) {
        const [first, ...words] = command.split(' ')
        // What `cat` shows is there, for the calls after it.
        if (first === 'cat') writeFileSync(join(place.folder, words.join(' ')), text)
        if (first === 'cat') return text
        assert.equal(`${first} ${words.shift()}`, 'npx recreq')
        const { stdout, stderr } = place.run(words)
        return stdout + stderr
      }
    } finally {
      place.remove()
    }
  })
}

test("the README's configuration of the command line is one", () => {
  const configurations = all.filter(({ heading, language }) => heading === 'From the command line' && language === 'json')
  for (const { code } of configurations) {
    const files = { 'recreq.config.json': code, 'a.json': '{"videoo":1}' }
    assert.equal(call(files, ['check', 'recall.startRecording', 'a.json']).status, 0)
  }
})

test("the README's C++ is part of the example program", () => {
  const program = ['start_recording', 'check_schema']
    .map((name) => readFileSync(new URL(`../../wasm/examples/${name}.cpp`, import.meta.url), 'utf8'))
    .join('\n')
  const snippets = all.filter(({ language }) => language === 'cpp')
  assert.ok(snippets.length > 0)
  for (const { code } of snippets) assert.ok(program.includes(code.trimEnd()), code)
})

test("the README's table of providers says what is in the documents", () => {
  for (const name of ['recall', 'realtimekit', 'videosdk']) {
    const document = JSON.parse(readFileSync(new URL(`../../wasm/specs/${name}.json`, import.meta.url), 'utf8'))
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path).filter((item) => item.operationId))
    const rules = new Set(rulesBelow(document))
    const [entry, ...columns] = [`\`recreq/${name}\``, operations.length, rules.size, document.info.version].map(String)
    const row = readme.split('\n').find((line) => line.includes(`| ${entry} |`)) ?? ''
    const [, , , ...shown] = row.split('|').map((cell) => cell.trim())
    assert.deepEqual(shown.slice(0, 3), columns, row)
    const files = [`${name}-data`, `generated-${name}`, `generated-${name}.service`].map((file) => `shared/${file}.js`)
    sizeIs(Number(/^(\d+) kB$/.exec(shown[3])?.[1]), ...files)
  }
  sizeIs(Number(/adds to the engine \((\d+) kB\)/.exec(readme)?.[1]), 'recreq.wasm')
  sizeIs(Number(/for (\d+) kB more/.exec(readme)?.[1]), 'json-schema/recall.js')
})

/**
 * @param {unknown} value of a document
 * @returns {string[]} the ids of the rules in it
 */
function rulesBelow(value) {
  if (typeof value !== 'object' || value === null) return []
  const own = 'id' in value && 'severity' in value && 'message' in value ? [String(value.id)] : []
  return [...own, ...Object.values(value).flatMap(rulesBelow)]
}

/**
 * To the kilobyte: compressors differ a little.
 * @param {number} shown in kB
 * @param {...string} files of the package
 */
function sizeIs(shown, ...files) {
  const bytes = files.map((file) => gzipSync(readFileSync(join(root, 'dist', file)), { level: 9 }).length)
  const size = bytes.reduce((sum, length) => sum + length, 0) / 1000
  assert.ok(Math.abs(shown - size) <= 1, `${files.join(' and ')}: ${size.toFixed(1)} kB`)
}

test('the README names the two commands, and package.json has them', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  assert.match(readme, /npm start/)
  assert.match(readme, /npm test/)
  assert.ok(scripts.start && scripts.test)
})

test('files that the README points to exist', () => {
  for (const [, target] of readme.matchAll(/\]\(((?:wasm|js|tests)\/[^)]+|LICENSE)\)/g)) {
    assert.doesNotThrow(() => execFileSync('test', ['-e', target], { cwd: root }), target)
  }
})
