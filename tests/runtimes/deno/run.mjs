// Deno: the cases without any permission, the scenario with that to reach this machine.
import { prepare } from '../project-files.mjs'
import { outputOf, programOf, resultFrom } from '../run-program.mjs'
import { playedOnServer } from '../scenario/played.mjs'

const run = ['run', '--no-prompt', '--no-remote']

/** @type {import('../matrix.mjs').Runtime} */
export const deno = {
  name: 'Deno',
  async run(surroundings) {
    const program = programOf('@deno', 'deno')
    if (program === undefined) return { results: [], missing: 'Deno' }
    const folder = prepare(surroundings, 'deno', ['main.mjs', 'calls.mjs'])
    const [, version] = (await outputOf(program, ['--version'], folder)).split(/\s+/)
    const [digest, played] = await Promise.all([
      resultFrom(program, [...run, 'main.mjs'], folder),
      playedOnServer(surroundings.project, (places) =>
        resultFrom(program, [...run, '--allow-net=127.0.0.1', 'calls.mjs', JSON.stringify(places)], folder),
      ),
    ])
    return { results: [{ way: `${version}, no permission`, ...digest, played }] }
  },
}
