// `npm run drift -- <document or folder>`: what a newer OpenAPI document of a provider says differently from ours, by
// operation and JSON Pointer. For whoever brings a document of wasm/specs/ up to date; `--against` compares with another
// document instead. Exits with 0 when nothing is different, with 1 when something is, with 2 when it cannot be said.
import { parseArgs } from 'node:util'
import { root } from '../quietly.mjs'
import { filesBelow } from '../stamp.mjs'
import { driftBetween } from './comparing.mjs'
import { operationKey, readDocuments, UnusableDocument } from './reading.mjs'

/**
 * @typedef {import('./comparing.mjs').Change} Change
 * @typedef {import('./comparing.mjs').Field} Field
 * @typedef {import('./comparing.mjs').OperationDrift} OperationDrift
 * @typedef {import('./reading.mjs').DocumentSet} DocumentSet
 */

const usage = 'npm run drift -- [--json] [--against <document or folder>] <OpenAPI document or folder, as JSON or YAML>'
// Every integer is a number.
const mostTypes = 6
const signs = { added: '+', removed: '-', changed: '~' }

try {
  const { document, against, json } = readArguments()
  const theirs = readDocuments(document)
  const { name, set } = against === undefined ? ownDocument(theirs) : { name: against, set: readDocuments(against) }
  const drift = driftBetween(set.operations(), theirs.operations())
  console.log(json ? JSON.stringify({ ours: name, theirs: document, operations: drift }, null, 2) : textOf(name, document, drift))
  process.exitCode = drift.some(({ changes }) => changes.length > 0) ? 1 : 0
} catch (error) {
  if (!(error instanceof UnusableDocument)) throw error
  console.error(error.message)
  process.exitCode = 2
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: { json: { type: 'boolean', default: false }, against: { type: 'string' } },
      allowPositionals: true,
    })
    if (positionals.length !== 1) throw new Error(`One document or folder has to be given, and ${positionals.length} are.`)
    return { ...values, document: positionals[0] }
  } catch (error) {
    throw new UnusableDocument(`${/** @type {Error} */ (error).message}\nUsage: ${usage}`)
  }
}

/**
 * The document of ours that shares most operations with theirs.
 * @param {DocumentSet} theirs
 */
function ownDocument(theirs) {
  const keys = new Set(theirs.operations().map(operationKey))
  const shared = filesBelow('wasm/specs', /\.json$/).map((name) => {
    const set = readDocuments(`${root}${name}`)
    return { name, set, count: set.operations().filter((operation) => keys.has(operationKey(operation))).length }
  })
  return shared.reduce((best, each) => (each.count > best.count ? each : best))
}

/**
 * @param {string} ours
 * @param {string} theirs
 * @param {readonly OperationDrift[]} drift
 */
function textOf(ours, theirs, drift) {
  const all = drift.flatMap(({ changes }) => changes)
  const count = (/** @type {Change['kind']} */ kind) => all.filter((change) => change.kind === kind).length
  const sections = drift.flatMap(({ operation, method, path, changes }) =>
    changes.length === 0 ? [] : [[`${operation}  ${method} ${path}`, ...changes.map((change) => `  ${lineOf(change)}`)].join('\n')],
  )
  const total =
    all.length === 0
      ? 'nothing is different'
      : `${count('added')} added, ${count('removed')} removed, ${count('changed')} changed`
  return [`${ours} → ${theirs}`, ...sections, `${drift.length} operations compared: ${total}`].join('\n\n')
}

/** @param {Change} change */
function lineOf({ kind, pointer, ours, theirs }) {
  if (pointer === '') return `${signs[kind]} the operation itself`
  if (kind !== 'changed') return `${signs[kind]} ${pointer}  ${factsOf(theirs ?? ours ?? {}).join(', ')}`
  const names = /** @type {(keyof Field)[]} */ (Object.keys(ours ?? {}))
  const said = names.map((name) => {
    if (name === 'enum') return enumChange(ours?.enum ?? [], theirs?.enum ?? [])
    const [before, after] = [ours, theirs].map((field) => factsOf({ [name]: field?.[name] }).join() || `no ${name}`)
    return `${before} → ${after}`
  })
  return `${signs[kind]} ${pointer}  ${said.join('; ')}`
}

/** @param {Partial<Field>} field */
function factsOf({ types, enum: listed = [], required, default: standard }) {
  return [
    ...(types === undefined ? [] : [types.length === mostTypes ? 'any type' : types.join(' or ')]),
    ...(listed.length === 0 ? [] : [listed.join(' | ')]),
    ...(required === undefined ? [] : [required ? 'required' : 'optional']),
    ...(standard === undefined ? [] : [`default ${standard}`]),
  ]
}

/** @param {readonly string[]} before @param {readonly string[]} after */
function enumChange(before, after) {
  if (before.length === 0) return `any value → ${after.join(' | ')}`
  if (after.length === 0) return `${before.join(' | ')} → any value`
  const added = after.filter((value) => !before.includes(value)).map((value) => `+ ${value}`)
  return ['values', ...added, ...before.filter((value) => !after.includes(value)).map((value) => `- ${value}`)].join(' ')
}
