// The README's snippets run, and print what it says that they print.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
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
  test(`the README's snippet under "${heading || 'recreq'}" prints what it shows`, () => {
    const shown = all[index + 1]
    assert.equal(shown?.language, 'text', 'what a snippet prints follows it')
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: root, encoding: 'utf8' })
    assert.equal(printed, shown.code)
  })
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
