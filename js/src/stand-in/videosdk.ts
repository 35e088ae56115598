// VideoSDK's memory: recordings of rooms, of participants and of their tracks, which answer with sentences.
import { randomBytes } from 'node:crypto'
import type { JsonObject } from '../provider-document.js'
import type { JsonValue } from '../types.js'
import { type Behaviour, type BehaviourSources, type Call, type Outcome, textOf, timestamp } from './service.js'

interface Recording {
  readonly id: string
  readonly sessionId: string
  readonly body: JsonObject
  readonly startedAt: number
  endedAt: number | null
}

/** Recordings of one kind: of rooms, participants, or tracks. */
interface Kind {
  /** The parameter that names a recording. */
  readonly id: string
  /** What tells recordings that run at the same time apart. */
  readonly apart: readonly string[]
  /** What a stop has to name of it. */
  readonly named: readonly string[]
  readonly perPage: number
  readonly fileFormat: string
  readonly operations: Readonly<Record<'start' | 'stop' | 'list' | 'get' | 'delete', string>>
}

const kinds: readonly Kind[] = [
  {
    id: 'recordingId',
    apart: ['roomId', 'resourceId'],
    named: ['roomId'],
    perPage: 20,
    fileFormat: 'mp4',
    operations: {
      start: 'startRecording',
      stop: 'stopRecording',
      list: 'listRecordings',
      get: 'getRecording',
      delete: 'deleteRecording',
    },
  },
  {
    id: 'id',
    apart: ['roomId', 'participantId'],
    named: ['roomId', 'participantId'],
    perPage: 10,
    fileFormat: 'webm',
    operations: {
      start: 'startParticipantRecording',
      stop: 'stopParticipantRecording',
      list: 'listParticipantRecordings',
      get: 'getParticipantRecording',
      delete: 'deleteParticipantRecording',
    },
  },
  {
    id: 'id',
    apart: ['roomId', 'participantId', 'kind'],
    named: ['roomId', 'participantId', 'kind'],
    perPage: 10,
    fileFormat: 'webm',
    operations: {
      start: 'startTrackRecording',
      stop: 'stopTrackRecording',
      list: 'listTrackRecordings',
      get: 'getTrackRecording',
      delete: 'deleteTrackRecording',
    },
  },
]

export function videosdkBehaviour(sources: BehaviourSources, rooms: readonly string[] | undefined): Behaviour {
  const sessions = new Map<string, string>()
  return {
    operations: Object.assign({}, ...kinds.map((kind) => operationsOf(kind, sources, rooms, sessions))) as Record<
      string,
      (call: Call) => Outcome
    >,
    refusal: (_status, [first]) => ({ message: first?.message ?? '' }),
    problem: (_status, message) => ({ message }),
  }
}

function operationsOf(
  kind: Kind,
  { example }: BehaviourSources,
  rooms: readonly string[] | undefined,
  sessions: Map<string, string>,
): Record<string, (call: Call) => Outcome> {
  const recordings = new Map<string, Recording>()
  const { operations } = kind

  const sessionOf = (room: string): string => {
    const session = sessions.get(room) ?? newId()
    sessions.set(room, session)
    return session
  }
  // What runs, by what tells it apart.
  const running = new Map<string, Recording>()
  const placeOf = (body: JsonObject): string => JSON.stringify(kind.apart.map((name) => body[name] ?? null))
  const found = ({ parameters }: Call): Recording | undefined => recordings.get(textOf(parameters[kind.id]))
  const show = (recording: Recording): JsonObject =>
    kind.id === 'recordingId' ? roomRecording(recording, kind) : individualRecording(recording, kind)

  return {
    [operations.start]: ({ body, now }) => {
      const room = textOf(body['roomId'])
      if (rooms?.includes(room) === false) return { status: 404, example: 'room' }
      const place = placeOf(body)
      if (running.has(place)) return { status: 409 }
      const recording: Recording = { id: newId(), sessionId: sessionOf(room), body, startedAt: now, endedAt: null }
      recordings.set(recording.id, recording)
      running.set(place, recording)
      return { value: example(operations.start), started: recording.id }
    },
    [operations.stop]: ({ body, now }) => {
      const recording =
        body['id'] === undefined
          ? (running.get(placeOf(body)) ?? [...running.values()].find((each) => each.body['roomId'] === body['roomId']))
          : recordings.get(textOf(body['id']))
      if (recording?.endedAt !== null || kind.named.some((name) => recording.body[name] !== body[name]))
        return { status: 404, example: 'recording' }
      recording.endedAt = now
      running.delete(placeOf(recording.body))
      return { value: example(operations.stop) }
    },
    [operations.list]: ({ parameters }) => ({
      value: page([...recordings.values()].filter((each) => matches(each, parameters)).map(show), parameters, kind),
    }),
    [operations.get]: (call) => {
      const recording = found(call)
      return recording === undefined ? { status: 404, example: 'recording' } : { value: show(recording) }
    },
    [operations.delete]: (call) => {
      const recording = found(call)
      if (recording === undefined) return { status: 404, example: 'recording' }
      recordings.delete(recording.id)
      if (recording.endedAt === null) running.delete(placeOf(recording.body))
      return { value: example(operations.delete) }
    },
  }
}

function newId(): string {
  return randomBytes(12).toString('hex')
}

function matches({ body, sessionId }: Recording, parameters: Call['parameters']): boolean {
  const { roomId, participantId, query } = parameters as Record<string, string | undefined>
  return (
    body['roomId'] === (roomId ?? body['roomId']) &&
    sessionId === (parameters['sessionId'] ?? sessionId) &&
    body['participantId'] === (participantId ?? body['participantId']) &&
    textOf(body['roomId']).includes(query ?? '')
  )
}

// The newest first.
function page(all: readonly JsonObject[], parameters: Call['parameters'], kind: Kind): JsonValue {
  const perPage = Math.max(1, Number(parameters['perPage'] ?? kind.perPage))
  const currentPage = Math.max(1, Number(parameters['page'] ?? 1))
  const newest = [...all].reverse()
  return {
    pageInfo: { currentPage, perPage, lastPage: Math.max(1, Math.ceil(all.length / perPage)), total: all.length },
    data: newest.slice((currentPage - 1) * perPage, currentPage * perPage),
  }
}

function roomRecording(recording: Recording, kind: Kind): JsonObject {
  const { id, sessionId, body, startedAt, endedAt } = recording
  const [file] = filesOf(recording, kind, 'awsDirPath')
  return {
    id,
    roomId: body['roomId'] ?? null,
    sessionId,
    ...(file !== undefined && { fileId: file['id'] as string, file }),
    createdAt: timestamp(startedAt),
    updatedAt: timestamp(endedAt ?? startedAt),
    start: timestamp(startedAt),
    end: endedAt === null ? null : timestamp(endedAt),
    webhook: { totalCount: 0, successCount: 0, data: [] },
  }
}

function individualRecording(recording: Recording, kind: Kind): JsonObject {
  const { id, body, startedAt, endedAt } = recording
  return {
    id,
    roomId: body['roomId'] ?? null,
    participantName: body['participantId'] ?? null,
    files: filesOf(recording, kind, 'bucketDirPath'),
    start: timestamp(startedAt),
    end: endedAt === null ? null : timestamp(endedAt),
    webhook: { totalCount: 0, successCount: 0, data: [] },
  }
}

function filesOf({ id, body, startedAt, endedAt }: Recording, kind: Kind, folder: string): JsonObject[] {
  if (endedAt === null) return []
  const format = textOf(body['fileFormat'] ?? kind.fileFormat)
  const directory = body[folder]
  const ownStorage = directory !== undefined || body['preSignedUrl'] !== undefined
  const filePath = `${typeof directory === 'string' ? `${directory}/` : ''}${id}.${format}`
  const audio = body['kind'] === 'audio' || body['kind'] === 'screen_audio'
  return [
    {
      id: id.split('').reverse().join(''),
      meta: { format, duration: Math.round((endedAt - startedAt) / 1000) },
      filePath,
      fileUrl: ownStorage ? null : `https://files.example.com/${filePath}`,
      size: 1024,
      type: audio ? 'audio' : 'video',
      createdAt: timestamp(endedAt),
      updatedAt: timestamp(endedAt),
    },
  ]
}
