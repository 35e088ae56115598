// What all runtimes are compared by: every operation of the package, used well and badly, and enough bodies in each form.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, it } from 'node:test'
import * as recreq from 'recreq'
import { allMatchFiles, allVectorFiles, casesOf, corpusFiles, inputFiles } from '../runtimes/cases.mjs'
import { outcomeOf } from '../runtimes/program.mjs'

const corpus = corpusFiles(readdirSync(new URL('../../dist/schemas/', import.meta.url)))
const cases = casesOf([...allVectorFiles(), ...corpus, ...inputFiles()], allMatchFiles())
/** @param {{ provider: string, subject: string }} given */
const nameOf = ({ provider, subject }) => `${provider}.${subject}`

describe("the matrix's cases", () => {
  it('have a request and a refusal of every operation', () => {
    const outcomes = cases.filter(({ match, alone }) => !match && !alone).map((each) => ({ name: nameOf(each), ...outcomeOf(recreq, each) }))
    const made = new Set(outcomes.filter(({ url }) => url !== undefined).map(({ name }) => name))
    const refused = new Set(outcomes.filter(({ url }) => url === undefined).map(({ name }) => name))
    const operations = Object.entries({ recall: recreq.recall, realtimekit: recreq.realtimekit, videosdk: recreq.videosdk }).flatMap(
      ([provider, all]) => Object.entries(all).flatMap(([subject, each]) => (hasBuild(each) ? nameOf({ provider, subject }) : [])),
    )
    assert.ok(operations.length > 20)
    for (const operation of operations) assert.ok(made.has(operation) && refused.has(operation), operation)
  })

  it('have a corpus of 2,000 bodies, as objects, as text and as bytes', () => {
    const vectors = corpus.flatMap((file) => file.vectors)
    const texts = vectors.filter(({ bodyText }) => bodyText !== undefined).length
    const bytes = vectors.filter(({ bodyBytes }) => bodyBytes !== undefined).length
    assert.ok(vectors.length >= 2000, `${vectors.length}`)
    for (const count of [texts, bytes, vectors.length - texts - bytes]) assert.ok(count >= 600, `${count}`)
  })

  it('are the same each time', () => {
    assert.deepEqual(corpusFiles(['videosdk.startRecording.json']), corpusFiles(['videosdk.startRecording.json']))
  })
})

/** @param {unknown} value */
function hasBuild(value) {
  return typeof value === 'object' && value !== null && 'build' in value
}
