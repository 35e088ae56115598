// A request as people write it down: for HTTP files, for programs, for curl, JavaScript and Python. The credential stands there as
// a reference to the environment, never as a value; the body as the exact text that `send` sends.
import type { PreparedRequest } from './prepared-request.js'
import { credentialOf, type DocumentedCredential } from '../subjects.js'

/** A request and what has to be put into it. */
interface Written {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | undefined
  readonly credential: DocumentedCredential
}

const writers = { http, json, curl, fetch: javascript, python } as const

export type RequestFormat = keyof typeof writers

export const requestFormats = Object.keys(writers) as RequestFormat[]

/** The request as text, with a line break at its end. */
export function requestText(format: RequestFormat, { request, subject }: PreparedRequest): string {
  const { method, url, headers, body } = request
  const text = body === undefined || typeof body === 'string' ? body : new TextDecoder().decode(body)
  return writers[format]({
    method,
    url,
    headers: Object.entries(headers),
    body: text,
    credential: credentialOf(subject.provider),
  })
}

/** As an .http file has it. */
function http({ method, url, headers, body, credential }: Written): string {
  const lines = [`${method} ${url} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)]
  lines.push(`${credential.header}: ${credential.prefix}$${credential.environment}`)
  return `${lines.join('\n')}\n${body === undefined ? '' : `\n${body}\n`}`
}

function json({ method, url, headers, body, credential }: Written): string {
  const all = { ...Object.fromEntries(headers), [credential.header]: `${credential.prefix}$${credential.environment}` }
  return `${JSON.stringify({ method, url, headers: all, ...(body !== undefined && { body }) }, undefined, 2)}\n`
}

function curl({ method, url, headers, body, credential }: Written): string {
  const lines = [`curl --request ${method} ${quotedForShell(url)}`]
  for (const [name, value] of headers) lines.push(`--header ${quotedForShell(`${name}: ${value}`)}`)
  // Double quotes: the shell puts the variable's value in.
  lines.push(`--header "${credential.header}: ${credential.prefix}$${credential.environment}"`)
  if (body !== undefined) lines.push(`--data-raw ${quotedForShell(body)}`)
  // Without a body curl says nothing of its length, and some servers insist.
  else if (method !== 'GET' && method !== 'DELETE') lines.push("--header 'Content-Length: 0'")
  return `${lines.join(' \\\n  ')}\n`
}

function javascript({ method, url, headers, body, credential }: Written): string {
  const variable = `process.env.${credential.environment}`
  const secret = credential.prefix === '' ? variable : `\`${credential.prefix}\${${variable}}\``
  const lines = [
    `const response = await fetch(${quotedForJavaScript(url)}, {`,
    `  method: '${method}',`,
    '  headers: {',
    ...headers.map(([name, value]) => `    ${quotedForJavaScript(name)}: ${quotedForJavaScript(value)},`),
    `    ${quotedForJavaScript(credential.header)}: ${secret},`,
    '  },',
    ...(body === undefined ? [] : [`  body: ${quotedForJavaScript(body)},`]),
    // Elsewhere nobody is to get the credential.
    "  redirect: 'manual',",
    '})',
    'console.log(response.status, await response.text())',
  ]
  return `${lines.join('\n')}\n`
}

// http.client follows no redirect, and has an answer to return for every status.
function python({ method, url, headers, body, credential }: Written): string {
  const { host, pathname, search } = new URL(url)
  const secret = `os.environ[${quotedForPython(credential.environment)}]`
  const lines = [
    'import http.client',
    'import os',
    '',
    `connection = http.client.HTTPSConnection(${quotedForPython(host)})`,
    'connection.request(',
    `    ${quotedForPython(method)},`,
    `    ${quotedForPython(pathname + search)},`,
    ...(body === undefined ? [] : [`    body=${quotedForPython(body)}.encode(),`]),
    '    headers={',
    ...headers.map(([name, value]) => `        ${quotedForPython(name)}: ${quotedForPython(value)},`),
    `        ${quotedForPython(credential.header)}: ${credential.prefix === '' ? '' : `${quotedForPython(credential.prefix)} + `}${secret},`,
    '    },',
    ')',
    'response = connection.getresponse()',
    'print(response.status, response.read().decode())',
  ]
  return `${lines.join('\n')}\n`
}

// Within single quotes a POSIX shell reads everything as it is, but for the single quote.
function quotedForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

// Control characters that JSON may hold as they are would not survive every editor.
const delicate = /[\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

function quotedForJavaScript(text: string): string {
  return `'${escaped(text)}'`
}

function quotedForPython(text: string): string {
  // Python's escapes are those of JavaScript, as far as they are used here.
  return text.includes('"') || !text.includes("'") ? `'${escaped(text)}'` : `"${escaped(text).replaceAll("\\'", "'")}"`
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll(delicate, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
