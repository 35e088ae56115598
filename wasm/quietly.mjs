// Runs a program for a build step: one line when it went well, everything that the program said when it did not.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

/** The repository's root, where all programs run. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Runs a program to its end and keeps what it prints, standard error included.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [environment] added to the present one
 * @returns {Promise<{ status: number, output: string }>}
 */
export function capture(program, args, environment = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    /** @type {Buffer[]} */
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.on('error', (error) => resolve({ status: 127, output: `${program}: ${error.message}\n` }))
    child.on('close', (status, signal) => {
      const ending = signal === null ? '' : `${program} was ended by ${signal}\n`
      resolve({ status: status ?? 1, output: Buffer.concat(chunks).toString() + ending })
    })
  })
}

/** How many processes may run at once: who runs several programs side by side gives each its part in RECREQ_JOBS. */
export function jobs() {
  return Number(process.env.RECREQ_JOBS) || availableParallelism()
}

/** @param {number} start as `performance.now()` gave it */
export function elapsed(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`
}

/**
 * Runs a program as one step of a build. When it fails, shows its whole output and ends this process.
 * @param {string} title
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<string>} what the program printed
 */
export async function quietly(title, program, args, environment) {
  const start = performance.now()
  process.stdout.write(`  ${title} … `)
  const { status, output } = await capture(program, args, environment)
  if (status === 0) {
    process.stdout.write(`${elapsed(start)}\n`)
    return output
  }
  process.stdout.write(`failed after ${elapsed(start)}\n\n$ ${[program, ...args].join(' ')}\n${output}\n`)
  process.exit(1)
}
