// `recreq send`: makes a request, sends it once, and shows the answer. It is never sent again by itself: a start whose answer was
// lost may have begun a recording.
import { STATUS_CODES } from 'node:http'
import {
  type JsonObject,
  objectAt,
  providerDocument,
  providerNames,
  resolveReference,
} from '../../provider-document.js'
import type { JsonValue } from '../../types.js'
import type { Command } from '../command.js'
import { CallError, ExitCode } from '../exit.js'
import { prepareRequest, requestOptions, type PreparedRequest } from '../request/prepared-request.js'
import { withoutSecretFields } from '../findings/secrets.js'
import { credentialOf, serverUrl } from '../subjects.js'
import { counted, paletteFor, printable } from '../terminal.js'

const usualTimeout = 60

export const send: Command = {
  words: '<operation> [file]',
  about:
    'Makes the request of an operation like "recreq build", sends it once and shows the answer: its status on stderr, its content on stdout. ' +
    'It is never repeated.\n' +
    `The credential comes from the environment alone: ${providerNames.map((name) => credentialOf(name).environment).join(', ')}.`,
  examples: [
    'recreq send recall.startRecording config.json --region us-west-2 --id "$BOT"',
    'recreq send recall.retrieveBot --region us-west-2 --id "$BOT" | jq .recordings',
  ],
  options: () => ({
    ...requestOptions(),
    'base-url': {
      value: 'URL',
      about: 'Sends it to a server on this machine instead, such as "recreq mock": http://127.0.0.1:4010.',
    },
    timeout: {
      value: 'seconds',
      about: `How long to wait for the answer; ${usualTimeout} unless something else is asked for.`,
    },
  }),
  async run(given) {
    const base = loopbackUrl(given.value('base-url'))
    const timeout = secondsOf(given.value('timeout'))
    const prepared = await prepareRequest(given)
    if (typeof prepared === 'number') return prepared
    const credential = credentialOf(prepared.subject.provider)
    const secret = process.env[credential.environment]
    if (secret === undefined || secret.trim() === '')
      throw new CallError(`The environment variable ${credential.environment} is not set. ${credential.description}`)
    const signal = AbortSignal.timeout(timeout * 1000)
    const ready = prepared.request.toRequest({ [credential.name]: secret }, { signal })
    const response = await deliver(base === undefined ? ready : redirected(ready, prepared, base), prepared, timeout)
    if (response === undefined) return ExitCode.provider
    return show(response, prepared, secret, signal)
  },
}

// The answer; undefined when there is none, which has been said then.
async function deliver(request: Request, { subject }: PreparedRequest, timeout: number): Promise<Response | undefined> {
  try {
    return await fetch(request)
  } catch (error) {
    const { name, message, cause } = error as Error
    const reason =
      name === 'TimeoutError'
        ? `there was none within ${counted(timeout, 'second')}`
        : cause instanceof Error && cause.message !== ''
          ? cause.message
          : message
    const unknown = request.method === 'GET' ? '' : ` Whether ${subject.name} has taken effect is unknown.`
    process.stderr.write(`recreq: No answer from ${new URL(request.url).origin}: ${printable(reason)}.${unknown}\n`)
    return undefined
  }
}

async function show(
  response: Response,
  prepared: PreparedRequest,
  secret: string,
  signal: AbortSignal,
): Promise<number> {
  const { operation, request } = prepared
  const { green, red } = paletteFor(process.stderr)
  const status =
    `${response.status} ${printable(response.statusText || (STATUS_CODES[response.status] ?? ''))}`.trimEnd()
  const answer = await operation.readResponse(response, { request, secrets: [secret], signal })
  process.stderr.write(`${(answer.ok ? green : red)(status)}\n`)
  if (answer.ok) {
    const value = answer.value as JsonValue | undefined
    if (value !== undefined) printAnswer(withoutSecretFields(value, ...answerSchema(prepared, answer.status)))
    return ExitCode.fine
  }
  process.stderr.write(`recreq: ${printable(answer.message)}\n`)
  for (const { pointer, message } of answer.issues) process.stderr.write(`  ${printable(`${pointer} ${message}`)}\n`)
  if (answer.body !== undefined) printAnswer(answer.body)
  return ExitCode.provider
}

function printAnswer(value: JsonValue): void {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)
  // A program gets what came; a terminal does nothing that an answer tells it to.
  const shown = process.stdout.isTTY ? text.split('\n').map(printable).join('\n') : text
  process.stdout.write(`${shown}\n`)
}

function answerSchema({ subject }: PreparedRequest, status: number): [JsonObject, JsonObject] {
  const document = providerDocument(subject.provider)
  const response = resolveReference(document, objectAt(objectAt(subject.content, 'responses'), String(status)))
  return [document, objectAt(objectAt(objectAt(response, 'content'), 'application/json'), 'schema')]
}

function loopbackUrl(given: string | undefined): URL | undefined {
  if (given === undefined) return undefined
  const url = URL.canParse(given) ? new URL(given) : undefined
  const isLoopback = url !== undefined && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname)
  if (!isLoopback || !/^https?:$/.test(url.protocol))
    throw new CallError(
      `--base-url is an address of this machine, for example http://127.0.0.1:4010: the credential goes to nobody else.`,
    )
  if (url.username !== '' || url.search !== '' || url.hash !== '')
    throw new CallError('--base-url has a host, a port and a path, nothing else.')
  return url
}

// The same request to another server. A base with a path takes the place of the server's URL, path and all.
function redirected(
  { url, method, headers, redirect, signal }: Request,
  { request, subject }: PreparedRequest,
  base: URL,
): Request {
  const { pathname, search } = new URL(url)
  const path = base.pathname.replace(/\/$/, '')
  const served =
    path === '' ? '' : new URL(serverUrl(subject.provider).replaceAll(/[{}]/g, '')).pathname.replace(/\/$/, '')
  const target = base.origin + path + pathname.slice(served.length) + search
  return new Request(target, { method, headers, redirect, signal, body: request.body ?? null })
}

function secondsOf(given: string | undefined): number {
  if (given === undefined) return usualTimeout
  if (!/^[1-9]\d{0,4}$/.test(given))
    throw new CallError(`--timeout is a number of seconds, 1 or more; "${given}" is not.`)
  return Number(given)
}
