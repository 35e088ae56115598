// `recreq mock`: the three services on this machine, until it is stopped.
import { writeFileSync } from 'node:fs'
import { providerNames, type ProviderName } from '../../provider-document.js'
import { type StandIn, startStandIn } from '../../stand-in/start.js'
import { reasonOf } from '../body-file.js'
import type { Command } from '../command.js'
import { CallError, ExitCode } from '../exit.js'

export const mock: Command = {
  words: '',
  about:
    'Serves the APIs of the providers on 127.0.0.1, from what recreq knows of them, until Ctrl-C. It refuses what they are documented to ' +
    'refuse, in their own words, and keeps state. "recreq send --base-url" and any client can be pointed at it; it takes any credential of ' +
    'the right form.',
  examples: [
    'recreq mock --port 4010',
    'recreq mock --provider recall --fail 503,reset --journal calls.json',
    'RECALL_API_KEY=placeholder recreq send recall.startRecording --region us-west-2 --id "$BOT" --base-url http://127.0.0.1:4010',
  ],
  options: () => ({
    port: { value: 'N', about: 'The port; left out, a free one is taken and printed.' },
    provider: {
      value: 'name',
      multiple: true,
      about: `Only this one of ${providerNames.join(', ')}. May stand there more than once.`,
    },
    fail: {
      value: 'list',
      multiple: true,
      about:
        'Failures for the first calls, with commas between them: a status such as 503, timeout, reset, html, slow, drip, stall, cut, ok.',
    },
    journal: {
      value: 'file',
      about: 'What was asked and answered is written there at the end, as JSON without secrets.',
    },
  }),
  async run(given) {
    if (given.words.length > 0) throw new CallError(`There is nothing to name; "${given.words.join(' ')}" is too much.`)
    const port = given.value('port') ?? '0'
    if (!/^\d{1,5}$/.test(port)) throw new CallError(`--port is a number from 0 to 65535; "${port}" is not.`)
    const journal = given.value('journal')
    // Better now than after hours of calls.
    if (journal !== undefined) writeJournal(journal, [])
    const providers = given.values('provider').flatMap((names) => names.split(',')) as ProviderName[]
    const failures = given.values('fail').flatMap((list) => list.split(','))
    const standIn = await startStandIn({
      port: Number(port),
      ...(providers.length > 0 && { providers }),
      ...(failures.length > 0 && { fail: failures }),
    })
    process.stdout.write(introduction(standIn, providers.length > 0 ? providers : providerNames))
    await interrupted()
    const entries = standIn.journal
    await standIn.stop()
    if (journal !== undefined) writeJournal(journal, entries)
    return ExitCode.fine
  },
}

function introduction(standIn: StandIn, providers: readonly ProviderName[]): string {
  const longest = Math.max(...providers.map((provider) => provider.length))
  const lines = providers.map((provider) => `  ${provider.padEnd(longest)}  ${standIn.baseUrl(provider)}\n`)
  return `Serving on ${standIn.url}, until Ctrl-C.\n${lines.join('')}`
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve()
      })
    }
  })
}

function writeJournal(file: string, entries: StandIn['journal']): void {
  try {
    writeFileSync(file, `${JSON.stringify(entries, undefined, 2)}\n`)
  } catch (error) {
    throw new CallError(`${file} cannot be written: ${reasonOf(error)}.`, { cause: error })
  }
}
