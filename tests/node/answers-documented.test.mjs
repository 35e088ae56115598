// Every answer that the documents describe is read: each example of each status of each operation, as what its status
// and the document say that it is.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import * as realtimekit from 'recreq/realtimekit'
import * as recall from 'recreq/recall'
import * as videosdk from 'recreq/videosdk'

const providers = { realtimekit, recall, videosdk }
/** What a status means where the document says nothing else. */
const kinds = {
  400: 'invalid-request',
  401: 'authentication',
  402: 'payment',
  403: 'permission',
  404: 'not-found',
  405: 'invalid-request',
  409: 'conflict',
  422: 'invalid-request',
  429: 'rate-limit',
}

for (const [name, provider] of Object.entries(providers)) {
  const document = JSON.parse(readFileSync(new URL(`../../wasm/specs/${name}.json`, import.meta.url), 'utf8'))
  const resolve = (value) => (value?.$ref ? resolve(at(document, value.$ref)) : value)
  describe(name, () => {
    for (const operation of operationsOf(document)) {
      for (const [status, listed] of Object.entries(operation.responses)) {
        const response = resolve(listed)
        const { description, content = { '': {} } } = response
        for (const [type, media] of Object.entries(content)) {
          const examples = Object.entries(media.examples ?? {})
          if (type !== '') assert.ok(examples.length > 0, `${name} ${operation.operationId} ${status} has no ${type} example`)
          for (const [example, { value }] of type === '' ? [['empty', { value: '' }]] : examples) {
            it(`${operation.operationId}: ${status} ${type} ${example}`, () => {
              const number = Number(status.replace('XX', status === '4XX' ? '00' : '03'))
              const body = type === 'application/json' ? JSON.stringify(value) : value
              const answer = provider[operation.operationId].readAnswer({ status: number, headers: { 'Content-Type': type }, body })
              assert.equal(answer.status, number)
              if (status.startsWith('2')) return assert.deepEqual(answer, { ok: true, status: number, value })
              const { kind = kinds[number] ?? 'service', message = description } = { ...response['x-failure'], ...media['x-failure'] }
              assert.ok(!answer.ok)
              assert.equal(answer.kind, kind)
              assert.ok(answer.message.startsWith(message), answer.message)
              for (const sentence of sentencesIn(value)) {
                assert.ok(answer.message.includes(sentence), `${answer.message} does not say ${sentence}`)
              }
              assert.deepEqual(answer.body, body === '' ? undefined : value)
            })
          }
        }
      }
    }
  })
}

function* operationsOf({ paths }) {
  for (const item of Object.values(paths)) for (const each of Object.values(item)) if (each.operationId) yield each
}

function at(document, reference) {
  const tokens = reference.slice(2).split('/')
  return tokens.reduce((value, token) => value[token.replaceAll('~1', '/').replaceAll('~0', '~')], document)
}

/** What an example says in words: all of its texts with a space in them, a page's title. */
function sentencesIn(value) {
  if (typeof value === 'string') return /^</.test(value) ? /<title>(.*)<\/title>/.exec(value)?.slice(1) ?? [] : value.includes(' ') ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentencesIn) : []
}
