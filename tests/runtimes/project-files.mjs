// Puts a runtime's own files, and the programs that all of them run, into the project in which the package is installed.
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'

const shared = ['program.mjs', 'scenario/clients.mjs', 'scenario/modules.mjs', 'scenario/steps.mjs']

/**
 * A folder for a runtime. What is there already may be read at this moment, and stays.
 * @param {import('./matrix.mjs').Surroundings} surroundings
 * @param {string} runtime
 * @param {readonly string[]} files of the runtime's folder
 */
export function prepare({ root, project }, runtime, files) {
  const folder = join(project, runtime)
  mkdirSync(folder, { recursive: true })
  mkdirSync(join(project, 'scenario'), { recursive: true })
  for (const file of shared) copyOnce(join(root, 'tests/runtimes', file), join(project, file))
  for (const file of files) copyOnce(join(root, 'tests/runtimes', runtime, file), join(folder, basename(file)))
  return folder
}

/**
 * @param {string} from
 * @param {string} to
 */
function copyOnce(from, to) {
  if (!existsSync(to)) copyFileSync(from, to)
}
