// The native engine, by the program that prints what it makes of vector files: from GCC, and from Clang, where sanitizers watch it.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf, lineOf } from '../program.mjs'
import { outputOf } from '../run-program.mjs'

const program = 'tests/cpp/vectors/recreq-vectors'

/** @typedef {{ name: string, command: string, build: string, preset: string, besides?: string }} Compiler */

/** @type {readonly Compiler[]} */
const compilers = [
  { name: 'GCC', command: 'g++', build: 'release', preset: 'release' },
  { name: 'Clang', command: 'clang++', build: 'vectors', preset: 'sanitize', besides: ', with sanitizers' },
]

/** @type {readonly import('../matrix.mjs').Runtime[]} */
export const native = compilers.map((compiler) => ({ name: 'native C++', run: (surroundings) => runFrom(compiler, surroundings) }))

/**
 * @param {Compiler} compiler
 * @param {import('../matrix.mjs').Surroundings} surroundings
 * @returns {Promise<import('../matrix.mjs').Answer>}
 */
async function runFrom({ name, command, build, preset, besides = '' }, { root, project, files, made, matches }) {
  const path = join(root, 'build', preset, program)
  if (!existsSync(path)) return { results: [], missing: `node wasm/build.mjs ${build}: what it builds` }
  const generated = made.map((file, index) => {
    const written = join(project, `made-${preset}-${index}.json`)
    writeFileSync(written, JSON.stringify(file))
    return written
  })
  const paths = [...files.map(({ file }) => file), ...generated, ...matches.map(({ file }) => file)]
  const output = await outputOf(path, paths, project)
  const lines = output.split('\n').map((line) => lineOf(outcomeOf(JSON.parse(line))))
  const version = await outputOf(command, ['-dumpfullversion', '-dumpversion'], project)
  return { results: [{ way: `${name} ${version}${besides}`, cases: lines.length, hash: await hashOf(lines) }] }
}

/**
 * In the words of the package.
 * @param {Record<string, any>} printed
 * @returns {import('../program.mjs').Outcome}
 */
function outcomeOf({ status, method, head, body, value, report }) {
  if (head === undefined) return { value: body === '' ? undefined : JSON.parse(body), ...JSON.parse(report) }
  const { issues, truncated, provenance } = report === '' ? { issues: [], truncated: false, provenance: undefined } : JSON.parse(report)
  const checked = { value: value === '' ? undefined : JSON.parse(value), issues, truncated, provenance }
  const [url, ...headers] = head.split('\n').filter((/** @type {string} */ line) => line !== '')
  if (status !== 0 || url === undefined) return checked
  const pairs = headers.map((/** @type {string} */ line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()])
  return { ...checked, method, url, headers: Object.fromEntries(pairs), body: method === 'GET' || body === '' ? undefined : body }
}
