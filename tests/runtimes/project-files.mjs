// Puts a runtime's own files, and the program that all of them run, into the project in which the package is installed.
import { copyFileSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'

/**
 * A folder for a runtime.
 * @param {import('./matrix.mjs').Surroundings} surroundings
 * @param {string} runtime
 * @param {readonly string[]} files of the runtime's folder
 */
export function prepare({ root, project }, runtime, files) {
  const folder = join(project, runtime)
  mkdirSync(folder, { recursive: true })
  copyFileSync(join(root, 'tests/runtimes/program.mjs'), join(project, 'program.mjs'))
  for (const file of files) copyFileSync(join(root, 'tests/runtimes', runtime, file), join(folder, basename(file)))
  return folder
}
