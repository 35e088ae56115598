// What the compiler must accept and must refuse. Nothing here runs: `tsc` reads it.
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type {
  Answer,
  AnswerFailure,
  BodyInput,
  Checked,
  ExactlyOne,
  FailureKind,
  Issue,
  JsonValue,
  Operation,
  Overrides,
  Report,
  StandaloneSchema,
} from 'recreq'
import { createClient, OutcomeUnknownError } from 'recreq/client'
import * as realtimekit from 'recreq/realtimekit'
import * as recall from 'recreq/recall'
import { type StandIn, type StandInOptions, startStandIn } from 'recreq/stand-in'
import * as videosdk from 'recreq/videosdk'

type Equal<A, B> = [A, B] extends [B, A] ? true : false
const holds = <Claim extends true>(claim?: Claim) => claim

const { startRecording } = recall
const id = '3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55'

// The input: known regions are offered, others may be given; what a call needs has to be there.
startRecording.build({ region: 'us-west-2', id })
startRecording.build({ region: String(process.env.RECALL_REGION), id, idempotencyKey: 'once' })
startRecording.build({ region: 'us-west-2', id, body: '{}' })
startRecording.build({ region: 'us-west-2', id, body: new Uint8Array(2) })
startRecording.build({ region: 'us-west-2', id, body: new TextEncoder().encode('{}') })
startRecording.build({
  region: 'us-west-2',
  id,
  body: { video_mixed_layout: 'gallery_view_v2', video_separate_mp4: {} },
})
// @ts-expect-error the id is missing
startRecording.build({ region: 'us-west-2' })
// @ts-expect-error a misspelt field
startRecording.build({ region: 'us-west-2', id, body: { real_time_endpoints: [] } })
// @ts-expect-error a layout that does not exist
startRecording.build({ region: 'us-west-2', id, body: { video_mixed_layout: 'gallery' } })
// @ts-expect-error a body that is neither
startRecording.build({ region: 'us-west-2', id, body: 7 })

// Unions that take one key are exclusive.
startRecording.body.check({ transcript: { provider: { meeting_captions: {} } } })
startRecording.body.check({ transcript: { provider: { deepgram_streaming: { model: 'nova-3' } } } })
// @ts-expect-error two providers at once
startRecording.body.check({ transcript: { provider: { meeting_captions: {}, deepgram_streaming: {} } } })
// @ts-expect-error no provider at all
startRecording.body.check({ transcript: { provider: {} } })

type Choice = ExactlyOne<{ a: number; b?: string }>
const choices: Choice[] = [{ a: 1 }, { b: 'x' }]
// @ts-expect-error both at the same time
choices.push({ a: 1, b: 'x' })
// @ts-expect-error neither of them
choices.push({})

// A report's value is what it says when the report is good.
const report = startRecording.check({ region: 'us-west-2', id, body: '{}' })
if (report.ok) {
  holds<Equal<typeof report.value.body, recall.StartRecordingBody | undefined>>()
} else {
  // @ts-expect-error there may be none
  report.value.body satisfies unknown
}
holds<Equal<(typeof report.errors)[number], Issue>>()
holds<Equal<Checked<{ a: number; body?: BodyInput<{ b: string }> }>, { a: number; body?: { b: string } }>>()
holds<Equal<ReturnType<typeof startRecording.body.check>, Report<recall.StartRecordingBody>>>()

// A request can go to fetch as it is; its credential is named.
const request = startRecording.build({ region: 'us-west-2', id })
void fetch(request.url, { method: request.method, headers: request.headers, body: request.body })
void fetch(request.toRequest({ apiKey: 'placeholder' }, { signal: AbortSignal.timeout(1) }))
// @ts-expect-error another name than apiKey
request.toRequest({ token: 'placeholder' })
// @ts-expect-error no credential
request.toRequest()
// @ts-expect-error a request does not change
request.url = 'https://example.com'

// Each provider's operations have its own names: of fields, of values, of the credential.
const roomId = 'abcd-efgh-ijkl'
const room = videosdk.startRecording.build({
  body: {
    roomId,
    config: { layout: { type: 'GRID', priority: 'SPEAKER', gridSize: 4 }, theme: 'DARK', quality: 'high' },
    transcription: { enabled: true, summary: { enabled: true, prompt: 'Short.' } },
    awsDirPath: 'meetings',
  },
})
void fetch(room.toRequest({ token: 'placeholder' }))
const track = { roomId, participantId: 'p1', kind: 'screen_audio', bucketDirPath: 'tracks' } as const
videosdk.startTrackRecording.build({ body: track })
videosdk.startTrackRecording.body.check(track)
holds<
  Equal<
    typeof videosdk.startRecording,
    Operation<videosdk.StartRecordingInput, videosdk.StartRecordingBody, videosdk.Confirmation, 'token'>
  >
>()
// @ts-expect-error VideoSDK has a token
room.toRequest({ apiKey: 'placeholder' })
// @ts-expect-error a start needs a body
videosdk.startRecording.build({})
// @ts-expect-error the room is missing
videosdk.startRecording.build({ body: { awsDirPath: 'meetings' } })
// @ts-expect-error the folder is called awsDirPath for rooms
videosdk.startRecording.build({ body: { roomId, bucketDirPath: 'meetings' } })
// @ts-expect-error the folder is called bucketDirPath for tracks
videosdk.startTrackRecording.build({ body: { ...track, awsDirPath: 'tracks' } })
// @ts-expect-error a track of a kind that does not exist
videosdk.startTrackRecording.build({ body: { roomId, participantId: 'p1', kind: 'screen' } })
// @ts-expect-error layouts are written in capitals
videosdk.startRecording.build({ body: { roomId, config: { layout: { type: 'grid' } } } })

// Lists take numbers and switches, and no body.
videosdk.listRecordings.build({})
videosdk.listRecordings.build({ roomId, page: 2, perPage: 50, withTranscription: true })
videosdk.deleteRecording.build({ recordingId: 'id1' }).toRequest({ token: 'placeholder' })
holds<Equal<typeof videosdk.getTrackRecording, Operation<videosdk.GetTrackRecordingInput, never, videosdk.IndividualRecording, 'token'>>>()
holds<Equal<typeof videosdk.listRecordings.body, undefined>>()
// @ts-expect-error a page is a number
videosdk.listRecordings.build({ page: '2' })
// @ts-expect-error a list takes no body
videosdk.listRecordings.build({ body: {} })
// @ts-expect-error the id is missing
videosdk.deleteRecording.build({})
const found: videosdk.RecordingPage = { pageInfo: { currentPage: 1, total: 0 }, data: [] }

// Options keep the type.
startRecording.with({ unknown: 'warn', defaults: 'omit', rules: { 'recall/any': 'off' }, limits: { depth: 8 } })
holds<Equal<ReturnType<typeof startRecording.with>, typeof startRecording>>()
holds<typeof startRecording extends Operation<recall.StartRecordingInput, recall.StartRecordingBody, recall.Bot> ? true : false>()
// @ts-expect-error no such option
startRecording.with({ default: 'omit' })
// @ts-expect-error no such severity
startRecording.with({ rules: { 'recall/any': 'warn' } })

// Custom rules see the body's own type, and `applyFixes` gives what it is given.
startRecording.with({
  customRules: [{ id: 'team/rule', check: ({ retention }) => (retention === null ? { message: 'x' } : undefined) }],
  messages: { type: 'x' },
  extraBody: { new_field: [1, { a: null }] },
  provenance: true,
})
const generators: recall.CustomRule = { id: 'team/other', *check() { yield { message: 'x', severity: 'info' } } }
startRecording.with({ customRules: [generators] })
startRecording.with({
  // @ts-expect-error no such field
  customRules: [{ id: 'team/rule', check: (body) => (body.no_such_field === 1 ? { message: 'x' } : undefined) }],
})
// @ts-expect-error an issue without a message
startRecording.with({ customRules: [{ id: 'team/rule', check: () => ({ pointer: '/a' }) }] })
// @ts-expect-error undefined is not JSON
startRecording.with({ extraBody: { a: () => 1 } })
holds<Equal<ReturnType<typeof recall.applyFixes<string>>, string>>()
const origin: recall.Origin | undefined = startRecording.body.check({}).provenance?.['/metadata']

// The body is a Standard Schema in the eyes of the specification's own types.
const schema: StandardSchemaV1<recall.StartRecordingBody, recall.StartRecordingBody> = startRecording.body
holds<Equal<StandardSchemaV1.InferInput<typeof startRecording.body>, recall.StartRecordingBody>>()
holds<Equal<StandardSchemaV1.InferOutput<typeof startRecording.body>, recall.StartRecordingBody>>()

// A schema that stands for itself: what Create Bot takes is what Start Recording takes, or null.
const { recordingConfig } = recall
const config: recall.RecordingConfig = { retention: { type: 'timed', hours: 24 }, start_recording_on: 'call_join' }
holds<Equal<typeof recordingConfig, StandaloneSchema<recall.RecordingConfig | null>>>()
holds<Equal<ReturnType<typeof recordingConfig.check>, Report<recall.RecordingConfig | null>>>()
holds<Equal<ReturnType<typeof recordingConfig.with>, typeof recordingConfig>>()
holds<Equal<StandardSchemaV1.InferInput<typeof recordingConfig>, recall.RecordingConfig | null>>()
holds<Equal<recall.StartRecordingBody, recall.RecordingConfig>>()
recordingConfig.check(null)
recordingConfig.check(config)
recordingConfig.check('null')
startRecording.build({ region: 'us-west-2', id, body: config })
// @ts-expect-error the wrapper that Create Bot has around it
recordingConfig.check({ recording_config: null })
// @ts-expect-error a value that was removed
recordingConfig.check({ start_recording_on: 'manual' })
// @ts-expect-error there is no request to build
holds<Equal<(typeof recordingConfig)['build'], never>>()

// Operations without a body take none, and their requests have none.
const stopped = recall.stopRecording.build({ region: 'us-west-2', id, idempotencyKey: 'once' }).body
stopped satisfies undefined
recall.pauseRecording.build({ region: 'us-west-2', id })
recall.resumeRecording.build({ region: 'us-west-2', id })
recall.requestRecordingPermission.build({ region: 'us-west-2', id })
recall.retrieveBot.build({ region: 'us-west-2', id })
recall.retrieveRecording.build({ region: 'us-west-2', id })
recall.listRecordings.build({ region: 'us-west-2', bot_id: id, status_code: 'done', cursor: 'next' })
// @ts-expect-error a body where none belongs
recall.stopRecording.build({ region: 'us-west-2', id, body: {} })
// @ts-expect-error reading takes no key
recall.retrieveBot.build({ region: 'us-west-2', id, idempotencyKey: 'once' })
// @ts-expect-error a state that does not exist
recall.listRecordings.build({ region: 'us-west-2', status_code: 'deleted' })
holds<Equal<NonNullable<recall.RecordingPage['results']>[number], recall.Recording>>()

// A match takes a bot, or what it was created with, and fields that shall be different: plain objects in part, all others whole.
const match = startRecording.matchBot({ id, recording_config: {} }, { transcript: { diarization: {} }, video_mixed_mp4: null })
if (match.ok) startRecording.build({ region: 'us-west-2', id, body: match.body })
holds<Equal<typeof match.body, recall.StartRecordingBody | undefined>>()
holds<Equal<(typeof match.origins)[string], 'override' | 'bot' | 'default'>>()
holds<Equal<(typeof match.wouldHaveChanged)[number]['bot'], JsonValue | undefined>>()
declare const answered: recall.Bot
startRecording.matchBot(answered)
startRecording.matchBot('{}', new Uint8Array(2))
startRecording.matchConfig({ retention: null }, '{}')
startRecording.matchConfig(null)
startRecording.with({ unknown: 'warn' }).matchConfig({}, { metadata: { team: 'research' }, retention: { type: 'forever' } })
// @ts-expect-error a configuration is no bot
startRecording.matchBot({ video_mixed_layout: 'gallery_view_v2' })
// @ts-expect-error a union is overridden whole
startRecording.matchConfig({}, { retention: { hours: 24 } })
// @ts-expect-error and so is an object that takes one key
startRecording.matchConfig({}, { transcript: { provider: {} } })
// @ts-expect-error a layout that does not exist
startRecording.matchConfig({}, { video_mixed_layout: 'gallery' })
// @ts-expect-error other operations match nothing
export const matchesNothing = recall.stopRecording.matchBot as unknown
const overrides: Overrides<recall.StartRecordingBody> = { realtime_endpoints: [] }

// RealtimeKit: a body that is needed, storage by its type, and a token.
const app = { account_id: '023e105f4ecef8ad9ca31a8372d0c353', app_id: '14a396e7-ca44-4937-bf1f-050a69118543' }
const start = realtimekit.startRecording.build({
  ...app,
  body: { meeting_id: id, storage_config: { type: 'gcs', secret: 'PLACEHOLDER', bucket: 'b', region: 'us-east1' } },
})
void fetch(start.toRequest({ apiToken: 'placeholder' }))
// @ts-expect-error the body is missing
realtimekit.startRecording.build(app)
// @ts-expect-error the meeting is missing
realtimekit.startRecording.body.check({ max_seconds: 60 })
// @ts-expect-error RealtimeKit takes a token, not a key
start.toRequest({ apiKey: 'placeholder' })
realtimekit.startRecording.body.check({ meeting_id: id, storage_config: null })
// @ts-expect-error an R2 bucket has no region
realtimekit.startRecording.body.check({ meeting_id: id, storage_config: { type: 'cloudflare', region: 'auto' } })
// @ts-expect-error S3 needs its key and region
realtimekit.startRecording.body.check({ meeting_id: id, storage_config: { type: 'aws', bucket: 'b' } })

// A list is asked for with what a person would write, has no body, and sends none.
const states: readonly realtimekit.RecordingStatus[] = Object.freeze(['UPLOADED', 'ERRORED'] as const)
const list = realtimekit.getAllRecordings.build({ ...app, page_no: 1, expired: false, sort_order: 'DESC', status: states })
holds<Equal<typeof list.body, undefined>>()
holds<Equal<typeof realtimekit.getAllRecordings.body, undefined>>()
void fetch(list.toRequest({ apiToken: 'placeholder' }))
// @ts-expect-error a number, not its text
realtimekit.getAllRecordings.build({ ...app, page_no: '1' })
// @ts-expect-error a list of states, not one
realtimekit.getAllRecordings.build({ ...app, status: 'UPLOADED' })
// @ts-expect-error no such state
realtimekit.getAllRecordings.build({ ...app, status: ['DONE'] })
// @ts-expect-error a list takes no body
realtimekit.getAllRecordings.build({ ...app, body: {} })
realtimekit.pauseResumeStopRecording.build({ ...app, recording_id: id, body: { action: 'stop' } })
// @ts-expect-error no such action
realtimekit.pauseResumeStopRecording.build({ ...app, recording_id: id, body: { action: 'cancel' } })
holds<Equal<realtimekit.RecordingList['data'][number], realtimekit.Recording>>()

// Codes are a closed set.
const code = (issue: Issue) => {
  if (issue.code === 'not-json' || issue.code === 'unknown-key') return issue.params
  // @ts-expect-error no such code
  return issue.code === 'no-such-code'
}
const details: (issue: Issue) => unknown = code
const value: JsonValue = { a: [1, 'b', null, { c: true }] }
// @ts-expect-error undefined is not JSON
const notJson: JsonValue = { a: undefined }

holds<Equal<typeof recall.spec.date, string>>()
holds<Equal<(typeof recall.spec.sources)[number]['url'], string>>()
export { details, found, notJson, origin, overrides, schema, value }

// An answer is a result of the operation's own type, or a failure; which of them it is, `ok` says.
const content = { status: 200, headers: new Headers(), body: new Uint8Array(0) }
const answer = startRecording.readAnswer(content, { request: startRecording.build({ region: 'us-west-2', id }) })
holds<Equal<typeof answer, Answer<recall.Bot>>>()
if (answer.ok) {
  holds<Equal<typeof answer.value, recall.Bot>>()
  // @ts-expect-error a success has no kind
  answer.kind satisfies unknown
} else {
  holds<Equal<typeof answer, AnswerFailure>>()
  holds<Equal<(typeof answer.issues)[number], Issue>>()
  const kind: FailureKind = answer.kind
  kind satisfies string
  answer.retryAfter satisfies number | undefined
  answer.body satisfies JsonValue | undefined
  // @ts-expect-error a failure has no value
  answer.value satisfies unknown
}
holds<Equal<ReturnType<typeof recall.listRecordings.readResponse>, Promise<Answer<recall.RecordingPage>>>>()
holds<Equal<ReturnType<typeof videosdk.deleteRecording.readResponse>, Promise<Answer<string>>>>()
holds<Equal<ReturnType<typeof realtimekit.getAllRecordings.readAnswer>, Answer<realtimekit.RecordingList>>>()
holds<Equal<realtimekit.RecordingAnswer['success'], true>>()
void startRecording.readResponse(new Response(), { signal: AbortSignal.timeout(1), limit: 1, secrets: ['placeholder'] })
videosdk.startRecording.readAnswer({ status: 200 }, { request: room })
startRecording.readAnswer({ status: 500, headers: { 'Retry-After': '1' }, body: null })
startRecording.readAnswer({ status: 500, headers: [['Retry-After', '1']] })
// @ts-expect-error a Response goes to readResponse
startRecording.readAnswer(new Response())
// @ts-expect-error a status is a number
startRecording.readAnswer({ status: '200' })
// @ts-expect-error no such option
startRecording.readAnswer({ status: 200 }, { requests: [] })

// A stand-in serves the providers that there are.
const standInOptions: StandInOptions = { providers: ['recall'], credentials: { recall: 'placeholder' }, rateLimit: false }
holds<Equal<ReturnType<typeof startStandIn>, Promise<StandIn>>>()
void startStandIn({ ...standInOptions, bots: { [id]: { recording_config: null, variant: 'web_4_core' } }, fail: '503,ok' })
// @ts-expect-error a provider that does not exist
void startStandIn({ providers: ['vimeo'] })
// @ts-expect-error a misspelt option
void startStandIn({ prot: 4010 })
// A client asks for what a call needs, less what it has itself; what comes back has its type.
const exactly = <Wanted>(value: Wanted) => value
const recallClient = createClient(recall, { region: 'us-west-2', credentials: { apiKey: 'placeholder' } })
export async function useClient() {
  const bot = await recallClient.startRecording({ id, body: { video_mixed_layout: 'gallery_view_v2' } }, { timeout: 5 })
  exactly<recall.Bot>(bot)
  await recallClient.startRecording({ id, region: 'eu-central-1' })
  // @ts-expect-error the id is missing
  await recallClient.startRecording({ body: {} })
  // @ts-expect-error a misspelt field
  await recallClient.startRecording({ id, body: { real_time_endpoints: [] } })
  // @ts-expect-error no such option
  await recallClient.startRecording({ id }, { timout: 5 })
  // @ts-expect-error no such operation
  recallClient.createBot satisfies unknown
  const { value, response } = await recallClient.retrieveBot({ id }).withResponse()
  exactly<recall.Bot>(value)
  response.headers satisfies Headers
  recallClient.startRecording.build({ id }).body satisfies string | Uint8Array

  // Lists need no input, and give their items one by one.
  exactly<recall.RecordingPage>(await recallClient.listRecordings())
  for await (const recording of recallClient.listRecordings({ status_code: 'done' })) {
    exactly<recall.Recording>(recording)
  }
  // @ts-expect-error one bot is no list
  void (recallClient.retrieveBot({ id }) satisfies AsyncIterable<unknown>)

  const lost = await recallClient.startRecording({ id }).catch((error: unknown) => error)
  if (lost instanceof OutcomeUnknownError) {
    exactly<'OutcomeUnknownError'>(lost.name)
    exactly<boolean | undefined>((await lost.reconcile({ timeout: 5 })).tookEffect)
  }
}

// Without a region in the client, each call has to have one.
const everywhere = createClient(recall, { credentials: () => Promise.resolve({ apiKey: String(process.env.RECALL_API_KEY) }) })
void everywhere.startRecording({ region: 'us-west-2', id })
// @ts-expect-error the region is missing
void everywhere.startRecording({ id })
// A region may come from where nobody knows what it is.
void createClient(recall, { region: process.env.RECALL_REGION, credentials: { apiKey: 'p' } }).startRecording({ id })

const ids = { account_id: 'placeholder', app_id: 'placeholder' }
const shared = createClient(realtimekit, { credentials: { apiToken: 'placeholder' }, parameters: ids })
void shared.startRecording({ body: { meeting_id: id } })
void shared.getAllRecordings()
const half = createClient(realtimekit, { credentials: { apiToken: 'p' }, parameters: { account_id: 'p' } })
void half.getAllRecordings({ app_id: 'p' })
// @ts-expect-error the app is missing
void half.getAllRecordings()
// @ts-expect-error RealtimeKit has no such parameter
createClient(realtimekit, { credentials: { apiToken: 'p' }, parameters: { bot_id: 'p' } })
// @ts-expect-error RealtimeKit has no regions
createClient(realtimekit, { region: 'us-west-2', credentials: { apiToken: 'p' } })
// @ts-expect-error the credential has another name
createClient(realtimekit, { credentials: { apiKey: 'p' } })
// @ts-expect-error a misspelt option
createClient(realtimekit, { credentials: { apiToken: 'p' }, retries: 3 })
// @ts-expect-error no credential
createClient(recall, { region: 'us-west-2' })

const rooms = createClient(videosdk, { credentials: { apiKey: 'placeholder', secret: 'placeholder' } })
createClient(videosdk, { credentials: { token: 'placeholder' } })
// @ts-expect-error a key without its secret
createClient(videosdk, { credentials: { apiKey: 'placeholder' } })
void rooms.listRecordings().then((page) => {
  exactly<videosdk.RecordingPage>(page)
})

// Some operations make a client, too.
const { service } = recall
const small = createClient({ service, startRecording }, { region: 'us-west-2', credentials: { apiKey: 'p' } })
void small.startRecording({ id })
// @ts-expect-error that one was not given
small.retrieveBot satisfies unknown
