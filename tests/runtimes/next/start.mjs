// Starts a built app of Next.js on a free port of this machine.
import { spawn } from 'node:child_process'

/**
 * @param {string} program
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<{ url: string, stop: () => Promise<unknown> }>}
 */
export async function start(program, cwd, environment) {
  const child = spawn(process.execPath, [program, 'start', '--hostname', '127.0.0.1', '--port', '0'], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve))
  let said = ''
  const url = await new Promise((resolve, reject) => {
    /** @param {string} text */
    const hear = (text) => {
      said += text
      if (said.includes('Ready in')) resolve(/http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0])
    }
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear)
    void ended.then(() => reject(new Error(`Next.js ended, and said:\n${said}`)))
  })
  return {
    url,
    stop() {
      child.kill()
      return ended
    },
  }
}
