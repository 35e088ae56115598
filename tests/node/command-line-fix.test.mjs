// `recreq fix`: what it changes, what it leaves, and that it leaves the form of a file alone.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { editText } from '../../build/javascript/command-line/mending/json-edit.js'
import { patchBetween } from '../../build/javascript/command-line/mending/json-patch.js'
import { call, workplace } from './command-line.mjs'

const file = `{
  "$schema": "recreq/schemas/recall.startRecording.json",
  "real_time_endpoints": [
    { "type": "websocket", "url": "wss://live.example.com?a", "events": ["participant_events.join"] }
  ],
  "video_separate_mp4":   {},
  "retention": { "type": "timed",
                 "hours": 7.20e1 }
}
`
const mended = file
  .replace('real_time', 'realtime')
  .replace('.com?a', '.com/?a')
  .replace('7.20e1 }\n', '7.20e1 },\n  "video_mixed_layout": "gallery_view_v2"\n')

it('writes a mended file with its form kept, and says so', () => {
  const place = workplace({ 'a.json': file })
  try {
    const { status, stdout, stderr } = place.run(['fix', 'a.json', '--write'])
    assert.equal(readFileSync(join(place.folder, 'a.json'), 'utf8'), mended)
    assert.deepEqual([status, stdout], [0, ''])
    assert.match(stderr, /\n1 file mended; left: 1 note\.\n$/)
    assert.match(place.run(['fix', 'a.json', '--write']).stderr, /\nNothing to mend; left: 1 note\.\n$/)
    assert.equal(place.run(['check', 'a.json']).status, 0)
  } finally {
    place.remove()
  }
})

it('writes nothing unless it is told to, and shows what would change', () => {
  const place = workplace({ 'a.json': file.replace('wss://live.example.com?a', 'wss://live.example.com/a') })
  try {
    const { status, stdout, stderr } = place.run(['fix', 'a.json'])
    assert.equal(status, 0)
    assert.match(stdout, /^--- a\.json\n\+\+\+ a\.json\n@@ -1,9 \+1,10 @@\n/)
    assert.match(stdout, /\n- {2}"real_time_endpoints": \[\n\+ {2}"realtime_endpoints": \[\n/)
    assert.match(stderr, /\n1 file can be mended with --write; left: 1 note\.\n$/)
    assert.notEqual(readFileSync(join(place.folder, 'a.json'), 'utf8'), mended)
  } finally {
    place.remove()
  }
})

it(
  'shows a change that patch can apply, where nothing is withheld',
  { skip: spawnSync('patch', ['--version']).error !== undefined },
  () => {
    const place = workplace({ 'a.json': '{\n  "videoo_mixed_mp4": {},\n  "transcript": null\n}\n' })
    try {
      const { stdout } = place.run(['fix', 'recall.startRecording', 'a.json'])
      const { status } = spawnSync('patch', ['-p0'], { cwd: place.folder, input: stdout })
      assert.equal(status, 0)
      assert.equal(readFileSync(join(place.folder, 'a.json'), 'utf8'), '{\n  "video_mixed_mp4": {},\n  "transcript": null\n}\n')
    } finally {
      place.remove()
    }
  },
)

it('prints a JSON Patch whose operations follow each other', () => {
  const { stdout } = call({ 'a.json': file }, ['fix', 'a.json', '--format', 'json'])
  assert.deepEqual(JSON.parse(stdout), [
    { op: 'add', path: '/video_mixed_layout', value: 'gallery_view_v2' },
    { op: 'move', from: '/real_time_endpoints', path: '/realtime_endpoints' },
    { op: 'replace', path: '/realtime_endpoints/0/url', value: 'wss://live.example.com/?a' },
  ])
  assert.equal(call({ 'a.json': '{}' }, ['fix', 'recall.startRecording', 'a.json', '--format', 'json']).stdout, '[]\n')
})

it('ends with 1 while an error is left, and says which', () => {
  const { status, stderr } = call({ 'a.json': '{"videoo_mixed_mp4":{},"retention":5}' }, [
    'fix',
    'recall.startRecording',
    'a.json',
  ])
  assert.equal(status, 1)
  assert.match(stderr, /^error a\.json:1:\d+ {2}\/retention /)
  assert.match(stderr, /\n1 file can be mended with --write; left: 1 error\.\n$/)
})

it('takes the members of a wrapper out of it, and leaves $schema', () => {
  const text = '{\n  "$schema": "recall.startRecording",\n  "recording_config": { "transcript": null }\n}\n'
  const place = workplace({ 'a.json': text })
  try {
    assert.equal(place.run(['fix', 'a.json', '--write']).status, 0)
    assert.deepEqual(JSON.parse(readFileSync(join(place.folder, 'a.json'), 'utf8')), {
      $schema: 'recall.startRecording',
      transcript: null,
    })
  } finally {
    place.remove()
  }
})

it('leaves alone what is no JSON, or has a key twice', () => {
  for (const text of ['{"videoo_mixed_mp4":{}', '{"videoo_mixed_mp4":{},"videoo_mixed_mp4":null}']) {
    const place = workplace({ 'a.json': text })
    try {
      const { status } = place.run(['fix', 'recall.startRecording', 'a.json', '--write'])
      assert.equal(status, 1)
      assert.equal(readFileSync(join(place.folder, 'a.json'), 'utf8'), text)
    } finally {
      place.remove()
    }
  }
})

it('refuses what it could not do', () => {
  const files = { 'a.json': '{}', 'b.json': '{}' }
  for (const args of [['-', '--write'], ['a.json', 'b.json', '--format', 'json'], []]) {
    const { status, stdout, stderr } = call(files, ['fix', 'recall.startRecording', ...args])
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, /^recreq: [^\n]+\n$/)
  }
})

describe('an edit of text', () => {
  /** @type {Record<string, [before: string, after: import('recreq').JsonValue, text: string]>} */
  const edits = {
    'takes the first member out': ['{ "a": 1, "b": 2 }', { b: 2 }, '{ "b": 2 }'],
    'takes the last member out': ['{\n  "a": 1,\n  "b": [true]\n}', { a: 1 }, '{\n  "a": 1\n}'],
    'takes the only member out': ['{ "a": 1 }', {}, '{}'],
    'adds to an empty object': ['{}', { a: 1 }, '{"a": 1}'],
    'adds to an empty object on lines': ['{\n  "a": {}\n}', { a: { b: [1] } }, '{\n  "a": {\n    "b": [\n      1\n    ]\n  }\n}'],
    'adds a line': ['{\n\t"a":1\n}', { a: 1, b: 'x' }, '{\n\t"a":1,\n\t"b":"x"\n}'],
    'adds an element': ['[1, 2]', [1, 2, 3], '[1, 2, 3]'],
    'puts an element in between': ['[1, 3]', [1, 2, 3], '[1, 2, 3]'],
    'replaces deep below': ['{"a":[{"b":1.0,"c":2}]}', { a: [{ b: 1, c: null }] }, '{"a":[{"b":1.0,"c":null}]}'],
    'moves a value as it was written': [
      '{"a":{"x":"long", "y": [1]},"b":{}}',
      { b: { x: 'long' }, a: { y: [1] } },
      '{"a":{"y": [1]},"b":{"x": "long"}}',
    ],
    'renames a key': ['{ "a~/": "x", "c": 1 }', { c: 1, b: 'x' }, '{ "b": "x", "c": 1 }'],
  }
  for (const [name, [before, after, text]] of Object.entries(edits)) {
    it(name, () => assert.equal(editText(before, patchBetween(JSON.parse(before), after)), text))
  }
})
