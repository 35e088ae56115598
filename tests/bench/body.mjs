// The body that all contestants get: a realistic start without anything to complain about.
import { readFileSync } from 'node:fs'

const example = JSON.parse(readFileSync(new URL('../../js/examples/start-recording.json', import.meta.url), 'utf8'))

export const body = { ...example, retention: { type: 'timed', hours: 72 } }
export const text = JSON.stringify(body)
export const bytes = new TextEncoder().encode(text)
export const id = '3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55'
