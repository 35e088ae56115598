// Recall.ai's memory: bots with their recordings, and what the commands do to them.
import { randomUUID } from 'node:crypto'
import { recordingConfig } from '../generated/recall.js'
import type { JsonObject } from '../provider-document.js'
import type { JsonValue } from '../types.js'
import {
  type Behaviour,
  type BehaviourSources,
  type Call,
  type Outcome,
  type Refusal,
  textOf,
  timestamp,
} from './service.js'

/**
 * A bot that a stand-in knows, as Create Bot would have made it.
 *
 * @example
 * ```ts
 * const bot: StandInBot = { recording_config: { video_mixed_layout: 'gallery_view_v2' }, variant: 'web_4_core' }
 * ```
 */
export interface StandInBot {
  /**
   * How far the bot is: `in_waiting_room` has not begun, `done` is over, `in_call_recording` records by itself.
   *
   * @default 'in_call_not_recording'
   */
  readonly status?: string | undefined
  /** What Create Bot was given; null: nothing is recorded before a start. Left out: the defaults. */
  readonly recording_config?: JsonObject | null | undefined
  /** The kind of machine. */
  readonly variant?: string | undefined
  readonly bot_name?: string | undefined
  readonly meeting_url?: JsonValue | undefined
  readonly metadata?: Readonly<Record<string, string>> | undefined
}

interface Bot {
  readonly id: string
  readonly settings: StandInBot
  /** As the service would echo it. */
  readonly config: JsonObject | null
  readonly changes: JsonObject[]
  readonly recordings: Recording[]
  status: string
}

interface Recording {
  readonly id: string
  readonly bot: Bot
  readonly config: JsonObject
  readonly createdAt: number
  status: 'processing' | 'paused' | 'done'
  updatedAt: number
  completedAt: number | null
}

const unstarted = ['ready', 'joining_call', 'in_waiting_room']
const completed = ['call_ended', 'done', 'fatal']
const running = ['processing', 'paused']
export const botStatuses = [...unstarted, 'in_call_not_recording', 'in_call_recording', ...completed]
const recordingsOfPage = 20
// An answer does not grow with the age of a bot: these come back with it, the newest ones.
const recordingsOfBot = 20

export function recallBehaviour(
  { example }: BehaviourSources,
  known: Readonly<Record<string, StandInBot>> | undefined,
): Behaviour {
  const bots = new Map<string, Bot>()
  const recordings = new Map<string, Recording>()
  const settingsOf = new Map(Object.entries(known ?? {}).map(([id, settings]) => [id.toLowerCase(), settings]))

  const botOf = ({ parameters, now }: Call): Bot | undefined => {
    const id = textOf(parameters['id']).toLowerCase()
    const bot = bots.get(id)
    if (bot !== undefined) return bot
    const settings = known === undefined ? {} : settingsOf.get(id)
    if (settings === undefined) return undefined
    const made: Bot = {
      id,
      settings,
      config: echoedConfig(settings.recording_config),
      changes: [],
      recordings: [],
      status: settings.status ?? 'in_call_not_recording',
    }
    bots.set(id, made)
    if (made.status === 'in_call_recording') begin(made, made.config ?? {}, now)
    else change(made, made.status, now)
    return made
  }

  const begin = (bot: Bot, config: JsonObject, now: number): Recording => {
    const recording: Recording = {
      id: randomUUID(),
      bot,
      config,
      createdAt: now,
      status: 'processing',
      updatedAt: now,
      completedAt: null,
    }
    bot.recordings.push(recording)
    recordings.set(recording.id, recording)
    change(bot, 'in_call_recording', now)
    return recording
  }

  const show = (bot: Bot): JsonValue => ({
    ...(example('startRecording') as JsonObject),
    id: bot.id,
    ...(bot.settings.bot_name !== undefined && { bot_name: bot.settings.bot_name }),
    ...(bot.settings.meeting_url !== undefined && { meeting_url: bot.settings.meeting_url }),
    recording_config: bot.config,
    status_changes: bot.changes.slice(-2 * recordingsOfBot),
    recordings: bot.recordings.slice(-recordingsOfBot).map(shortForm),
    metadata: bot.settings.metadata ?? {},
  })

  // A command to a bot that is in its call.
  const command = (act: (bot: Bot, running: Recording | undefined, call: Call) => Outcome) => {
    return (call: Call): Outcome => {
      const bot = botOf(call)
      if (bot === undefined) return { status: 404 }
      if (unstarted.includes(bot.status)) return { status: 400, example: 'unstarted' }
      if (completed.includes(bot.status)) return { status: 400, example: 'completed' }
      const last = bot.recordings.at(-1)
      return act(bot, last && running.includes(last.status) ? last : undefined, call)
    }
  }

  // A command that needs a recording that runs, in that state.
  const whileIt = (status: Recording['status'] | undefined, act: (recording: Recording, now: number) => void) =>
    command((bot, recording, { now }) => {
      if (recording === undefined || (status !== undefined && recording.status !== status))
        return { status: 400, example: 'idle' }
      act(recording, now)
      return { value: show(bot) }
    })

  return {
    operations: {
      startRecording: command((bot, runs, { body, now }) => {
        if (runs !== undefined) finish(runs, now)
        const { id } = begin(bot, body, now)
        return { value: show(bot), started: id }
      }),
      stopRecording: whileIt(undefined, (recording, now) => {
        finish(recording, now)
        change(recording.bot, 'in_call_not_recording', now)
      }),
      pauseRecording: whileIt('processing', (recording, now) => {
        become(recording, 'paused', now)
        change(recording.bot, 'in_call_not_recording', now)
      }),
      resumeRecording: whileIt('paused', (recording, now) => {
        become(recording, 'processing', now)
        change(recording.bot, 'in_call_recording', now)
      }),
      requestRecordingPermission: command((bot) => ({ value: show(bot) })),
      retrieveBot: (call) => {
        const bot = botOf(call)
        return bot === undefined ? { status: 404 } : { value: show(bot) }
      },
      listRecordings: ({ parameters, url }) => ({ value: page([...recordings.values()], parameters, url) }),
      retrieveRecording: ({ parameters }) => {
        const recording = recordings.get(textOf(parameters['id']).toLowerCase())
        return recording === undefined ? { status: 404 } : { value: longForm(recording) }
      },
    },
    refusal: (_status, problems) => fieldMap(problems),
    problem: (_status, message) => ({ detail: message }),
    settings: (call) => {
      const { variant } = botOf(call)?.settings ?? {}
      return variant === undefined ? {} : { variant }
    },
  }
}

// What was left out took its default, and what is null does not come back.
function echoedConfig(given: JsonObject | null | undefined): JsonObject | null {
  if (given === null) return null
  const checked = recordingConfig.with({ unknown: 'allow' }).check(given ?? {}).value as unknown as
    JsonObject | undefined
  return Object.fromEntries(Object.entries(checked ?? given ?? {}).filter(([, value]) => value !== null))
}

function change(bot: Bot, code: string, now: number): void {
  bot.status = code
  bot.changes.push({ code, created_at: timestamp(now), message: null, sub_code: null })
  if (bot.changes.length > 4 * recordingsOfBot) bot.changes.splice(0, 2 * recordingsOfBot)
}

function become(recording: Recording, status: Recording['status'], now: number): void {
  recording.status = status
  recording.updatedAt = now
}

function finish(recording: Recording, now: number): void {
  become(recording, 'done', now)
  recording.completedAt = now
}

function shortForm({ id, createdAt, completedAt, updatedAt, status, config }: Recording): JsonObject {
  return {
    id,
    created_at: timestamp(createdAt),
    started_at: timestamp(createdAt),
    completed_at: completedAt === null ? null : timestamp(completedAt),
    expires_at: expiry(config['retention'], completedAt),
    status: { code: status, sub_code: null, updated_at: timestamp(updatedAt) },
    media_shortcuts: null,
    metadata: config['metadata'] ?? {},
  }
}

function expiry(retention: JsonValue | undefined, completedAt: number | null): string | null {
  const hours = (retention as JsonObject | null | undefined)?.['hours']
  return typeof hours === 'number' && completedAt !== null ? timestamp(completedAt + hours * 3_600_000) : null
}

function longForm(recording: Recording): JsonObject {
  const endpoints = (recording.config['realtime_endpoints'] ?? []) as readonly JsonObject[]
  return {
    ...shortForm(recording),
    bot: { id: recording.bot.id, metadata: recording.bot.settings.metadata ?? {} },
    desktop_sdk_upload: null,
    realtime_endpoints: endpoints.map((endpoint, index) => ({
      id: `${recording.id.slice(0, -4)}${index.toString(16).padStart(4, '0')}`,
      metadata: endpoint['metadata'] ?? {},
    })),
  }
}

// The newest first. A cursor says how many came before.
function page(all: readonly Recording[], parameters: Call['parameters'], url: URL): JsonValue {
  const asked = (name: string) => parameters[name] as string | undefined
  const after = moment(asked('created_at_after'), -Infinity)
  const before = moment(asked('created_at_before'), Infinity)
  const found = all
    .filter(
      ({ bot, status, createdAt }) =>
        bot.id === (asked('bot_id')?.toLowerCase() ?? bot.id) &&
        status === (asked('status_code') ?? status) &&
        asked('desktop_sdk_upload_id') === undefined &&
        createdAt > after &&
        createdAt < before,
    )
    .reverse()
  const begin = positionOf(asked('cursor'))
  const link = (position: number): string => {
    const target = new URL(url)
    target.searchParams.set('cursor', cursorAt(position))
    return target.href
  }
  return {
    next: begin + recordingsOfPage < found.length ? link(begin + recordingsOfPage) : null,
    previous: begin > 0 ? link(Math.max(0, begin - recordingsOfPage)) : null,
    results: found.slice(begin, begin + recordingsOfPage).map(longForm),
  }
}

function moment(text: string | undefined, otherwise: number): number {
  const time = text === undefined ? NaN : Date.parse(text)
  return Number.isNaN(time) ? otherwise : time
}

function cursorAt(position: number): string {
  return Buffer.from(`p=${position}`).toString('base64url')
}

function positionOf(cursor: string | undefined): number {
  const [, position] = /^p=(\d+)$/.exec(Buffer.from(cursor ?? '', 'base64url').toString()) ?? []
  return Number(position ?? 0)
}

interface FieldErrors {
  readonly messages: string[]
  readonly members: Map<string | number, FieldErrors>
}

// Errors nested like the body: a list of sentences for each field; for the elements of a list, an object each, up to the
// last one that has errors.
function fieldMap(problems: readonly Refusal[]): JsonValue {
  const root: FieldErrors = { messages: [], members: new Map() }
  for (const { path, message } of problems) {
    let at = root
    for (const token of path) {
      const member = at.members.get(token) ?? { messages: [], members: new Map() }
      at.members.set(token, member)
      at = member
    }
    at.messages.push(message)
  }
  return root.members.size === 0 ? { non_field_errors: root.messages } : errorsOf(root)
}

function errorsOf({ messages, members }: FieldErrors): JsonValue {
  if (members.size === 0) return messages
  const entries = [...members].map(([token, member]) => [token, errorsOf(member)] as const)
  const isListOfObjects = [...members].every(([token, member]) => typeof token === 'number' && member.members.size > 0)
  if (!isListOfObjects) return Object.fromEntries(entries)
  const list: JsonValue[] = Array.from({ length: Math.max(...entries.map(([index]) => Number(index))) + 1 }, () => ({}))
  for (const [index, errors] of entries) list[Number(index)] = errors
  return list
}
