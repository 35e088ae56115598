// Gateways for tests, and requests as pages and others send them.
import { createGateway } from 'recreq/gateway'
import * as realtimekit from 'recreq/realtimekit'
import * as recall from 'recreq/recall'
import * as videosdk from 'recreq/videosdk'
import { account_id, apiKey, apiToken, app_id, startService, token } from './fake-service.mjs'

export const origin = 'https://app.example'
export const basePath = '/api/recordings'

/** An address at which nobody listens. */
export async function closedUrl() {
  const { url, stop } = await startService(() => undefined)
  await stop()
  return url
}

// Tests do not wait for what a person would.
const quick = { retry: { backoff: 1, maxRetryAfter: 5 }, limiter: /** @type {const} */ (false) }
const signedIn = () => ({ id: 'a-user' })

/**
 * @param {string} baseUrl
 * @param {object} [options]
 */
export const recallGateway = (baseUrl, options) =>
  createGateway(recall, {
    basePath,
    baseUrl,
    region: 'us-west-2',
    credentials: { apiKey },
    operations: operationsOf(recall),
    authorize: signedIn,
    ...quick,
    ...options,
  })

/**
 * @param {string} baseUrl
 * @param {object} [options]
 */
export const realtimekitGateway = (baseUrl, options) =>
  createGateway(realtimekit, {
    basePath,
    baseUrl,
    credentials: { apiToken },
    parameters: { account_id, app_id },
    operations: operationsOf(realtimekit),
    authorize: signedIn,
    ...quick,
    ...options,
  })

/**
 * @param {string} baseUrl
 * @param {object} [options]
 */
export const videosdkGateway = (baseUrl, options) =>
  createGateway(videosdk, {
    basePath,
    baseUrl,
    credentials: { token },
    operations: operationsOf(videosdk),
    authorize: signedIn,
    ...quick,
    ...options,
  })

/** The gateways, by the names of their providers. */
export const gateways = { recall: recallGateway, realtimekit: realtimekitGateway, videosdk: videosdkGateway }

/**
 * @template {{ service: { operations: object } }} Provider
 * @param {Provider} provider
 * @returns {any[]}
 */
export function operationsOf({ service }) {
  return Object.keys(service.operations)
}

/**
 * What a page posts. A text is posted as it is.
 * @param {string} operation
 * @param {unknown} [input]
 * @param {RequestInit & { headers?: Record<string, string> }} [init]
 */
export function post(operation, input = {}, init = {}) {
  return new Request(`${origin}${basePath}/${operation}`, {
    method: 'POST',
    body: typeof input === 'string' || input instanceof Uint8Array ? /** @type {BodyInit} */ (input) : JSON.stringify(input),
    ...init,
    headers: { 'content-type': 'application/json', origin, ...init.headers },
  })
}

/**
 * An answer's problem: its name, its status, and the rest of it.
 * @param {Response} response
 */
export async function problemOf(response) {
  const problem = await response.json()
  return { ...problem, name: problem.type.replace('urn:recreq:problem:', ''), headers: response.headers, http: response.status }
}
