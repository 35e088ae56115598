// What an import brings along: one provider's document and no other, and nothing of Node's in a page or at the edge.
import { build } from 'esbuild'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { installPacked } from './packed.mjs'

const { project, folder, remove } = installPacked()
after(remove)

const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const forNode = ['./gateway/node', './stand-in']
// Whatever is neither data nor for Node runs everywhere.
const everywhere = Object.keys(manifest.exports).filter((entry) => !/\.(json|wasm)$|\*/.test(entry) && !forNode.includes(entry))

/**
 * The package's files in a bundle for a page.
 * @param {string} code
 * @param {string[]} [conditions]
 */
async function filesIn(code, conditions = []) {
  const { metafile, outputFiles } = await build({
    stdin: { contents: code, resolveDir: project },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    conditions,
    external: ['*.wasm', '*.wasm?module'],
    logLevel: 'silent',
  })
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs))
  const names = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([name]) => name.replace(/^.*node_modules\/recreq\/dist\//, ''))
  const imports = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
  return { names, imports, text: outputFiles.map(({ text }) => text).join('') }
}

describe('in a page', () => {
  for (const provider of ['realtimekit', 'recall', 'videosdk']) {
    it(`recreq/${provider} brings its own document only`, async () => {
      const { names } = await filesIn(`import { startRecording } from 'recreq/${provider}'; console.log(startRecording.check({}))`)
      assert.deepEqual(names.filter((name) => name.endsWith('-data.js')), [`shared/${provider}-data.js`])
    })

    it(`one provider of recreq, ${provider}, brings its own document only`, async () => {
      const { names } = await filesIn(`import { ${provider} } from 'recreq'; console.log(${provider}.startRecording.check({}))`)
      assert.deepEqual(names.filter((name) => name.endsWith('-data.js')), [`shared/${provider}-data.js`])
    })

    for (const entry of ['client', 'gateway', 'gateway/client']) {
      it(`recreq/${entry} with recreq/${provider} brings nothing of another provider`, async () => {
        const creator = { client: 'createClient', gateway: 'createGateway' }[entry] ?? 'createGatewayClient'
        const code = `import { ${creator} } from 'recreq/${entry}'; import * as provider from 'recreq/${provider}'`
        const { names } = await filesIn(`${code}; console.log(${creator}(provider, globalThis.options))`)
        const own = names.filter((name) => /-data\.js$|^shared\/generated-/.test(name))
        assert.deepEqual(own.sort(), [
          `shared/generated-${provider}.js`,
          `shared/generated-${provider}.service.js`,
          `shared/${provider}-data.js`,
        ])
      })
    }

    it(`recreq/${provider} leaves its fields and its JSON Schemas out`, async () => {
      const { names } = await filesIn(`export * from 'recreq/${provider}'`)
      assert.deepEqual(names.filter((name) => /fields|json-schema/.test(name)), [])
    })

    it(`recreq/${provider}/fields brings its fields, without engine and document`, async () => {
      const { names } = await filesIn(`export * from 'recreq/${provider}/fields'`)
      const expected = [`fields/${provider}.js`, 'shared/everywhere.js', 'shared/fields-reading.js']
      assert.deepEqual(names.filter((name) => name !== '<stdin>').sort(), expected)
    })

    it(`recreq/${provider}/json-schema brings its own document and JSON Schemas only`, async () => {
      const { names } = await filesIn(`export * from 'recreq/${provider}/json-schema'`)
      const own = names.filter((name) => /-data\.js$|^(?:json-schema|fields)\//.test(name))
      assert.deepEqual(own.sort(), [`json-schema/${provider}.js`, `shared/${provider}-data.js`])
    })

    it(`recreq/slim leaves the engine and the documents other than ${provider}'s out`, async () => {
      const { names } = await filesIn(`import { ${provider} } from 'recreq/slim'; console.log(${provider}(globalThis.module))`)
      assert.deepEqual(names.filter((name) => name.endsWith('-data.js')), [`shared/${provider}-data.js`])
      assert.ok(!names.includes('loading/module-text.js'))
    })
  }

  it("one operation's fields bring those of no other", async () => {
    const { text } = await filesIn(`import { stopRecording } from 'recreq/recall/fields'; console.log(stopRecording)`)
    assert.ok(text.includes('stop_recording') && !text.includes('video_mixed_layout'))
  })

  it('an error class brings no engine and no document', async () => {
    const { names, text } = await filesIn(`import { RecreqError } from 'recreq'; console.log(RecreqError)`)
    assert.deepEqual(names.filter((name) => name !== '<stdin>'), ['shared/everywhere.js'])
    assert.ok(text.length < 1500, text)
  })

  it("a gateway's client brings no engine and no document", async () => {
    const { names } = await filesIn(`import { createGatewayClient } from 'recreq/gateway/client'; console.log(createGatewayClient)`)
    assert.ok(names.includes('gateway/client.js'))
    assert.deepEqual(names.filter((name) => /^shared\/engine|^loading\/|-data\.js$/.test(name)), [])
  })

  it('an import that is not used leaves nothing', async () => {
    const { text } = await filesIn(everywhere.map((entry) => `import '${nameOf(entry)}'`).join('\n'))
    assert.equal(text.trim(), '')
  })
})

for (const { where, condition, modules } of [
  { where: 'in a page', modules: [] },
  { where: 'in workerd', condition: 'workerd', modules: ['recreq.wasm'] },
  { where: "in Vercel's edge runtime", condition: 'edge-light', modules: ['recreq.wasm?module'] },
]) {
  for (const entry of everywhere) {
    it(`${where}, ${nameOf(entry)} needs nothing of Node, no file, and no place of its own`, async () => {
      const { imports, text } = await filesIn(`export * from '${nameOf(entry)}'`, condition === undefined ? [] : [condition])
      const hasEngine = /^\.(\/(realtimekit|recall|videosdk)(\/json-schema)?)?$/.test(entry)
      // What is imported beside the code is the engine's module, and that only where bytes are not compiled.
      assert.deepEqual(imports.map((path) => path.split('/').at(-1)), hasEngine ? modules : [])
      // Bundlers copy what such an address leads to.
      const forbidden = /import\.meta|\bnew (?:Shared)?Worker\(|\brequire\(|\beval\(|\bnew Function\b/.exec(text)
      assert.equal(forbidden?.[0], undefined)
    })
  }
}

describe('the engine', () => {
  for (const { where, condition, files } of [
    { where: 'a page', files: ['inlined', 'module-text'] },
    { where: 'workerd', condition: 'workerd', files: ['workerd'] },
    { where: "Vercel's edge runtime", condition: 'edge-light', files: ['edge-light'] },
  ]) {
    it(`comes to ${where} in the form for it alone`, async () => {
      const { names } = await filesIn(`export * from 'recreq'`, condition === undefined ? [] : [condition])
      const loading = names.filter((name) => name.startsWith('loading/'))
      assert.deepEqual(loading.sort(), files.map((file) => `loading/${file}.js`))
    })
  }
})

/** @param {string} entry */
function nameOf(entry) {
  return entry.replace('.', 'recreq')
}
