// The npm package as others get it: packed, and installed from the tarball into a folder outside of the project.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * @typedef {object} Installation
 * @property {string} project a folder with a package.json of its own
 * @property {string} folder where the package lies in it
 * @property {string} tarball
 * @property {() => void} remove
 */

/** @returns {Installation} */
export function installPacked() {
  const project = mkdtempSync(join(tmpdir(), 'recreq-project-'))
  const [{ filename }] = JSON.parse(npm(root, 'pack', '--json', '--pack-destination', project))
  const tarball = join(project, filename)
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
  npm(project, 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', tarball)
  const folder = join(project, 'node_modules/recreq')
  return { project, folder, tarball, remove: () => rmSync(project, { recursive: true }) }
}

/**
 * What npm prints on its standard output.
 * @param {string} cwd
 * @param {...string} args
 */
export function npm(cwd, ...args) {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
