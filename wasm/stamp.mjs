// Remembers what a step was made from, so that it is done again only when that has changed.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './quietly.mjs'

/**
 * The files below a folder whose names match, in a fixed order; none when there is no such folder.
 * @param {string} folder relative to the root
 * @param {RegExp} name
 * @returns {string[]} paths relative to the root
 */
export function filesBelow(folder, name) {
  /** @type {string[]} */
  const found = []
  /** @param {string} at */
  const walk = (at) => {
    for (const entry of readdirSync(join(root, at), { withFileTypes: true })) {
      if (entry.name === 'node_modules') continue
      if (entry.isDirectory()) walk(join(at, entry.name))
      else if (name.test(entry.name)) found.push(join(at, entry.name))
    }
  }
  try {
    walk(folder)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error
  }
  return found.sort()
}

/**
 * One digest of the names and bytes of files, and of anything else that matters.
 * @param {readonly string[]} files relative to the root; a missing one counts as missing
 * @param {...string} facts
 */
export function fingerprint(files, ...facts) {
  const hash = createHash('sha256')
  for (const file of files) {
    hash.update(`\0${file}\0`)
    hash.update(read(file) ?? '\0missing')
  }
  for (const fact of facts) hash.update(`\0\0${fact}`)
  return hash.digest('hex')
}

/**
 * @param {string} stamp path relative to the root
 * @param {string} print
 */
export function isCurrent(stamp, print) {
  return read(stamp)?.toString() === print
}

/**
 * @param {string} stamp path relative to the root
 * @param {string} print
 */
export function remember(stamp, print) {
  mkdirSync(dirname(join(root, stamp)), { recursive: true })
  writeFileSync(join(root, stamp), print)
}

/**
 * For a step that is begun: until it is remembered again, nothing is current.
 * @param {string} stamp path relative to the root
 */
export function forget(stamp) {
  rmSync(join(root, stamp), { force: true })
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(join(root, file))
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined
    throw error
  }
}
