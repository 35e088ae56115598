// Calls of a stand-in as a program makes them: requests that recreq builds, sent to this machine instead.
import * as realtimekit from 'recreq/realtimekit'
import * as recall from 'recreq/recall'
import * as videosdk from 'recreq/videosdk'
import { startStandIn } from 'recreq/stand-in'

export const modules = { recall, realtimekit, videosdk }

/** A placeholder under every name that a provider has for its credential. */
export const credentials = { apiKey: 'placeholder', apiToken: 'placeholder', token: 'placeholder' }

export const bot = '3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55'
export const meeting = '97440c6a-140b-40a9-9499-b23fd7a3868a'
const around = {
  recall: { region: 'us-west-2' },
  realtimekit: { account_id: 'an-account', app_id: 'an-app' },
  videosdk: {},
}

/** A stand-in that ends with the test. */
export async function standInFor(test, options) {
  const standIn = await startStandIn(options)
  test.after(() => standIn.stop())
  return standIn
}

/** Sends what recreq builds of an input; gives status, headers and the parsed body. */
export async function call(standIn, provider, operation, input = {}, headers = {}) {
  const request = modules[provider][operation]
    .with({ unknown: 'allow' })
    .build({ ...around[provider], ...input })
    .toRequest(credentials)
  const { pathname, search } = new URL(request.url)
  return await send(standIn, request.method, pathname + search, {
    headers: { ...Object.fromEntries(request.headers), ...headers },
    body: request.body === null ? undefined : await request.text(),
  })
}

/** Sends a start as it is, right or wrong. */
export function start(standIn, body, headers = {}) {
  return post(standIn, `/api/v1/bot/${bot}/start_recording/`, body, { authorization: 'Token placeholder', ...headers })
}

export function post(standIn, path, body, headers = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return send(standIn, 'POST', path, { headers: { 'content-type': 'application/json', ...headers }, body: text })
}

/**
 * Sends anything.
 * @param {import('recreq/stand-in').StandIn} standIn
 * @param {string} method
 * @param {string} path
 * @param {{ headers?: Record<string, string>, body?: string, signal?: AbortSignal }} [options]
 * @returns {Promise<{ status: number, headers: Headers, text: string, body: any }>}
 */
export async function send(standIn, method, path, { headers = {}, body, signal } = {}) {
  const answer = await fetch(standIn.url + path, { method, headers, body, signal })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, body: parsed(text) }
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
