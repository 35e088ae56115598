// Rules of the caller's own: what they see, what becomes of what they say, and what happens when they fail.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CustomRuleError, InvalidOptionsError, RecreqError, RequestInvalidError } from 'recreq'
import * as recall from 'recreq/recall'
import { around, thrownBy } from './recall-input.mjs'

const { startRecording } = recall

/** @type {recall.CustomRule<recall.StartRecordingBody>} */
const shortRetention = {
  id: 'team/keep-a-day-at-most',
  check({ retention }) {
    if (retention?.type !== 'timed' || (retention.hours ?? 0) <= 24) return undefined
    return {
      pointer: '/retention/hours',
      message: 'We keep recordings for {most} hours at most.',
      params: { most: 24 },
      fix: [{ op: 'add', path: '/retention/hours', value: 24 }],
      docs: 'https://example.com/retention',
    }
  },
}
const long = { retention: { type: /** @type {const} */ ('timed'), hours: 72 } }

/**
 * @param {(body: any) => any} check
 * @param {Partial<recall.CustomRule>} [rest]
 */
const operationWith = (check, rest = {}) => startRecording.with({ customRules: [{ id: 'team/rule', check, ...rest }] })

describe('a custom rule', () => {
  it('reports issues like those of the provider', () => {
    const report = startRecording.with({ customRules: [shortRetention] }).check(around(long))
    assert.equal(report.ok, false)
    assert.deepEqual(report.errors, [
      {
        code: 'rule',
        rule: 'team/keep-a-day-at-most',
        severity: 'error',
        path: ['body', 'retention', 'hours'],
        pointer: '/body/retention/hours',
        message: 'We keep recordings for 24 hours at most.',
        params: { most: 24 },
        fix: [{ op: 'add', path: '/body/retention/hours', value: 24 }],
        docs: 'https://example.com/retention',
      },
    ])
  })

  it('keeps a request from being built, unless it only warns', () => {
    const strict = startRecording.with({ customRules: [shortRetention] })
    const error = thrownBy(() => strict.build(around(long)))
    assert.ok(error instanceof RequestInvalidError)
    assert.equal(error.issues[0]?.rule, 'team/keep-a-day-at-most')
    const warning = startRecording.with({ customRules: [{ ...shortRetention, severity: 'warning' }] })
    const request = warning.build(around(long))
    assert.equal(request.issues[0]?.severity, 'warning')
    assert.equal(request.body, startRecording.build(around(long)).body)
  })

  it('is set by the option `rules` like any other', () => {
    const strict = startRecording.with({ customRules: [shortRetention] })
    assert.equal(strict.with({ rules: { 'team/keep-a-day-at-most': 'off' } }).check(around(long)).ok, true)
    const informed = strict.with({ rules: { 'team/keep-a-day-at-most': 'info' } }).check(around(long))
    assert.deepEqual([informed.ok, informed.issues[0]?.severity], [true, 'info'])
    const misspelt = thrownBy(() => strict.with({ rules: { 'team/keep-a-day-at-mos': 'off' } }))
    assert.match(misspelt.message, /Did you mean "team\/keep-a-day-at-most"/)
  })

  it('takes the place of an earlier one with its id, and stands beside others', () => {
    const first = operationWith(() => ({ message: 'first' }))
    const second = first.with({ customRules: [{ id: 'team/rule', check: () => ({ message: 'second' }) }] })
    const third = second.with({ customRules: [{ id: 'team/other', check: () => ({ message: 'third' }) }] })
    assert.deepEqual(third.check(around({})).issues.map(({ message }) => message), ['second', 'third'])
  })

  it('looks at the effective body: defaults and extra fields are there', () => {
    /** @type {any} */
    let seen
    const operation = operationWith((body) => void (seen = body)).with({ extraBody: { new_field: 1 } })
    assert.equal(operation.check(around({})).ok, true)
    assert.equal(seen.new_field, 1)
    assert.equal(String(operation.build(around({})).body), JSON.stringify(seen))
    seen = undefined
    assert.equal(operation.body.check('{}').ok, true)
    assert.equal(seen.new_field, 1)
  })

  it('cannot change the body', () => {
    const operation = operationWith((body) => {
      body.retention.hours = 1
    })
    const error = thrownBy(() => operation.check(around(long)))
    assert.ok(error instanceof CustomRuleError)
    assert.ok(error.cause instanceof TypeError)
    const report = operationWith((body) => {
      Reflect.set(body.retention, 'hours', 1)
      Reflect.deleteProperty(body, 'retention')
    }).check(around(long))
    assert.deepEqual(report.value?.body?.retention, long.retention)
    assert.doesNotThrow(() => Object.assign(report.value?.body ?? {}, { a: 1 }), 'what the caller gets is not frozen')
  })

  it('that changes the caller’s bytes does not change what is sent', () => {
    const bytes = new TextEncoder().encode('{"metadata":{"a":"b"}}')
    const { body } = operationWith(() => void bytes.fill(0x20)).build(around(bytes))
    assert.deepEqual(JSON.parse(new TextDecoder().decode(/** @type {any} */ (body))).metadata, { a: 'b' })
  })

  it('is not asked about a body whose types are wrong, nor about one that cannot be read', () => {
    const operation = operationWith(() => assert.fail('it was asked'))
    for (const body of [{ retention: 3 }, '{"retention":', { video_mixed_mp4: [] }]) {
      assert.equal(operation.check(around(body)).ok, false)
    }
  })

  it('is asked about a body whose keys are unlisted, or that breaks other rules', () => {
    const operation = operationWith(() => ({ message: 'asked' }))
    for (const body of [{ unlisted: 1 }, { video_separate_mp4: {} }]) {
      assert.equal(operation.check(around(body)).issues.at(-1)?.message, 'asked')
    }
    const { issues } = operation.check(/** @type {any} */ ({ ...around({}), region: 7 }))
    assert.deepEqual(issues.map(({ pointer }) => pointer), ['/region', '/body'])
  })

  it('has positions in text and in bytes', () => {
    const text = '{ "metadata": {"ä": "é", "retention": "{\\"[}", "hours": "1"},\n  "retention" : { "type":"timed",\n"hours": 72 } }'
    const operation = startRecording.with({
      customRules: [shortRetention, { id: 'team/default', check: () => ({ pointer: '/video_mixed_mp4', message: 'filled in' }) }],
    })
    const [inText, atDefault] = operation.check(around(text)).issues
    assert.deepEqual([inText?.offset, inText?.line, inText?.column], [text.indexOf('72'), 3, 10])
    assert.deepEqual([atDefault?.offset, atDefault?.line], [0, 1])
    const [inBytes] = operation.body.check(new TextEncoder().encode(text)).issues
    assert.deepEqual([inBytes?.offset, inBytes?.line, inBytes?.column], [text.indexOf('72') + 2, 3, 10])
    assert.equal(operation.check(around(JSON.parse(text))).issues[0]?.line, undefined)
  })

  it('names elements by their number, and keys as they are', () => {
    const operation = operationWith(() => [
      { pointer: '/realtime_endpoints/0/url', message: 'an element' },
      { pointer: '/metadata/0~1~01', message: 'a key' },
    ])
    const body = {
      metadata: { '0/~1': 'x' },
      realtime_endpoints: [{ type: 'webhook', url: 'https://example.com/a', events: ['participant_events.join'] }],
    }
    const { issues } = operation.body.check(/** @type {any} */ (body))
    assert.deepEqual(issues.map(({ path }) => path), [['realtime_endpoints', 0, 'url'], ['metadata', '0/~1']])
  })

  it('comes after the rules of the provider, in the order of the list', () => {
    const operation = startRecording.with({
      customRules: [
        { id: 'team/b', check: () => [{ message: 'b1' }, { message: 'b2' }] },
        { id: 'team/a', check: () => ({ message: 'a' }) },
      ],
    })
    const { issues } = operation.check(around({ video_separate_png: {} }))
    assert.equal(issues[0]?.rule, 'recall/separate-video-layout')
    assert.deepEqual(issues.slice(1).map(({ message }) => message), ['b1', 'b2', 'a'])
  })

  it('counts for the limit of issues', () => {
    const operation = startRecording.with({
      limits: { issues: 3 },
      customRules: ['a', 'b'].map((id) => ({ id, check: () => [{ message: '1' }, { message: '2' }] })),
    })
    const report = operation.check(around({}))
    assert.deepEqual([report.issues.length, report.truncated, report.ok], [3, true, false])
  })

  it('speaks in Standard Schema results', () => {
    const result = startRecording.with({ customRules: [shortRetention] }).body['~standard'].validate(long)
    assert.deepEqual(result.issues?.map(({ path }) => path), [['retention', 'hours']])
  })

  it('is translated by its id', () => {
    const operation = startRecording.with({
      customRules: [shortRetention],
      messages: { 'team/keep-a-day-at-most': 'Höchstens {most} Stunden.' },
    })
    assert.equal(operation.check(around(long)).errors[0]?.message, 'Höchstens 24 Stunden.')
  })
})

describe('a custom rule that fails', () => {
  const broken = new Error('the rule is broken')
  for (const [name, check, problem] of /** @type {[string, (body: any) => any, RegExp][]} */ ([
    ['throws', () => { throw broken }, /threw an exception/],
    ['returns a promise', async () => undefined, /at once/],
    ['returns a text', () => 'wrong', /at once/],
    ['returns a list of texts', () => ['wrong'], /no issue/],
    ['has no message', () => ({ pointer: '' }), /"message" is not a text/],
    ['has no JSON Pointer', () => ({ message: 'x', pointer: 'retention' }), /"pointer" is not a JSON Pointer/],
    ['has an unknown severity', () => ({ message: 'x', severity: 'fatal' }), /"severity"/],
    ['has params of another kind', () => ({ message: 'x', params: { a: {} } }), /"params"/],
    ['has a fix that is none', () => ({ message: 'x', fix: [{ op: 'test', path: '/a' }] }), /"fix"/],
    ['never ends', function* () { for (;;) yield { message: 'again' } }, /more than 100 issues/],
    ['throws after an issue', function* () { yield { message: 'x' }; throw broken }, /threw an exception/],
  ])) {
    it(`is a typed error when it ${name}`, () => {
      const operation = operationWith(check)
      for (const call of [
        () => operation.check(around({})),
        () => operation.build(around({})),
        () => operation.body.check('{}'),
      ]) {
        const error = thrownBy(call)
        assert.ok(error instanceof CustomRuleError)
        assert.ok(error instanceof RecreqError)
        assert.equal(error.name, 'CustomRuleError')
        assert.equal(error.rule, 'team/rule')
        assert.match(error.message, problem)
        if (/threw/.test(problem.source)) assert.equal(error.cause, broken)
      }
      assert.equal(startRecording.check(around({})).ok, true)
    })
  }
})

describe('what is no custom rule', () => {
  for (const [name, customRules, option] of /** @type {[string, any, string][]} */ ([
    ['no list', {}, 'customRules'],
    ['a function alone', [() => undefined], 'customRules[0]'],
    ['without a function', [{ id: 'team/a' }], 'customRules[0]'],
    ['without an id', [{ check: () => undefined }], 'customRules[0].id'],
    ['with the id of a provider’s rule', [{ id: 'recall/no-localhost', check: () => undefined }], 'customRules[0].id'],
    ['with a severity that there is not', [{ id: 'a', severity: 'off', check: () => undefined }], 'customRules[0].severity'],
  ])) {
    it(`is refused at once: ${name}`, () => {
      const error = thrownBy(() => startRecording.with({ customRules }))
      assert.ok(error instanceof InvalidOptionsError)
      assert.equal(error.option, option)
    })
  }
})
