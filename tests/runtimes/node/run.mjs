// Node: as ESM, required from CommonJS, and where making code from strings is forbidden.
import { prepare } from '../project-files.mjs'
import { resultFrom } from '../run-program.mjs'
import { playedOnServer } from '../scenario/played.mjs'

const ways = [
  { way: 'import', args: ['import.mjs'] },
  { way: 'require', args: ['--no-warnings', 'require.mjs'] },
  { way: 'no code from strings', args: ['--disallow-code-generation-from-strings', 'import.mjs'] },
]

/** @type {import('../matrix.mjs').Runtime} */
export const node = {
  name: 'Node',
  async run(surroundings) {
    const folder = prepare(surroundings, 'node', ['import.mjs', 'require.mjs'])
    const results = ways.map(({ way, args }) => resultOf(process.execPath, args, folder, surroundings.project, `${process.versions.node}, ${way}`))
    return { results: await Promise.all(results) }
  },
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
