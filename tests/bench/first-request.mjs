// What a new process waits for: from the import to the first request. Prints milliseconds; the argument names the
// contestant. The peers' schema is made before, as if it had been written down in JavaScript.
import { id, text } from './body.mjs'
import { bodySchema } from './schema.mjs'

/** @type {Record<string, () => Promise<unknown>>} */
const contestants = {
  async recreq() {
    const recall = await import('recreq/recall')
    return recall.startRecording.build({ region: 'us-west-2', id, body: text }).body
  },
  async ajv() {
    const { compile } = await import('./ajv.mjs')
    const value = JSON.parse(text)
    return compile(schema)(value) && JSON.stringify(value)
  },
  async zod() {
    const { compile } = await import('./zod.mjs')
    return JSON.stringify(compile(schema).parse(JSON.parse(text)))
  },
}

const schema = bodySchema()
const start = performance.now()
const body = await contestants[process.argv[2]]()
console.log(performance.now() - start)
if (typeof body !== 'string') throw new Error(`${process.argv[2]} made no body.`)
