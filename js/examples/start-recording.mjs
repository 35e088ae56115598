// `npm start`: a recording configuration on its way from a JSON file to an answer. First one that is refused, to see how;
// then start-recording.json is checked, built into the exact request, sent to a stand-in, and its answer shown.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { STATUS_CODES } from 'node:http'
import * as recall from 'recreq/recall'
import { startStandIn } from 'recreq/stand-in'
import { bold, cyan, dim, green, printHeaders, printIssues, printJson, red, step } from './terminal.mjs'

// The stand-in takes any key; a real one belongs in the environment of a server, never in a file.
const apiKey = 'placeholder-not-a-real-key'
const bot = '3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55'
const file = 'js/examples/start-recording.json'

step('A configuration that would fail')
const mistaken = {
  real_time_endpoints: [{ type: 'webhook', url: 'https://hooks.example.com/recall', events: ['transcript.data'] }],
  video_separate_mp4: {},
}
printJson(mistaken)
const refused = recall.startRecording.check({ region: 'us-west-2', id: bot, body: mistaken })
console.log(`\n${red('refused')}, before anything is sent:`)
printIssues(refused.issues)

step(`The report on ${file}`)
const body = readFileSync(new URL('start-recording.json', import.meta.url), 'utf8')
const input = { region: 'us-west-2', id: bot, idempotencyKey: randomUUID(), body }
const report = recall.startRecording.check(input)
console.log(report.ok ? `${green('ready to be sent')}${report.issues.length > 0 ? ', and worth knowing:' : ''}` : `${red('refused')}:`)
printIssues(report.issues, file)
if (!report.ok) process.exit(1)

step('The request')
const request = recall.startRecording.build(input)
console.log(`${bold(request.method)} ${cyan(request.url)}`)
printHeaders(request.headers)
const text = String(request.body)
const given = Object.keys(JSON.parse(body))
printJson(JSON.parse(text), (key) => (given.includes(key) ? '' : 'filled in'))
console.log(dim(`${Buffer.byteLength(text)} bytes of canonical JSON, shown with line breaks`))

const standIn = await startStandIn({ providers: ['recall'], credentials: { recall: apiKey }, bots: { [bot]: {} } })
step(`Sent to a stand-in for Recall.ai at ${standIn.url}`)
// What `fetch(request.toRequest({ apiKey }))` would send to Recall.ai goes to the stand-in instead: the same request but for
// its host.
const real = request.toRequest({ apiKey })
const url = new URL(new URL(real.url).pathname, standIn.url)
const answer = await fetch(url, { method: real.method, headers: real.headers, body: text })

console.log(`${bold(real.method)} ${cyan(url.href)}`)
printHeaders({ ...Object.fromEntries(real.headers), authorization: `Token ${dim('(the key, put in at the last moment)')}` })
console.log(dim(`(the ${Buffer.byteLength(text)} bytes of step 3)`))
console.log(`\n${bold('Answer')} ${(answer.ok ? green : red)(`${answer.status} ${STATUS_CODES[answer.status]}`)}`)
printHeaders({ 'content-type': answer.headers.get('content-type') ?? '' })
printJson(await answer.json())
await standIn.stop()
