// Runs a program of a runtime to its end; what it prints last is what came of it.
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<string>}
 */
export async function outputOf(program, args, cwd) {
  const { stdout } = await execute(program, args, { cwd, maxBuffer: 2 ** 28, timeout: 600_000 })
  return stdout.trim()
}

/**
 * The JSON in the last line.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<any>}
 */
export async function resultFrom(program, args, cwd) {
  const output = await outputOf(program, args, cwd)
  return JSON.parse(output.slice(output.lastIndexOf('\n') + 1))
}

/**
 * A runtime that npm brings as a package for this machine; undefined when it is not installed.
 * @param {string} scope
 * @param {string} path in the package
 */
export function programOf(scope, path) {
  const folder = fileURLToPath(new URL(`./node_modules/${scope}`, import.meta.url))
  if (!existsSync(folder)) return undefined
  return readdirSync(folder).map((name) => join(folder, name, path)).find((file) => existsSync(file))
}
