// Starts real browsers, headless, with a profile of their own. Nothing drives them: they are given an address, and its pages send
// what came out.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { miniBrowser, which } from '../../../wasm/tools.mjs'
import { outputOf } from '../run-program.mjs'

/**
 * @typedef {object} Browser
 * @property {string} name
 * @property {string} program
 * @property {boolean} [screen] whether it needs one
 * @property {boolean} [refusesLarge] whether it compiles large modules on the main thread only asynchronously
 * @property {(profile: string) => string[]} args
 */

/** @type {Browser} */
export const chromium = {
  name: 'Chromium',
  program: 'chromium',
  refusesLarge: true,
  // Some versions had the last of these features, and no limit for large modules.
  args: (profile) => [
    ...['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${profile}`],
    '--disable-features=WebAssemblyUnlimitedSyncCompilation',
  ],
}

/** @type {Browser} */
export const firefox = {
  name: 'Firefox',
  program: 'firefox-esr',
  args: (profile) => ['--headless', '--no-remote', '--profile', profile],
}

/** It has no mode without a screen. @type {Browser} */
export const webkit = { name: 'WebKit', program: miniBrowser() ?? 'MiniBrowser', screen: true, args: () => ['--private'] }

/**
 * The program that is not there; undefined when all are.
 * @param {Browser} browser
 */
export function missingFor({ program, screen = false }) {
  return (screen ? ['xvfb-run', program] : [program]).find((needed) => which(needed) === undefined && !existsSync(needed))
}

/**
 * @param {Browser} browser
 * @param {string} url
 * @returns {{ version: () => Promise<string>, close: () => Promise<void> }}
 */
export function launch({ program, screen = false, args }, url) {
  const profile = mkdtempSync(join(tmpdir(), 'recreq-profile-'))
  const [first, ...rest] = [...(screen ? ['xvfb-run', '--auto-servernum'] : []), program]
  // Its home is the profile's folder, and its processes are a group that ends as one.
  const child = spawn(first, [...rest, ...args(profile), url], { stdio: 'ignore', detached: true, env: { ...process.env, HOME: profile } })
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve))
  return {
    async version() {
      return /[\d.]+/.exec(await outputOf(first, [...rest, '--version'], profile))?.[0] ?? ''
    },
    async close() {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid)
      await ended
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
    },
  }
}
