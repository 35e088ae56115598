// Answers that no service means well with.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import * as recall from 'recreq/recall'
import { around } from './recall-input.mjs'

const { startRecording } = recall
const request = startRecording.build(around({ metadata: { a: 'b' } }))

/** @returns {recall.AnswerFailure} */
function read(body, status = 400, options = {}) {
  const answer = startRecording.readAnswer({ status, body: typeof body === 'string' ? body : JSON.stringify(body) }, { request, ...options })
  assert.ok(!answer.ok)
  return answer
}

it('keeps prototypes as they are', () => {
  const answer = read('{"__proto__":{"polluted":["x"]},"metadata":{"__proto__":["y"],"constructor":["z"]}}')
  assert.equal(/** @type {any} */ ({}).polluted, undefined)
  assert.deepEqual(answer.issues.map(({ pointer }) => pointer), ['/body', '/body/metadata/__proto__', '/body/metadata/constructor'])
  assert.equal(read('{"__proto__":{"detail":"x","code":"y"}}').code, undefined)
})

it('takes nothing that somebody laid on Object.prototype for part of an answer', (context) => {
  Object.defineProperty(Object.prototype, 'detail', { value: 'inherited', configurable: true })
  context.after(() => delete (/** @type {any} */ (Object.prototype).detail))
  assert.doesNotMatch(read('{"code":"x"}').message, /inherited/)
})

it('survives nesting of any depth', () => {
  const deep = (open, close) => open.repeat(100_000) + '"x"' + close.repeat(100_000)
  for (const body of [deep('[', ']'), deep('{"a":', '}'), `{"metadata":${deep('{"a":', '}')}}`, '['.repeat(100_000)]) {
    assert.equal(read(body).kind, 'invalid-request')
    assert.equal(read(body, 200).kind, 'unreadable')
  }
})

it('lists no more issues than anybody reads', () => {
  const answer = read(Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`field_${index}`, ['No.', 'No!']])))
  assert.equal(answer.issues.length, 100)
  assert.equal(answer.truncated, true)
  assert.ok(answer.message.length < 1000)
  assert.equal(read({ a: ['No.'] }).truncated, false)
})

it('cuts sentences off that have no end', () => {
  const long = 'x'.repeat(100_000)
  for (const body of [{ detail: long }, { code: long, detail: 'x' }, { metadata: [long] }, { metadata: { [long]: ['x'] } }, long, `<html><title>${long}`]) {
    const answer = read(body)
    assert.ok(answer.message.length < 1000, String(answer.message.length))
    assert.ok((answer.code ?? '').length <= 500)
    for (const { message } of answer.issues) assert.ok(message.length < 1500)
  }
})

it('reads baits for regular expressions as fast as anything', () => {
  const baits = ['<title'.repeat(50_000), '"a'.repeat(50_000), 'Token '.repeat(50_000), 'eyJ'.repeat(100_000), 'eyJ-'.repeat(100_000), '<title '.repeat(50_000), '. "'.repeat(50_000), ' '.repeat(300_000)]
  for (const bait of baits) for (const body of [bait, { detail: bait }, `<html>${bait}`]) read(body)
})

it('reads an answer to a request that is none of ours', () => {
  for (const body of [undefined, '', 'no JSON', '[]', 'null', '"text"', new Uint8Array([0xff])]) {
    const answer = startRecording.readAnswer({ status: 400, body: '{"metadata":{"a":["No."]}}' }, { request: { url: 'nowhere', body } })
    assert.ok(!answer.ok)
    assert.equal(answer.issues.length, 1)
    assert.match(answer.issues[0]?.pointer ?? '', /^\/body/)
  }
})

it('takes success that is none for a failure', () => {
  for (const body of ['', 'OK', 'null', 'true', '0', '{}', '[]', '<html>', '{"success":false}']) assert.equal(read(body, 200).kind, 'unreadable', body)
})
