// Deno, without any permission.
import { prepare } from '../project-files.mjs'
import { digestFrom, outputOf, programOf } from '../run-program.mjs'

/** @type {import('../matrix.mjs').Runtime} */
export const deno = {
  name: 'Deno',
  async run(surroundings) {
    const program = programOf('@deno', 'deno')
    if (program === undefined) return { missing: 'Deno' }
    const folder = prepare(surroundings, 'deno', ['main.mjs'])
    const [, version] = (await outputOf(program, ['--version'], folder)).split(/\s+/)
    const digest = await digestFrom(program, ['run', '--no-prompt', '--no-remote', 'main.mjs'], folder)
    return { results: [{ way: `${version}, no permission`, ...digest }] }
  },
}
