// What an import brings along: one provider's document and no other, and nothing of Node's in a page.
import { build } from 'esbuild'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { installPacked } from './packed.mjs'

const { project, folder, remove } = installPacked()
after(remove)

const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

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
      assert.deepEqual(names.filter((name) => name.endsWith('.image.js')), [`generated/${provider}.image.js`])
    })

    it(`one provider of recreq, ${provider}, brings its own document only`, async () => {
      const { names } = await filesIn(`import { ${provider} } from 'recreq'; console.log(${provider}.startRecording.check({}))`)
      assert.deepEqual(names.filter((name) => name.endsWith('.image.js')), [`generated/${provider}.image.js`])
    })

    it(`recreq/${provider} leaves its fields and its JSON Schemas out`, async () => {
      const { names } = await filesIn(`export * from 'recreq/${provider}'`)
      assert.deepEqual(names.filter((name) => /fields|json-schema/.test(name)), [])
    })

    it(`recreq/${provider}/fields brings its fields, without engine and document`, async () => {
      const { names } = await filesIn(`export * from 'recreq/${provider}/fields'`)
      const expected = ['fields/finding.js', 'fields/reading.js', `generated/${provider}.fields.js`, 'issue.js']
      assert.deepEqual(names.filter((name) => name !== '<stdin>').sort(), expected)
    })

    it(`recreq/${provider}/json-schema brings its own document and JSON Schemas only`, async () => {
      const { names } = await filesIn(`export * from 'recreq/${provider}/json-schema'`)
      const generated = names.filter((name) => /\.(image|json-schema|fields)\.js$/.test(name))
      assert.deepEqual(generated.sort(), [`generated/${provider}.image.js`, `generated/${provider}.json-schema.js`])
    })

    it(`recreq/slim leaves the engine and the documents other than ${provider}'s out`, async () => {
      const { names } = await filesIn(`import { ${provider} } from 'recreq/slim'; console.log(${provider}(globalThis.module))`)
      assert.deepEqual(names.filter((name) => name.endsWith('.image.js')), [`generated/${provider}.image.js`])
      assert.ok(!names.includes('loading/module-text.js'))
    })
  }

  it("one operation's fields bring those of no other", async () => {
    const { text } = await filesIn(`import { stopRecording } from 'recreq/recall/fields'; console.log(stopRecording)`)
    assert.ok(text.includes('stop_recording') && !text.includes('video_mixed_layout'))
  })

  it('an error class brings no engine and no document', async () => {
    const { names } = await filesIn(`import { RecreqError } from 'recreq'; console.log(RecreqError)`)
    assert.deepEqual(names.filter((name) => name !== '<stdin>'), ['errors/recreq-error.js'])
  })

  it("a gateway's client brings no engine and no document", async () => {
    const { names } = await filesIn(`import { createGatewayClient } from 'recreq/gateway/client'; console.log(createGatewayClient)`)
    assert.ok(names.includes('gateway/create-gateway-client.js'))
    assert.deepEqual(names.filter((name) => /^(engine|loading)\/|\.image\.js$/.test(name)), [])
  })

  it('an import that is not used leaves nothing', async () => {
    const { text } = await filesIn(Object.keys(manifest.exports).filter(isForPages).map((entry) => `import '${nameOf(entry)}'`).join('\n'))
    assert.equal(text.trim(), '')
  })

  it('no entry for pages needs a module of Node, a file, or a place on the network', async () => {
    const gateways = `export * as client from 'recreq/gateway/client'; export * as gateway from 'recreq/gateway'`
    const forms = ['realtimekit', 'recall', 'videosdk'].map(
      (name) => `export * as ${name}Fields from 'recreq/${name}/fields'; export * as ${name}Bodies from 'recreq/${name}/json-schema'`,
    )
    const all = [`export * from 'recreq'; export * as slim from 'recreq/slim'`, gateways, ...forms].join('; ')
    const { names, imports, text } = await filesIn(all)
    assert.ok(names.includes('loading/inlined.js'))
    assert.deepEqual(imports, [])
    assert.ok(!text.includes('import.meta'))
  })
})

describe('where no bytes are compiled', () => {
  for (const { condition, file } of [
    { condition: 'workerd', file: 'recreq.wasm' },
    { condition: 'edge-light', file: 'recreq.wasm?module' },
  ]) {
    it(`${condition} imports the file, and has no text of it`, async () => {
      const { names, imports } = await filesIn(`export * from 'recreq/recall'`, [condition])
      assert.ok(!names.includes('loading/module-text.js'))
      assert.deepEqual(imports.map((path) => path.split('/').at(-1)), [file])
    })
  }
})

/** @param {string} entry */
function isForPages(entry) {
  const entries = ['.', './gateway', './gateway/client', './recall', './realtimekit', './videosdk', './slim']
  return entries.includes(entry) || /\/(fields|json-schema)$/.test(entry)
}

/** @param {string} entry */
function nameOf(entry) {
  return entry.replace('.', 'recreq')
}
