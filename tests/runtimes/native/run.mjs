// The native engine, by the program that prints what it makes of vector files.
import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf, lineOf } from '../program.mjs'

const program = process.env.RECREQ_VECTORS_PROGRAM ?? 'build/release/tests/cpp/vectors/recreq-vectors'

/** @type {import('../matrix.mjs').Runtime} */
export const native = {
  name: 'native C++',
  async run({ root, project, files, corpus }) {
    const path = join(root, program)
    if (!existsSync(path)) return { missing: `${program}: node wasm/build.mjs release` }
    const generated = corpus.map((file, index) => {
      const name = join(project, `corpus-${index}.json`)
      writeFileSync(name, JSON.stringify(file))
      return name
    })
    const output = execFileSync(path, [...files.map(({ file }) => file), ...generated], { encoding: 'utf8', maxBuffer: 2 ** 28 })
    const lines = output.trimEnd().split('\n').map((line) => lineOf(outcomeOf(JSON.parse(line))))
    const version = execFileSync('g++', ['-dumpfullversion'], { encoding: 'utf8' }).trim()
    return { results: [{ way: `GCC ${version}`, cases: lines.length, hash: await hashOf(lines) }] }
  },
}

/**
 * In the words of the package.
 * @param {Record<string, any>} printed
 * @returns {import('../program.mjs').Outcome}
 */
function outcomeOf({ status, method, head, body, value, report }) {
  const { issues, truncated, provenance } = report === '' ? { issues: [], truncated: false, provenance: undefined } : JSON.parse(report)
  const checked = { value: value === '' ? undefined : JSON.parse(value), issues, truncated, provenance }
  const [url, ...headers] = head.split('\n').filter((/** @type {string} */ line) => line !== '')
  if (status !== 0 || url === undefined) return checked
  const pairs = headers.map((/** @type {string} */ line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()])
  return { ...checked, method, url, headers: Object.fromEntries(pairs), body: method === 'GET' || body === '' ? undefined : body }
}
