// What leaves JavaScript: values that JSON carries come out as JSON.stringify writes them, the others are issues.
import { readSnapshot } from './read-snapshot.mjs'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import vm from 'node:vm'
import { snapshotInput, snapshotValue } from '../../build/javascript/snapshot.js'

const limits = { bytes: 1_048_576, depth: 64, values: 100_000, issues: 100 }

function take(value, change = {}) {
  const snapshot = snapshotValue(value, { ...limits, ...change })
  const taken = {
    text: snapshot.issues.length === 0 ? JSON.stringify(readSnapshot(snapshot.written)) : undefined,
    issues: [...snapshot.issues],
    truncated: snapshot.truncated,
  }
  snapshot.release()
  return taken
}

function assertWritten(value, text = JSON.stringify(value)) {
  const taken = take(value)
  assert.deepEqual(taken.issues, [])
  assert.equal(taken.text, text)
}

function problems(value, change) {
  return take(value, change).issues.map(({ code, pointer }) => `${code} ${pointer}`)
}

describe('a value that JSON carries', () => {
  it('is written as JSON.stringify writes it', () => {
    for (const value of [
      null,
      true,
      false,
      '',
      'text',
      0,
      7,
      10,
      -1,
      1.5,
      1e21,
      5e-324,
      123456789012,
      {},
      [],
      [[]],
      [{}],
      { a: {} },
    ]) {
      assertWritten(value)
    }
    assertWritten({ a: [1, 'two', { three: [true, null] }], b: { c: -0.25 } })
  })

  it('keeps every character, escaped or not', () => {
    for (let unit = 0; unit < 0x3000; ++unit) assertWritten(`<${String.fromCharCode(unit)}>`)
    assertWritten('😀 \u2028 \uffff \u{10ffff}')
    assertWritten({ 'kéy "quoted"\n': 1, 日本: 2, '': 3 })
  })

  it('keeps long strings, long keys and many of them', () => {
    for (const length of [95, 96, 97, 1_000, 20_000, 200_000]) {
      assertWritten('a'.repeat(length))
      assertWritten('é'.repeat(length))
      assertWritten('"'.repeat(length))
      assertWritten({ ['k'.repeat(length)]: ['v'.repeat(length)] })
    }
    assertWritten(Array.from({ length: 5_000 }, (_, i) => ({ index: i, name: `number ${i}`, nested: [[i]] })))
    assertWritten(Array.from({ length: 2_000 }, () => 'x'.repeat(96)))
  })

  it('is written like JSON.stringify whatever its shape', () => {
    let seed = 1
    const random = (below) => (seed = (seed * 48_271) % 2_147_483_647) % below
    const strings = ['', 'a', 'video_mixed_layout', 'línea', '"', '\\', '\n', '😀', 'z'.repeat(150)]
    const make = (depth) => {
      const kind = random(depth > 5 ? 4 : 7)
      if (kind === 0) return strings[random(strings.length)]
      if (kind === 1) return (random(2_000_000) - 1_000_000) / 10 ** random(8)
      if (kind === 2) return random(2) === 0
      if (kind === 3) return null
      if (kind === 4) return Array.from({ length: random(5) }, () => make(depth + 1))
      return Object.fromEntries(
        Array.from({ length: random(6) }, (_, i) => [strings[random(strings.length)] + i, make(depth + 1)]),
      )
    }
    for (let i = 0; i < 3_000; ++i) assertWritten(make(0))
  })

  it('loses members that are undefined, symbols and inherited members, as in JSON', () => {
    assertWritten({ a: undefined, b: 1, [Symbol('c')]: 2 }, '{"b":1}')
    assertWritten(
      Object.create(Object.freeze(Object.assign(Object.create(null), { inherited: 1 })), {
        own: { value: 1, enumerable: true },
      }),
      '{"own":1}',
    )
  })

  it('has -0 as 0', () => {
    assertWritten([-0], '[0]')
  })

  it('has integers beyond 2^53 as the doubles that they are', () => {
    for (const number of [2 ** 53, 2 ** 60, -(2 ** 63), 1e20, 123456789012345680000, 1e300]) {
      assert.equal(take(number).text, String(number))
    }
  })

  it('may come from another realm, or have no prototype', () => {
    assertWritten(vm.runInNewContext('({ a: [1, { b: "c" }] })'), '{"a":[1,{"b":"c"}]}')
    assertWritten(Object.assign(Object.create(null), { a: 1 }), '{"a":1}')
  })

  it('may be in several places', () => {
    const shared = { metadata: { a: '1' } }
    assertWritten({ one: shared, two: shared, list: [shared, shared] })
  })

  it('may have __proto__ and constructor as plain keys', () => {
    assertWritten(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{}}}'))
  })
})

describe('a value that JSON does not carry', () => {
  for (const [name, value, found] of [
    ['NaN', NaN, 'NaN'],
    ['Infinity', Infinity, 'Infinity'],
    ['-Infinity', -Infinity, '-Infinity'],
    ['a BigInt', 10n, 'BigInt'],
    ['a function', () => {}, 'function'],
    ['a symbol', Symbol('s'), 'symbol'],
    ['a Date', new Date(0), 'Date'],
    ['a Map', new Map(), 'Map'],
    ['a Set', new Set(), 'Set'],
    ['a RegExp', /a/, 'RegExp'],
    ['a URL', new URL('https://example.com'), 'URL'],
    ['an Error', new Error('e'), 'Error'],
    ['a Promise', Promise.resolve(), 'Promise'],
    ['a Uint8Array', new Uint8Array(2), 'Uint8Array'],
    ['a Float64Array', new Float64Array(2), 'Float64Array'],
    ['an ArrayBuffer', new ArrayBuffer(2), 'ArrayBuffer'],
    ['a boxed string', new String('text'), 'String'],
    ['a boxed number', new Number(1), 'Number'],
    ['an instance of a class', new (class Recording {})(), 'Recording'],
    ['a Map of another realm', vm.runInNewContext('new Map()'), 'Map'],
    ['an object that inherits from a plain one', Object.create({ a: 1 }), 'Object'],
  ]) {
    it(`is an issue at its place: ${name}`, () => {
      const { issues } = take({ outer: [0, { inner: value }] })
      assert.equal(issues.length, 1)
      const [issue] = issues
      assert.equal(issue.code, 'not-json')
      assert.equal(issue.severity, 'error')
      assert.equal(issue.pointer, '/outer/1/inner')
      assert.deepEqual(issue.path, ['outer', 1, 'inner'])
      assert.deepEqual(issue.params, { found })
      assert.match(issue.message, new RegExp(`${found}: .*(write|leave|await)`))
    })
  }

  it('is an issue when it is undefined in an array, or a hole', () => {
    const array = [undefined, 1]
    array[3] = 2
    assert.deepEqual(problems(array), ['not-json /0', 'not-json /2'])
  })

  it('is an issue when there is nothing at all', () => {
    assert.deepEqual(problems(undefined), ['not-json '])
  })

  it('is an issue when it has a toJSON method, which is not called', () => {
    let called = false
    assert.deepEqual(problems({ a: { toJSON: () => (called = true) } }), ['not-json /a/toJSON'])
    assert.equal(called, false)
  })

  it('is an issue when half of a surrogate pair stands alone, in a value or a key', () => {
    for (const text of ['\ud800', 'a\udc00b', '\udc00\ud800', '\ud800\ud800\udc00', 'x'.repeat(500) + '\ud83d']) {
      assert.deepEqual(problems({ text }), ['lone-surrogate /text'])
      assert.equal(problems({ [text]: 1 }).length, 1)
    }
  })

  it('is an issue also where two halves of different texts would make a pair', () => {
    assert.deepEqual(problems(['\ud83d', '\ude00']), ['lone-surrogate /0', 'lone-surrogate /1'])
    assertWritten(['😀', '😀'])
  })

  it('is reported in its order, wherever it is found', () => {
    const value = { a: '\ud800', b: NaN, c: ['x', '\udc00', () => {}], 'd\ud800': 1n }
    assert.deepEqual(problems(value), [
      'lone-surrogate /a',
      'not-json /b',
      'lone-surrogate /c/1',
      'not-json /c/2',
      'lone-surrogate /d\ud800',
      'not-json /d\ud800',
    ])
    const { issues, truncated } = take(value, { issues: 3 })
    assert.deepEqual(
      issues.map(({ pointer }) => pointer),
      ['/a', '/b', '/c/1'],
    )
    assert.equal(truncated, true)
  })

  it('never has its text in a message', () => {
    const secret = 'not-a-real-secret'
    const { issues } = take({
      a: new String(secret),
      b: [secret, secret + '\ud800'],
      c: Symbol(secret),
      d: new Map([[secret, secret]]),
    })
    assert.equal(issues.length, 4)
    assert.ok(!JSON.stringify(issues).includes(secret))
  })

  it('is reported together with all others', () => {
    assert.deepEqual(problems({ a: NaN, b: [1n, { 'c/d~e': () => {} }], f: new Date() }), [
      'not-json /a',
      'not-json /b/0',
      'not-json /b/1/c~1d~0e',
      'not-json /f',
    ])
  })

  it('is reported up to the limit of issues', () => {
    const { issues, truncated } = take(Array(1_000).fill(NaN), { issues: 5 })
    assert.equal(issues.length, 5)
    assert.equal(truncated, true)
    assert.equal(take(Array(5).fill(NaN), { issues: 5 }).truncated, false)
  })
})

describe('a cycle', () => {
  it('is an issue where the object stands again', () => {
    /** @type {{ list: unknown[] }} */
    const value = { list: [] }
    value.list.push({ self: value }, value.list)
    const { issues } = take(value)
    assert.deepEqual(
      issues.map(({ code, pointer, params }) => [code, pointer, params.target]),
      [
        ['cycle', '/list/0/self', ''],
        ['cycle', '/list/1', '/list'],
      ],
    )
  })
})

describe('limits', () => {
  const nested = (levels) => {
    let value = {}
    for (let i = 1; i < levels; ++i) value = i % 2 === 0 ? { a: value } : [value]
    return value
  }

  it('allow nesting up to the limit and no deeper', () => {
    assertWritten(nested(64))
    const { issues } = take(nested(65))
    assert.deepEqual(
      issues.map(({ code, path }) => [code, path.length]),
      [['too-deep', 64]],
    )
    assert.deepEqual(problems(nested(100_000)).length, 1)
  })

  it('do not count the input around a body as nesting', () => {
    for (const [levels, count] of [
      [64, 0],
      [65, 1],
    ]) {
      const snapshot = snapshotInput({ body: nested(levels) }, limits)
      assert.equal(snapshot.issues.length, count)
      snapshot.release()
    }
  })

  it('allow text up to the limit and no longer', () => {
    assert.deepEqual(problems('a'.repeat(94), { bytes: 100 }), [])
    assert.deepEqual(problems('a'.repeat(99), { bytes: 100 }), ['too-large '])
    assert.deepEqual(problems(['é'.repeat(40), 'é'.repeat(40)], { bytes: 100 }), ['too-large /1'])
    assert.deepEqual(problems({ a: 'x'.repeat(1_048_576) }), ['too-large /a'])
    assert.deepEqual(problems({ a: '\ud800', b: 'é'.repeat(60), c: NaN }, { bytes: 100 }), [
      'lone-surrogate /a',
      'too-large /b',
    ])
  })

  it('stop the walk early', () => {
    let read = 0
    const endless = new Proxy([], {
      get(_, key) {
        if (key === 'length') return 2 ** 32
        read += 1
        return 'some text that fills the space'
      },
      getOwnPropertyDescriptor: () => ({ value: 0, configurable: true, enumerable: true, writable: true }),
    })
    assert.equal(problems(endless).length, 1)
    assert.ok(read < 200_000)
  })

  it('end structures that unfold without end', () => {
    const unfold = () =>
      new Proxy(
        {},
        {
          ownKeys: () => ['a', 'b'],
          getOwnPropertyDescriptor: () => ({ value: 0, configurable: true, enumerable: true }),
          get: unfold,
        },
      )
    const { issues, truncated } = take(unfold())
    assert.ok(truncated || issues.length <= 100)
    let shared = {}
    for (let i = 0; i < 60; ++i) shared = { a: shared, b: shared }
    assert.equal(problems(shared).at(-1)?.split(' ')[0], 'too-large')
    const sparse = Object.fromEntries(Array.from({ length: 90_000 }, (_, i) => [`k${i}`, undefined]))
    assert.deepEqual(problems(Array(1_000).fill(sparse)).length, 1)
    assert.equal(take(new Array(4_000_000_000)).truncated, true)
  })

  it('do not keep what a former value left behind', () => {
    assert.equal(problems({ a: [NaN, () => {}] }).length, 2)
    assertWritten({ b: 1 })
  })
})

describe('objects that run code when they are read', () => {
  it('are read once', () => {
    const reads = {}
    const watched = (object) =>
      new Proxy(object, {
        get(target, key) {
          reads[key] = (reads[key] ?? 0) + 1
          const value = target[key]
          return typeof value === 'object' && value !== null ? watched(value) : value
        },
      })
    assert.equal(take(watched({ a: { b: 'c' }, d: 1 })).text, '{"a":{"b":"c"},"d":1}')
    assert.deepEqual(reads, { a: 1, b: 1, d: 1 })
  })

  it('give what they gave when they were read', () => {
    let times = 0
    const value = {
      get url() {
        times += 1
        return times === 1 ? 'first' : 'second'
      },
    }
    assert.equal(take(value).text, '{"url":"first"}')
  })

  it('may throw: an issue at that place, and the walk goes on', () => {
    const fail = () => {
      throw new Error('not-a-real-secret')
    }
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    const value = {
      get a() {
        return fail()
      },
      b: NaN,
      c: new Proxy({}, { ownKeys: fail }),
      d: [1, new Proxy({}, { getPrototypeOf: fail })],
      e: revoked.proxy,
    }
    const { issues } = take(value)
    assert.deepEqual(
      issues.map(({ code, pointer }) => `${code} ${pointer}`),
      ['not-json /a', 'not-json /b', 'not-json /c', 'not-json /d/1', 'not-json /e'],
    )
    assert.ok(!JSON.stringify(issues).includes('not-a-real-secret'))
  })

  it('may take another snapshot meanwhile', () => {
    const value = {
      a: 'before',
      get b() {
        return take({ inner: 'another' }).text
      },
      c: 'after',
    }
    assert.deepEqual(JSON.parse(String(take(value).text)), { a: 'before', b: '{"inner":"another"}', c: 'after' })
  })
})

describe('polluted prototypes', () => {
  it('do not add members or elements', () => {
    const withHole = [1]
    withHole[2] = 2
    try {
      Object.assign(Object.prototype, { quality: 'high' })
      Object.assign(Array.prototype, { 1: 'inherited' })
      assert.equal(take({ a: 1 }).text, '{"a":1}')
      assert.deepEqual(problems(withHole), ['not-json /1'])
    } finally {
      Reflect.deleteProperty(Object.prototype, 'quality')
      Reflect.deleteProperty(Array.prototype, '1')
    }
  })
})
