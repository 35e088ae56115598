// `recreq list`: the operations of all providers.
import { providerDocument, providerNames, objectAt } from '../../provider-document.js'
import { type Command, oneOf } from '../command.js'
import { CallError, ExitCode } from '../exit.js'
import { subjectsOf, text } from '../subjects.js'
import { lineWidth, paletteFor } from '../terminal.js'

const formats = ['pretty', 'json'] as const

export const list: Command = {
  words: '[provider]',
  about:
    'Lists the operations of all providers, or of one: their names, methods and paths. "recreq describe" tells more of each.',
  examples: ['recreq list', 'recreq list videosdk', 'recreq list --format json'],
  options: () => ({
    format: { value: formats.join('|'), about: 'How to say it; pretty unless something else is asked for.' },
  }),
  run(given) {
    const format = oneOf('format', given.value('format') ?? 'pretty', formats)
    const [wanted, ...more] = given.words
    if (more.length > 0) throw new CallError(`One provider, or none; "${more.join(' ')}" is too much.`)
    const providers = wanted === undefined ? providerNames : [providerNamed(wanted)]
    process.stdout.write(format === 'json' ? asJson(providers) : asText(providers))
    return ExitCode.fine
  },
}

type Providers = readonly (typeof providerNames)[number][]

function providerNamed(name: string): Providers[number] {
  const found = providerNames.find((provider) => provider === name)
  if (found === undefined) throw new CallError(`There is no provider "${name}". There are ${providerNames.join(', ')}.`)
  return found
}

function asText(providers: Providers): string {
  const { bold, dim, cyan } = paletteFor(process.stdout)
  const width = lineWidth(process.stdout)
  const longest = Math.max(
    ...providers.flatMap((provider) => subjectsOf(provider).map(({ fullName }) => fullName.length)),
  )
  return providers
    .map((provider) => {
      const info = objectAt(providerDocument(provider), 'info')
      const lines = subjectsOf(provider).map(({ fullName, request, content }) => {
        const [method, path] = request === undefined ? ['', text(content['summary'])] : [request.method, request.path]
        const name = cyan(fullName.padEnd(longest))
        const rest = `${method.padEnd(6)} ${path}`
        return `  ${name}  ${longest + 4 + rest.length > width ? rest : rest.trimEnd()}`
      })
      return `${bold(text(info['title']))}${dim(`  as of ${text(info['version'])}`)}\n${lines.join('\n')}\n`
    })
    .join('\n')
}

function asJson(providers: Providers): string {
  const entries = providers.flatMap((provider) =>
    subjectsOf(provider).map(({ name, fullName, request, content, schema }) => ({
      operation: fullName,
      provider,
      name,
      summary: text(content['summary']),
      ...(request ?? {}),
      body: schema !== undefined,
    })),
  )
  return `${JSON.stringify(entries, undefined, 2)}\n`
}
