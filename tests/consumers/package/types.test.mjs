// The types as others' compilers read them: the oldest TypeScript that is promised and the newest, with every check of the
// package's own declarations, and nothing of Node's types around.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { capture } from '../../../wasm/quietly.mjs'
import { installPacked } from './packed.mjs'

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))
const { project, remove } = installPacked()
after(remove)

const program = `
import * as all from 'recreq'
import { createGateway } from 'recreq/gateway'
import { createGatewayClient } from 'recreq/gateway/client'
import * as realtimekit from 'recreq/realtimekit'
import * as recall from 'recreq/recall'
import { everyField, type FieldReference, startRecording as fields } from 'recreq/recall/fields'
import { startRecordingBody } from 'recreq/recall/json-schema'
import module from 'recreq/recreq.wasm'
import * as slim from 'recreq/slim'
import * as videosdkFields from 'recreq/videosdk/fields'
import * as videosdkBodies from 'recreq/videosdk/json-schema'
import * as videosdk from 'recreq/videosdk'

const input = { region: 'us-west-2', id: '00000000-0000-4000-8000-000000000000', body: { retention: null } }
const report: all.Report<unknown> = recall.startRecording.check(input)
export const same: typeof recall.startRecording = slim.recall(module).startRecording
export const region: all.Issue[] = [...report.issues]
export const names = [realtimekit.startRecording.name, videosdk.startRecording.name, all.recall.startRecording.name]
export const sent: Promise<Response> = fetch(recall.startRecording.build(input).toRequest({ apiKey: 'a-placeholder' }))
export const gateway: (request: Request) => Promise<Response> = createGateway(recall, {
  region: 'us-west-2',
  credentials: { apiKey: 'a-placeholder' },
  operations: ['startRecording'],
  authorize: (request) => request.headers.get('authorization'),
})
export const asked = createGatewayClient(recall, { url: '/api' }).startRecording({ id: input.id })
export const every: FieldReference[] = [...everyField(fields.body), ...everyField(videosdkFields.startRecording.body)]
export const bodies: string[] = [startRecordingBody.name, videosdkBodies.stopRecordingBody.name]
// @ts-expect-error: no such value
recall.startRecording.body.check({ video_mixed_layout: 'gallery' })
`

const readers = [
  { compiler: 'typescript-oldest', module: 'node16', moduleResolution: 'node16' },
  { compiler: 'typescript-oldest', module: 'esnext', moduleResolution: 'bundler' },
  { compiler: 'typescript-newest', module: 'nodenext', moduleResolution: 'nodenext' },
  { compiler: 'typescript-newest', module: 'esnext', moduleResolution: 'bundler' },
]

describe('a program of somebody else', () => {
  writeFileSync(join(project, 'program.ts'), program)
  for (const { compiler, ...resolution } of readers) {
    it(`has its types with ${compiler} and ${resolution.moduleResolution}`, async () => {
      const compilerOptions = { ...resolution, strict: true, noEmit: true, target: 'es2022', lib: ['es2022', 'dom'], types: [] }
      const config = join(project, `${compiler}-${resolution.moduleResolution}.json`)
      writeFileSync(config, JSON.stringify({ compilerOptions, files: ['program.ts'] }))
      const { status, output } = await capture(process.execPath, [join(modules, compiler, 'bin/tsc'), '--project', config])
      assert.equal(status, 0, output)
    })
  }
})
