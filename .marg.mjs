import { build } from 'esbuild'
import { gzipSync } from 'node:zlib'
const gz = (b) => gzipSync(b, { level: 9 }).length
const opts = (stub) => ({ stdin: { contents: `export { recall } from './build/javascript/slim.js'`, resolveDir: process.cwd() }, bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2022', write: false, metafile: true, logLevel: 'silent', plugins: stub ? [{ name: 's', setup(b) { b.onResolve({ filter: /.*/ }, (a) => { if (a.kind !== 'entry-point' && a.path.startsWith('.') && (new URL(a.path, 'file://' + a.resolveDir + '/').pathname.endsWith('/' + stub))) return { path: a.path, external: true } }) } }] : [] })
const full = await build(opts())
const total = gz(full.outputFiles[0].contents)
console.log(total)
const rows = []
for (const f of Object.keys(full.metafile.inputs)) { if (f === '<stdin>') continue; const name = f.replace('build/javascript/', ''); try { const r = await build(opts(name)); rows.push([total - gz(r.outputFiles[0].contents), full.metafile.outputs[Object.keys(full.metafile.outputs)[0]].inputs[f]?.bytesInOutput, Object.keys(full.metafile.inputs).length - Object.keys(r.metafile.inputs).length, name]) } catch (e) { rows.push([0, 0, 'ERR', name]) } }
rows.sort((a, b) => b[0] - a[0]); for (const r of rows.slice(0, 40)) console.log(r.join('\t'))
