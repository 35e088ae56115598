// What is in the tarball, and that npm and the linters of packages have nothing to say about it.
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { capture } from '../../../wasm/quietly.mjs'
import { installPacked } from './packed.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const { folder, tarball, remove } = installPacked()
after(remove)

const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
const texts = files.filter((file) => !file.endsWith('.wasm')).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))

describe('the tarball', () => {
  it('has code, types and data, and nothing else', () => {
    const others = files.filter((file) => !/^dist\/.+\.(js|d\.ts|json|wasm)$/.test(file))
    assert.deepEqual(others.sort(), ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'])
    assert.deepEqual(files.filter((file) => /\b(tests?|fixtures?|bench)\b/i.test(file)), [])
  })

  it('has the engine twice: as a file, and as text', () => {
    assert.deepEqual(files.filter((file) => file.endsWith('.wasm')), ['dist/recreq.wasm'])
    const big = texts.filter(({ text }) => text.length > 100_000 && text.includes('moduleText ='))
    assert.deepEqual(big.map(({ file }) => file), ['dist/loading/module-text.js'])
  })

  it('has the same engine in both forms', async () => {
    const { moduleText } = await import(join(folder, 'dist/loading/module-text.js'))
    const bytes = Buffer.from(moduleText, 'latin1')
    for (let i = 0; i < bytes.length - (bytes.length % 4); i += 1) bytes[i] ^= 0x40
    assert.ok(bytes.equals(readFileSync(join(folder, 'dist/recreq.wasm'))))
  })

  it('has nothing twice', () => {
    /** @type {Map<string, string>} */
    const known = new Map()
    for (const { file, text } of texts) {
      // Types alone compile to the same empty module, and where the engine comes from has the same types everywhere.
      if (text.length < 100 || file.startsWith('dist/loading/')) continue
      assert.equal(known.get(text), undefined, `${file} is the same`)
      known.set(text, file)
    }
    for (const provider of ['realtimekit', 'recall', 'videosdk']) {
      const middle = contentsOf(`dist/shared/${provider}-data.js`).slice(10_000, 11_000)
      const holders = texts.filter(({ text }) => text.includes(middle))
      assert.deepEqual(holders.map(({ file }) => file), [`dist/shared/${provider}-data.js`])
    }
  })

  it('asks for files and for its own address only where there is Node', () => {
    const asking = texts.filter(({ file, text }) => file.endsWith('.js') && /\bimport\.meta\b|['"]node:/.test(text))
    const others = asking.filter(({ file }) => !/^dist\/(shared\/)?(command-line|stand-in)\b/.test(file))
    assert.deepEqual(others.map(({ file }) => file).sort(), ['dist/gateway/node.js', 'dist/shared/package-file.js'])
  })

  it('has the entries that are promised', () => {
    const promised = ['.', './recall', './realtimekit', './videosdk', './client', './gateway', './limiter/durable-object']
    const besides = ['./slim', './recreq.wasm', './schemas/*', './package.json']
    assert.deepEqual([...promised, ...besides].filter((entry) => !(entry in manifest.exports)), [])
  })

  it('names no folder of the machine that built it', () => {
    for (const { file, text } of texts) assert.ok(!text.includes(root) && !/\/home\/|\/Users\/|file:\/\//.test(text), file)
  })

  it('refers to no source map that is not there', () => {
    for (const { file, text } of texts) assert.doesNotMatch(text, /sourceMappingURL=/, file)
  })

  it('makes no code from strings', () => {
    for (const { file, text } of texts) {
      if (file.endsWith('.js')) assert.doesNotMatch(text, /\beval\(|\bnew Function\b/, file)
    }
  })

  it('has every file that its package.json names', () => {
    for (const target of [...targetsOf(manifest.exports), ...targetsOf(manifest.imports)]) {
      const [before, behind] = target.slice('./'.length).split('*')
      const found = files.some((file) => (behind === undefined ? file === before : file.startsWith(before) && file.endsWith(behind)))
      assert.ok(found, target)
    }
  })

  it('names conditions in the order in which they have to be asked', () => {
    const order = ['types', 'workerd', 'edge-light', 'deno', 'bun', 'node', 'browser', 'import', 'default']
    for (const [entry, conditions] of Object.entries({ ...manifest.exports, ...manifest.imports })) {
      if (typeof conditions === 'string') continue
      const names = Object.keys(conditions)
      assert.deepEqual(names, order.filter((name) => names.includes(name)), entry)
    }
  })
})

describe('the package', () => {
  it('is clean for publint', async () => {
    const { messages } = await publint({ pkgDir: folder, strict: true, pack: false })
    assert.deepEqual(messages.map((message) => formatMessage(message, manifest)), [])
  })

  it('is clean for Are The Types Wrong', async () => {
    const packed = createPackageFromTarballData(new Uint8Array(readFileSync(tarball)))
    const analysis = await checkPackage(packed, { excludeEntrypoints: [/\.json$/, /^\.\/schemas\//] })
    assert.ok(analysis.types)
    // It is ESM only: what knows no exports, and what cannot require ESM, is older than the Node that it asks for.
    const problems = analysis.problems.filter(
      (problem) =>
        problem.kind !== 'CJSResolvesToESM' && !('resolutionKind' in problem && problem.resolutionKind === 'node10'),
    )
    assert.deepEqual(problems, [])
  })

  // Of a folder, npm says what it has to correct; of a tarball, it takes what is there.
  for (const [form, place] of Object.entries({ folder, tarball })) {
    it(`can be published from a ${form} without a warning`, async () => {
      const { status, output } = await capture('npm', ['publish', '--dry-run', '--offline', '--ignore-scripts', place])
      assert.equal(status, 0, output)
      // What npm says of the person's own settings, and of nobody being logged in, is not about the package.
      const warnings = output.split('\n').filter((line) => /^npm (warn|error)/.test(line))
      assert.deepEqual(warnings.filter((line) => !/Unknown \w+ config|logged in/.test(line)), [])
    })
  }
})

/** @param {string} file */
function contentsOf(file) {
  return texts.find((each) => each.file === file)?.text ?? ''
}

/**
 * The files that a value of `exports` or `imports` leads to.
 * @param {unknown} value
 * @returns {string[]}
 */
function targetsOf(value) {
  if (typeof value === 'string') return [value]
  return Object.values(/** @type {object} */ (value)).flatMap(targetsOf)
}
