// RealtimeKit's memory: recordings of meetings, of everybody together or of each track.
import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../provider-document.js'
import type { JsonValue } from '../types.js'
import { type Behaviour, type BehaviourSources, type Call, type Outcome, textOf, timestamp } from './service.js'

type Status = 'INVOKED' | 'RECORDING' | 'PAUSED' | 'UPLOADING' | 'UPLOADED'

interface Recording {
  readonly id: string
  readonly account: string
  readonly meeting: string
  readonly body: JsonObject
  readonly track: boolean
  readonly fileName: string
  readonly invokedAt: number
  status: Status
  stoppedAt: number | null
}

const running: readonly Status[] = ['INVOKED', 'RECORDING', 'PAUSED']
const linkLives = 7 * 24 * 3_600_000
const recordingsOfPage = 20
/** From where an action leads where. */
const actions: Readonly<Record<string, { readonly from: readonly Status[]; readonly to: Status }>> = {
  pause: { from: ['RECORDING'], to: 'PAUSED' },
  resume: { from: ['PAUSED'], to: 'RECORDING' },
  stop: { from: running, to: 'UPLOADING' },
}

export function realtimekitBehaviour(
  { example }: BehaviourSources,
  meetings: readonly string[] | undefined,
): Behaviour {
  const recordings = new Map<string, Recording>()
  const runningOf = new Map<string, Set<Recording>>()

  const isKnown = (meeting: string) => meetings === undefined || meetings.includes(meeting)
  const activeOf = ({ parameters }: Call, meeting: string): ReadonlySet<Recording> =>
    runningOf.get(`${accountOf(parameters)}/${meeting}`) ?? new Set()
  const found = ({ parameters }: Call): Recording | undefined => {
    const recording = recordings.get(textOf(parameters['recording_id']).toLowerCase())
    return recording?.account === accountOf(parameters) ? recording : undefined
  }

  const begin = ({ parameters, body, now }: Call, track: boolean): Recording => {
    const prefix = track ? nested(body, 'layers', 'default', 'file_name_prefix') : body['file_name_prefix']
    const recording: Recording = {
      id: randomUUID(),
      account: accountOf(parameters),
      meeting: textOf(body['meeting_id']),
      body,
      track,
      fileName: `${typeof prefix === 'string' ? `${prefix}_` : ''}meeting_${Math.floor(now / 1000)}`,
      invokedAt: now,
      status: 'INVOKED',
      stoppedAt: null,
    }
    recordings.set(recording.id, recording)
    const place = `${recording.account}/${recording.meeting}`
    runningOf.set(place, (runningOf.get(place) ?? new Set()).add(recording))
    return recording
  }

  const shown = (recording: Recording, operation = 'startRecording'): JsonObject => {
    const answer = example(operation) as JsonObject
    const data = answer['data'] as JsonObject
    const status = { ...show(recording) }
    settle(recording)
    return { ...answer, data: recording.track && 'recording' in data ? { recording: status } : status }
  }

  return {
    operations: {
      startRecording: (call) => {
        const meeting = textOf(call.body['meeting_id'])
        if (!isKnown(meeting)) return { status: 404 }
        if (call.body['allow_multiple_recordings'] !== true && activeOf(call, meeting).size > 0) return { status: 409 }
        const recording = begin(call, false)
        return { value: shown(recording), started: recording.id }
      },
      startTrackRecordingForAMeeting: (call) => {
        if (!isKnown(textOf(call.body['meeting_id']))) return { status: 404 }
        const recording = begin(call, true)
        return { value: shown(recording, 'startTrackRecordingForAMeeting'), started: recording.id }
      },
      getActiveRecording: (call): Outcome => {
        const active = [...activeOf(call, textOf(call.parameters['meeting_id']))].at(-1)
        return active === undefined ? { status: 404 } : { value: shown(active) }
      },
      getOneRecording: (call) => {
        const recording = found(call)
        return recording === undefined ? { status: 404 } : { value: shown(recording) }
      },
      pauseResumeStopRecording: (call) => {
        const recording = found(call)
        if (recording === undefined) return { status: 404 }
        const action = actions[textOf(call.body['action'])]
        if (action?.from.includes(recording.status) !== true) return { status: 409 }
        recording.status = action.to
        if (action.to === 'UPLOADING') {
          recording.stoppedAt = call.now
          runningOf.get(`${recording.account}/${recording.meeting}`)?.delete(recording)
        }
        return { value: shown(recording) }
      },
      getAllRecordings: ({ parameters, now }) => ({ value: page([...recordings.values()], parameters, now) }),
    },
    refusal: (status, [first]) => failure(status, first?.message ?? ''),
    problem: failure,
  }
}

function failure(status: number, message: string): JsonValue {
  return { success: false, error: { code: status, message } }
}

function accountOf(parameters: Call['parameters']): string {
  return `${textOf(parameters['account_id'])}/${textOf(parameters['app_id'])}`
}

// What was asked for runs, and what was uploading is there, when somebody looks again.
function settle(recording: Recording): void {
  if (recording.status === 'INVOKED') recording.status = 'RECORDING'
  if (recording.status === 'UPLOADING') recording.status = 'UPLOADED'
}

function show(recording: Recording): JsonObject {
  const { id, status, body, track, fileName, invokedAt, stoppedAt, meeting } = recording
  const ready = status === 'UPLOADED' && stoppedAt !== null
  const link = (extension: string) => `https://files.example.com/${fileName}.${extension}`
  const kept = nested(body, 'realtimekit_bucket_config', 'enabled') !== false
  const video = nested(body, 'video_config', 'codec') ?? 'H264'
  const layers = [{ layer_name: 'default', download_urls: { file: { download_url: link('webm') } } }]
  return {
    id,
    download_url: ready && kept ? (track ? layers : link(video === 'H264' ? 'mp4' : 'webm')) : null,
    download_url_expiry: ready && kept ? timestamp(stoppedAt + linkLives) : null,
    audio_download_url: ready && kept && body['audio_config'] !== undefined ? link('mp3') : null,
    file_size: ready ? (track ? 0 : 1024) : null,
    session_id: null,
    output_file_name: fileName,
    status,
    invoked_time: timestamp(invokedAt),
    started_time: status === 'INVOKED' ? null : timestamp(invokedAt),
    stopped_time: stoppedAt === null ? null : timestamp(stoppedAt),
    ...(stoppedAt !== null && { recording_duration: Math.round((stoppedAt - invokedAt) / 1000) }),
    ...(track && { type: 'TRACK', meeting_id: meeting }),
    storage_config: storageWithoutSecrets(body['storage_config']),
  }
}

function storageWithoutSecrets(storage: JsonValue | undefined): JsonValue {
  if (typeof storage !== 'object' || storage === null) return null
  const shown = ['type', 'bucket', 'region', 'path', 'account_id', 'host', 'username', 'port', 'auth_method']
  return Object.fromEntries(Object.entries(storage as JsonObject).filter(([name]) => shown.includes(name)))
}

function page(all: readonly Recording[], parameters: Call['parameters'], now: number): JsonValue {
  const asked = (name: string) => parameters[name] as string | undefined
  const statuses = parameters['status'] as readonly string[] | undefined
  const from = Date.parse(asked('start_time') ?? '')
  const to = Date.parse(asked('end_time') ?? '')
  for (const recording of all) settle(recording)
  const matching = all
    .filter((each) => each.account === accountOf(parameters))
    .filter((each) => each.meeting === (asked('meeting_id') ?? each.meeting))
    .filter((each) => each.meeting.includes(asked('search') ?? ''))
    .filter((each) => statuses === undefined || statuses.length === 0 || statuses.includes(each.status))
    .filter((each) => !(each.invokedAt < from) && !(each.invokedAt > to))
    .filter((each) => parameters['expired'] === undefined || parameters['expired'] === isExpired(each, now))
  if (asked('sort_order') !== 'ASC') matching.reverse()
  const size = Math.max(1, Math.floor(Number(parameters['per_page'] ?? recordingsOfPage)))
  // A first page may be called 0 or 1.
  const begin = Math.max(0, Math.floor(Number(parameters['page_no'] ?? 1)) - 1) * size
  const part = matching.slice(begin, begin + size)
  return {
    success: true,
    data: part.map((each) => ({ ...show(each), meeting: meetingOf(each) })),
    paging: {
      total_count: matching.length,
      start_offset: part.length === 0 ? 0 : begin + 1,
      end_offset: part.length === 0 ? 0 : begin + part.length,
    },
  }
}

function isExpired({ stoppedAt }: Recording, now: number): boolean {
  return stoppedAt !== null && stoppedAt + linkLives <= now
}

function meetingOf({ meeting, invokedAt }: Recording): JsonObject {
  return { id: meeting, created_at: timestamp(invokedAt), updated_at: timestamp(invokedAt) }
}

function nested(value: JsonValue | undefined, ...names: string[]): JsonValue | undefined {
  return names.reduce<JsonValue | undefined>((inner, name) => (inner as JsonObject | null | undefined)?.[name], value)
}
