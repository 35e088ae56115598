// Node: as ESM, required from CommonJS, and where making code from strings is forbidden.
import { prepare } from '../project-files.mjs'
import { digestFrom } from '../run-program.mjs'

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
    const results = []
    for (const { way, args } of ways) {
      results.push({ way: `${process.versions.node}, ${way}`, ...(await digestFrom(process.execPath, args, folder)) })
    }
    return { results }
  },
}
