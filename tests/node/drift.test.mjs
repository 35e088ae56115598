// `npm run drift`: what one OpenAPI document says differently from another, whichever way each of them is written.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../wasm/drift/main.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'recreq-drift-'))
after(() => rmSync(folder, { recursive: true }))

/** @param {string} name @param {string | object} content */
function file(name, content) {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

/** @param {...string} args */
function drift(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** The changes from one document to another, by operation. @param {string} ours @param {string} theirs */
function changesBetween(ours, theirs) {
  const { status, stdout, stderr } = drift('--json', '--against', ours, theirs)
  assert.equal(stderr, '')
  const { operations } = JSON.parse(stdout)
  const changes = Object.fromEntries(operations.map((each) => [each.operation, each.changes]))
  assert.equal(status, Object.values(changes).flat().length === 0 ? 0 : 1)
  return changes
}

/** A document with one operation whose body has this schema. */
function withBody(schema, version = '3.1.0', components = {}) {
  const content = { 'application/json': { schema } }
  return {
    openapi: version,
    paths: { '/things/{id}/': { post: { operationId: 'makeThing', requestBody: { required: true, content } } } },
    components: { schemas: components },
  }
}

/** What `makeThing` has between two body schemas. */
function bodyChanges(before, after) {
  const { makeThing } = changesBetween(file('before.json', before), file('after.json', after))
  return makeThing
}

describe('our own documents', () => {
  const specs = fileURLToPath(new URL('../../wasm/specs/', import.meta.url))
  for (const name of readdirSync(specs).filter((each) => each.endsWith('.json'))) {
    it(`${name} has no drift from itself`, () => {
      const { status, stdout } = drift(join(specs, name))
      assert.match(stdout, new RegExp(`^wasm/specs/${name} → .*\\n\\n\\d+ operations compared: nothing is different\\n$`))
      assert.equal(status, 0)
    })
  }
})

describe('fields', () => {
  const before = withBody({
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string' },
      size: { type: 'integer', default: 1 },
      colour: { type: 'string', enum: ['red', 'green'] },
      parts: { type: 'array', items: { type: 'object', properties: { weight: { type: 'number' } } } },
      gone: { type: 'object', properties: { inner: { type: 'string' } } },
    },
  })
  const after = withBody({
    type: 'object',
    required: ['size'],
    properties: {
      name: { type: ['string', 'null'] },
      size: { type: 'integer', default: 2 },
      colour: { type: 'string', enum: ['green', 'blue'] },
      parts: { type: 'array', items: { type: 'object', properties: { weight: { type: 'string' }, 'a/b': { type: 'boolean' } } } },
      fresh: { type: 'object', properties: { inner: { type: 'string' } } },
    },
  })

  it('are added, removed and changed by pointer, without what lies below', () => {
    assert.deepEqual(bodyChanges(before, after), [
      {
        kind: 'changed',
        pointer: '/body/name',
        ours: { types: ['string'], required: true },
        theirs: { types: ['null', 'string'], required: false },
      },
      {
        kind: 'changed',
        pointer: '/body/size',
        ours: { required: false, default: '1' },
        theirs: { required: true, default: '2' },
      },
      {
        kind: 'changed',
        pointer: '/body/colour',
        ours: { enum: ['"green"', '"red"'] },
        theirs: { enum: ['"blue"', '"green"'] },
      },
      { kind: 'changed', pointer: '/body/parts/*/weight', ours: { types: ['number'] }, theirs: { types: ['string'] } },
      { kind: 'removed', pointer: '/body/gone', ours: { types: ['object'], enum: [], required: false } },
      { kind: 'added', pointer: '/body/parts/*/a~1b', theirs: { types: ['boolean'], enum: [], required: false } },
      { kind: 'added', pointer: '/body/fresh', theirs: { types: ['object'], enum: [], required: false } },
    ])
  })

  it('are said to people in lines', () => {
    const { status, stdout } = drift('--against', file('before.json', before), file('after.json', after))
    assert.equal(
      stdout.split('\n').slice(2).join('\n'),
      `makeThing  POST /things/{id}/
  ~ /body/name  string → null or string; required → optional
  ~ /body/size  optional → required; default 1 → default 2
  ~ /body/colour  values + "blue" - "red"
  ~ /body/parts/*/weight  number → string
  - /body/gone  object, optional
  + /body/parts/*/a~1b  boolean, optional
  + /body/fresh  object, optional

1 operations compared: 2 added, 1 removed, 4 changed
`,
    )
    assert.equal(status, 1)
  })
})

describe('what means the same is no drift', () => {
  const plain = withBody({ type: 'object', required: ['a'], properties: { a: { type: ['string', 'null'] }, b: { enum: ['x', 'y'] } } })

  it('a reference, with and without something beside it', () => {
    const properties = { a: { $ref: '#/components/schemas/A' }, b: { $ref: '#/components/schemas/B', description: 'b' } }
    const Thing = { type: 'object', required: ['a'], properties }
    const schemas = { Thing, A: { type: ['string', 'null'] }, B: { enum: ['y', 'x'] } }
    assert.deepEqual(bodyChanges(plain, withBody({ $ref: '#/components/schemas/Thing' }, '3.1.0', schemas)), [])
  })

  it('allOf', () => {
    const a = { type: 'object', required: ['a'], properties: { a: { type: ['string', 'null'] } } }
    assert.deepEqual(bodyChanges(plain, withBody({ allOf: [a, { properties: { b: { type: 'string', enum: ['x', 'y'] } } }] })), [])
  })

  it("OpenAPI 3.0's nullable, also beside a reference in allOf", () => {
    const schemas = { A: { type: 'string' } }
    for (const a of [{ type: 'string', nullable: true }, { allOf: [{ $ref: '#/components/schemas/A' }], nullable: true }]) {
      const properties = { a, b: { type: 'string', enum: ['x', 'y'] } }
      assert.deepEqual(bodyChanges(plain, withBody({ type: 'object', required: ['a'], properties }, '3.0.3', schemas)), [])
    }
  })

  it('alternatives, constants, and an alternative that is null', () => {
    const b = { oneOf: [{ const: 'x' }, { type: 'string', enum: ['y'] }] }
    const a = { anyOf: [{ type: 'string' }, { type: 'null' }] }
    assert.deepEqual(bodyChanges(plain, withBody({ type: 'object', required: ['a'], properties: { a, b } })), [])
  })

  it('another name of a path parameter, and a slash at the end', () => {
    const renamed = { ...plain, paths: { '/things/{thing_id}': plain.paths['/things/{id}/'] } }
    assert.deepEqual(bodyChanges(plain, renamed), [])
  })

  it('a schema that holds itself', () => {
    const schemas = { Tree: { type: 'object', properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } } } }
    const tree = withBody({ $ref: '#/components/schemas/Tree' }, '3.1.0', schemas)
    assert.deepEqual(bodyChanges(tree, tree), [])
  })
})

it('parameters are compared, those of the path too', () => {
  const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } }
  const key = { name: 'X-Key', in: 'header', required: true, schema: { type: 'string' } }
  const withParameters = (shared, own) => ({
    openapi: '3.1.0',
    paths: { '/things': { parameters: shared, get: { operationId: 'list', parameters: own } } },
    components: { parameters: { Key: key } },
  })
  const before = file('before.json', withParameters([limit], [key]))
  const after = file('after.json', withParameters([{ ...limit, schema: { type: 'string' } }, { $ref: '#/components/parameters/Key' }], [{ ...limit, required: true }]))
  assert.deepEqual(changesBetween(before, after), {
    list: [{ kind: 'changed', pointer: '/parameters/query/limit', ours: { required: false }, theirs: { required: true } }],
  })
})

it('a folder of fragments in YAML is one document', () => {
  const before = file('before.json', withBody({ type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } }))
  file('fragments/paths/things.yaml', `
openapi: 3.0.3
servers: [{ url: 'https://api.example.com/' }]
paths:
  /things/{id}/:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '../schemas.yml#/components/schemas/Thing' }
`)
  file('fragments/schemas.yml', `
components:
  schemas:
    Thing:
      type: object
      properties:
        a: { type: string }
        b: { type: boolean }
`)
  assert.deepEqual(changesBetween(before, join(folder, 'fragments')), {
    makeThing: [{ kind: 'changed', pointer: '/body/b', ours: { types: ['string'] }, theirs: { types: ['boolean'] } }],
  })
})

it('an operation that they do not have is removed', () => {
  const both = withBody({ type: 'object' })
  const more = { ...both, paths: { ...both.paths, '/other': { get: { operationId: 'other' } } } }
  const changes = changesBetween(file('before.json', more), file('after.json', both))
  assert.deepEqual(changes, { makeThing: [], other: [{ kind: 'removed', pointer: '' }] })
})

describe('what cannot be compared exits with 2 and says why', () => {
  const lost = withBody({ $ref: '#/components/schemas/Nowhere' })
  const cases = [
    { name: 'no argument', args: [], says: /^One document or folder has to be given/ },
    { name: 'an unknown option', args: ['--yaml', 'x'], says: /--yaml/ },
    { name: 'nothing there', args: [join(folder, 'nowhere.json')], says: /^There is nothing at / },
    { name: 'no JSON', args: [file('broken.json', '{')], says: /broken\.json cannot be read: / },
    { name: 'no operations', args: [file('empty.json', {})], says: /has no operations/ },
    { name: 'none of our operations', args: [file('other.json', withBody({}))], says: /^None of its operations is one of ours/ },
    { name: 'a reference to nowhere', args: ['--against', file('lost.json', lost), file('lost.json', lost)], says: /nothing is at #\/components\/schemas\/Nowhere/ },
  ]
  for (const { name, args, says } of cases) {
    it(name, () => {
      const { status, stdout, stderr } = drift(...args)
      assert.deepEqual({ status, stdout }, { status: 2, stdout: '' })
      assert.match(stderr, says)
    })
  }
})
