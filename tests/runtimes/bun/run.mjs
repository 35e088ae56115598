// Bun, by the program that Node runs, too.
import { resultOf } from '../node/run.mjs'
import { prepare } from '../project-files.mjs'
import { outputOf, programOf } from '../run-program.mjs'

/** @type {import('../matrix.mjs').Runtime} */
export const bun = {
  name: 'Bun',
  async run(surroundings) {
    const program = programOf('@oven', 'bin/bun')
    if (program === undefined) return { results: [], missing: 'Bun' }
    const folder = prepare(surroundings, 'node', ['import.mjs'])
    const version = await outputOf(program, ['--version'], folder)
    return { results: [await resultOf(program, ['import.mjs'], folder, surroundings.project, version)] }
  },
}
