// Puts the npm package together in dist/: TypeScript compiled to build/javascript and bundled from there, the engine beside it.
// Does nothing when nothing has changed.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { quietly, root } from '../wasm/quietly.mjs'
import { filesBelow, fingerprint, forget, isCurrent, remember } from '../wasm/stamp.mjs'
import { bundle } from './bundle.mjs'
import { configurationSchema } from './configuration-schema.mjs'
import { fieldsModule } from './fields-module.mjs'
import { jsonSchemaModule } from './json-schema-module.mjs'
import { moduleText } from './module-text.mjs'
import { editorSchemas } from './schemas.mjs'

const generated = filesBelow('build/release/generated/js', /\.ts$/)
const engine = [
  { from: 'build/wasm/recreq.wasm', to: 'dist/recreq.wasm' },
  { from: 'js/src/recreq.wasm.d.ts', to: 'dist/recreq.wasm.d.ts' },
]

const catalogue = 'wasm/messages/en.json'
// What the command line describes, serves and prints schemas from.
const documents = filesBelow('wasm/specs', /\.json$/).map((from) => ({ from, to: join('dist/specs', basename(from)) }))
const compiled = 'build/javascript'
const glue = join(compiled, 'engine.js')
const messages = 'js/src/generated/messages.ts'
const version = 'js/src/generated/version.ts'
/** The provider's name and its document. */
const providers = documents.map(({ from }) => ({ name: basename(from, '.json'), document: JSON.parse(readFileSync(join(root, from), 'utf8')) }))
/** What the compiler does not make of a document. */
const references = providers.flatMap(({ name, document }) => [
  { to: `js/src/generated/${name}.fields.ts`, text: fieldsModule(name, document) },
  { to: `js/src/generated/${name}.json-schema.ts`, text: jsonSchemaModule(name, document) },
])

copyGeneratedSources()
for (const { to, text } of references) writeIfDifferent(to, text)
writeMessages()
writeVersion()
await compile()
copyIfDifferent('build/wasm/recreq.js', glue)
await putTogether()
for (const { from, to } of [...engine, ...documents, { from: catalogue, to: 'dist/messages/en.json' }]) copyIfDifferent(from, to)
writeModuleText()
writeSchemas()

/** What the compiler of provider documents wrote is compiled with the rest; what it no longer writes goes. */
function copyGeneratedSources() {
  if (generated.length === 0) {
    console.error('build/release/generated/js is empty: run `node wasm/build.mjs` first.')
    process.exit(1)
  }
  const names = new Set([...generated, messages, version, ...references.map(({ to }) => to)].map((file) => basename(file)))
  for (const old of filesBelow('js/src/generated', /\.ts$/)) if (!names.has(basename(old))) rmSync(join(root, old))
  for (const file of generated) copyIfDifferent(file, join('js/src/generated', basename(file)))
}

/** Of the catalogue, the package has the sentences that it says without the engine. */
function writeMessages() {
  const all = Object.entries(JSON.parse(readFileSync(join(root, catalogue), 'utf8')))
  const own = all.filter(([key]) => /^(?:not-json|advice|answer|cycle|too-deep|too-large|lone-surrogate)/.test(key))
  const lines = own.map(([key, text]) => `  ${JSON.stringify(key)}: ${JSON.stringify(text)},\n`)
  writeIfDifferent(messages, `// Made from ${catalogue}.\nexport const javascriptMessages = {\n${lines.join('')}} as const\n`)
}

/** The module as the text that most runtimes start it from: see js/src/loading/inlined.ts. */
function writeModuleText() {
  const made = `// The engine's module, made by the build.\nexport const moduleText = ${moduleText(readFileSync(join(root, 'dist/recreq.wasm')))}\n`
  writeIfDifferent('dist/loading/module-text.js', made)
}

/** One file for each; what is no longer made goes. */
function writeSchemas() {
  const schemas = providers.flatMap(({ name, document }) => [...editorSchemas(name, document)])
  const read = new Map(providers.map(({ name, document }) => [name, document]))
  const all = new Map([...schemas, ['recreq.config', configurationSchema(read)]])
  const made = new Map([...all].map(([name, schema]) => [`dist/schemas/${name}.json`, `${JSON.stringify(schema, null, 2)}\n`]))
  for (const old of filesBelow('dist/schemas', /./)) if (!made.has(old)) rmSync(join(root, old))
  for (const [file, text] of made) writeIfDifferent(file, text)
}

/** Errors name the version that they come from. */
function writeVersion() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  writeIfDifferent(version, `// Made from package.json.\nexport const version = '${manifest.version}'\n`)
}

async function compile() {
  const stamp = 'build/stamps/typescript'
  const sources = filesBelow('js/src', /\.ts$/)
  const print = fingerprint([...sources, 'js/tsconfig.json', 'tsconfig.json', 'package.json', 'package-lock.json'])
  const entry = join(root, compiled, 'recall.js')
  if (isCurrent(stamp, print) && existsSync(entry)) return console.log('  building: JavaScript … up to date')

  forget(stamp)
  // A module whose source is gone must not stay importable.
  rmSync(join(root, compiled), { recursive: true, force: true })
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  await quietly('building: JavaScript', process.execPath, [compiler, '--project', 'js/tsconfig.json', '--pretty', 'false'])
  remember(stamp, print)
}

/** Types stay file by file, as they are read by editors; code becomes few files. */
async function putTogether() {
  const stamp = 'build/stamps/bundled'
  const types = filesBelow(compiled, /\.d\.ts$/)
  const print = fingerprint([...filesBelow(compiled, /\.js$/), ...types, 'js/bundle.mjs', 'package.json', 'package-lock.json'])
  if (isCurrent(stamp, print) && existsSync(join(root, 'dist/recall.js'))) return

  forget(stamp)
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  await bundle()
  for (const from of types) copyIfDifferent(from, join('dist', relative(compiled, from)))
  remember(stamp, print)
}

/**
 * @param {string} to
 * @param {string} text
 */
function writeIfDifferent(to, text) {
  const target = join(root, to)
  if (existsSync(target) && readFileSync(target, 'utf8') === text) return
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, text)
}

/**
 * @param {string} from
 * @param {string} to
 */
function copyIfDifferent(from, to) {
  const target = join(root, to)
  if (existsSync(target) && readFileSync(target).equals(readFileSync(join(root, from)))) return
  mkdirSync(dirname(target), { recursive: true })
  copyFileSync(join(root, from), target)
}
