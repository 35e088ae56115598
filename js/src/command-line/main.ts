#!/usr/bin/env node
// The command line: finds the command, carries it out, and says how it went by its exit code.
import { RecreqError } from '../errors/recreq-error.js'
import { closest } from '../suggestion.js'
import { type Command, helpOf, readArguments } from './command.js'
import { CallError, ExitCode } from './exit.js'
import { packageVersion } from './package-version.js'
import { paletteFor, printable } from './terminal.js'

interface Entry {
  readonly about: string
  /** A command is loaded when it is called. */
  load(): Promise<Command>
}

const commands: Readonly<Record<string, Entry>> = {
  check: {
    about: 'says what is wrong with configurations',
    load: async () => (await import('./commands/check.js')).check,
  },
  fix: { about: 'mends what can be mended', load: async () => (await import('./commands/fix.js')).fix },
  build: {
    about: 'makes the request: for HTTP, curl, fetch, Python',
    load: async () => (await import('./commands/build.js')).build,
  },
  send: { about: 'makes the request and sends it', load: async () => (await import('./commands/send.js')).send },
  list: { about: 'the operations of all providers', load: async () => (await import('./commands/list.js')).list },
  mock: {
    about: 'the services on this machine, for trying things out',
    load: async () => (await import('./commands/mock.js')).mock,
  },
  describe: {
    about: 'an operation, or a field of it',
    load: async () => (await import('./commands/describe.js')).describe,
  },
  schema: { about: 'the JSON Schema of a body', load: async () => (await import('./commands/schema.js')).schema },
}

/** The exit code of a call. */
async function run(args: readonly string[]): Promise<number> {
  const [first = '--help', ...rest] = args
  if (first === '--version' || first === '-v') return print(`${packageVersion()}\n`)
  if (first === '--help' || first === '-h') return print(overview())
  if (first === 'help') {
    const [name] = rest
    return print(name === undefined ? overview() : helpOf(name, await commandNamed(name)))
  }
  const command = await commandNamed(first)
  const given = readArguments(first, command, rest)
  return given.has('help') ? print(helpOf(first, command)) : command.run(given)
}

function commandNamed(name: string): Promise<Command> {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (entry !== undefined) return entry.load()
  const what = name.startsWith('-') ? 'option' : 'command'
  const near = closest(name, Object.keys(commands))
  throw new CallError(
    `There is no ${what} ${name}. ${near === undefined ? `There are ${Object.keys(commands).join(', ')}.` : `Did you mean ${near}?`}`,
  )
}

function overview(): string {
  const { bold } = paletteFor(process.stdout)
  const lines = Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(10)}${about}`)
  return [
    `${bold('recreq')} <command> [options]`,
    '',
    'Checks, completes and builds recording requests for Recall.ai, Cloudflare RealtimeKit and VideoSDK.',
    '',
    bold('Commands'),
    ...lines,
    '',
    '"recreq <command> --help" shows what a command takes, "recreq --version" the version.',
    '',
    `${bold('Exit codes')}  0 fine, 1 the configuration has errors, 2 the call cannot be carried out, 3 the provider refused`,
    '',
  ].join('\n')
}

function print(text: string): number {
  process.stdout.write(text)
  return ExitCode.fine
}

// Whoever reads the output may stop reading, as `head` does: that is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof CallError || error instanceof RecreqError)) throw error
  const { red } = paletteFor(process.stderr)
  process.stderr.write(`${red('recreq:')} ${printable(error.message)}\n`)
  process.exitCode = ExitCode.call
}
