// Node: the one that runs this, the oldest that the package promises and the newest. Each imports it, requires it, and imports it
// where making code from strings is forbidden; before that, each uses every entry.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from '../project-files.mjs'
import { outputOf, resultFrom } from '../run-program.mjs'
import { playedOnServer } from '../scenario/played.mjs'

const runtimes = fileURLToPath(new URL('..', import.meta.url))

const ways = [
  { way: 'import', args: ['import.mjs'] },
  { way: 'require', args: ['--no-warnings', 'require.mjs'] },
  { way: 'no code from strings', args: ['--disallow-code-generation-from-strings', 'import.mjs'] },
]

/** npm has Node for each machine as a package of its own. */
const { optionalDependencies: releases } = JSON.parse(readFileSync(join(runtimes, 'package.json'), 'utf8'))

/** @type {readonly import('../matrix.mjs').Runtime[]} */
export const node = [
  { name: 'Node', run: (surroundings) => runIn(process.execPath, surroundings) },
  { name: 'Node', run: (surroundings) => runInstalled('node-oldest', surroundings) },
  { name: 'Node', run: (surroundings) => runInstalled('node-newest', surroundings) },
]

/**
 * @param {'node-oldest' | 'node-newest'} name
 * @param {import('../matrix.mjs').Surroundings} surroundings
 */
async function runInstalled(name, surroundings) {
  const program = join(runtimes, 'node_modules', name, 'bin/node')
  if (!existsSync(program)) return { results: [], missing: releases[name].replace('npm:', '') }
  const answer = await runIn(program, surroundings)
  if (name === 'node-oldest') await expectPromised(program, surroundings)
  return answer
}

/**
 * @param {string} program
 * @param {import('../matrix.mjs').Surroundings} surroundings
 * @returns {Promise<import('../matrix.mjs').Answer>}
 */
async function runIn(program, surroundings) {
  const folder = prepare(surroundings, 'node', ['entries.mjs', 'import.mjs', 'require.mjs'])
  await outputOf(program, ['entries.mjs'], folder)
  const version = (await outputOf(program, ['--version'], folder)).slice(1)
  const results = ways.map(({ way, args }) => resultOf(program, args, folder, surroundings.project, `${version}, ${way}`))
  return { results: await Promise.all(results) }
}

/**
 * The oldest Node here is the one that the package asks for.
 * @param {string} program
 * @param {import('../matrix.mjs').Surroundings} surroundings
 */
async function expectPromised(program, { project }) {
  const { engines } = JSON.parse(readFileSync(join(project, 'node_modules/recreq/package.json'), 'utf8'))
  const version = await outputOf(program, ['--version'], project)
  if (`v${engines.node.replace('>=', '')}.0` !== version) throw new Error(`The package promises Node ${engines.node}, and ${version} is tried.`)
}

/**
 * What a program gives that takes the places of the scenario as its argument.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} folder
 * @param {string} project
 * @param {string} way
 * @returns {Promise<import('../matrix.mjs').Result>}
 */
export async function resultOf(program, args, folder, project, way) {
  let digest = { cases: 0, hash: '' }
  const played = await playedOnServer(project, async (places) => {
    const { told, ...cases } = await resultFrom(program, [...args, JSON.stringify(places)], folder)
    digest = cases
    return told
  })
  return { way, ...digest, played }
}
