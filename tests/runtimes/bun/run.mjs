// Bun, by the program that Node runs, too.
import { prepare } from '../project-files.mjs'
import { digestFrom, outputOf, programOf } from '../run-program.mjs'

/** @type {import('../matrix.mjs').Runtime} */
export const bun = {
  name: 'Bun',
  async run(surroundings) {
    const program = programOf('@oven', 'bin/bun')
    if (program === undefined) return { missing: 'Bun' }
    const folder = prepare(surroundings, 'node', ['import.mjs'])
    const version = await outputOf(program, ['--version'], folder)
    return { results: [{ way: version, ...(await digestFrom(program, ['import.mjs'], folder)) }] }
  },
}
