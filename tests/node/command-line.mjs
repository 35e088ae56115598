// Runs the command line as its users do: as a process of its own, in a folder of its own.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const program = fileURLToPath(new URL('../../dist/command-line/main.js', import.meta.url))

/** What the environment may change about the output is out of it. */
export function environment(more = {}) {
  const all = { ...process.env }
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'NODE_OPTIONS']) delete all[name]
  return { ...all, ...more }
}

/**
 * A folder with files, and the command line in it.
 * @param {Record<string, string | Uint8Array>} files
 */
export function workplace(files) {
  const folder = mkdtempSync(join(tmpdir(), 'recreq-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return {
    folder,
    /**
     * @param {readonly string[]} args
     * @param {{ input?: string, env?: Record<string, string> }} [options]
     */
    run(args, { input = '', env = {} } = {}) {
      const options = { cwd: folder, input, env: environment(env), encoding: /** @type {const} */ ('utf8') }
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], options)
      return { status, stdout, stderr }
    },
    /**
     * Runs beside the test.
     * @param {readonly string[]} args
     */
    start(args) {
      return spawn(process.execPath, [program, ...args], {
        cwd: folder,
        env: environment(),
        stdio: ['ignore', 'pipe', 'inherit'],
      })
    },
    remove() {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * A call in a folder that is gone afterwards.
 * @param {Record<string, string | Uint8Array>} files
 * @param {readonly string[]} args
 * @param {{ input?: string, env?: Record<string, string> }} [options]
 */
export function call(files, args, options) {
  const place = workplace(files)
  try {
    return place.run(args, options)
  } finally {
    place.remove()
  }
}
