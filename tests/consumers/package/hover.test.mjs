// What a person sees over a word of a program, from the tarball's own declarations. The texts are in hover.md, to be read;
// `node tests/consumers/package/hover.test.mjs --write` writes what there is now.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, describe, it } from 'node:test'
import { hoverTexts } from './hover.mjs'
import { installPacked } from './packed.mjs'

const golden = new URL('hover.md', import.meta.url)
const { project, remove } = installPacked()
after(remove)

const shown = ['a field of a body', 'an option of a union', 'an operation', 'a method of a client', 'an error']
const program = `
import { createClient, OutcomeUnknownError } from 'recreq/client'
import * as recall from 'recreq/recall'

const id = '00000000-0000-4000-8000-000000000000'
const body: recall.StartRecordingBody = {
  |video_mixed_layout: 'gallery_view_v2',
  transcript: { provider: { |deepgram_streaming: { model: 'nova-3' } } },
}
const report = recall.|startRecording.body.check(body)
const client = createClient(recall, { region: 'us-west-2', credentials: { apiKey: 'a-placeholder-and-no-key' } })
export const answer = report.ok && (await client.|stopRecording({ id }))
export const unknown = (error: unknown) => error instanceof |OutcomeUnknownError
`
const texts = hoverTexts(project, program)
const sections = new Map(shown.map((title, index) => [title, texts[index]]))
const fence = '~~~'

if (process.argv.includes('--write')) {
  const parts = [...sections].map(([title, text]) => `## ${title}\n\n${fence}text\n${text}\n${fence}\n`)
  writeFileSync(golden, `# What an editor shows\n\n${parts.join('\n')}`)
}

describe('an editor shows', () => {
  const parts = readFileSync(golden, 'utf8').split(/^## /m).slice(1)
  for (const [title, text] of sections) {
    it(`${title} with what there is to know of it`, () => {
      const part = parts.find((each) => each.startsWith(`${title}\n`)) ?? ''
      assert.equal(text, part.split(`${fence}text\n`)[1]?.split(`\n${fence}`)[0])
    })
  }

  it('no more than that', () => {
    assert.deepEqual(parts.map((part) => part.split('\n')[0]), shown)
  })
})
