// What the types of form and server libraries make of bodies: read by the compiler only.
import { sValidator } from '@hono/standard-validator'
import { standardSchemaResolver } from '@hookform/resolvers/standard-schema'
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import { FormApi } from '@tanstack/form-core'
import { type inferRouterInputs, initTRPC } from '@trpc/server'
import { Hono } from 'hono'
import { createFormControl, type Resolver } from 'react-hook-form'
import * as realtimekit from 'recreq/realtimekit'
import { type FieldReference, recordingConfig as recordingConfigFields } from 'recreq/recall/fields'
import { type DescribedSchema, recordingConfig, startRecordingBody } from 'recreq/recall/json-schema'
import * as recall from 'recreq/recall'
import * as videosdk from 'recreq/videosdk'
import * as realtimekitBodies from 'recreq/realtimekit/json-schema'
import * as videosdkBodies from 'recreq/videosdk/json-schema'

// Not even `any` is equal to anything else.
type Equal<A, B> = 0 extends 1 & A ? false : [A, B] extends [B, A] ? true : false
const holds = <Claim extends true>(claim?: Claim) => claim

// Every body is a Standard Schema of its own type, and so is a schema that stands for itself.
export const bodies: readonly StandardSchemaV1[] = [
  recall.startRecording.body,
  recall.recordingConfig,
  realtimekit.startRecording.body,
  realtimekit.pauseResumeStopRecording.body,
  realtimekit.startTrackRecordingForAMeeting.body,
  videosdk.startRecording.body,
  videosdk.stopRecording.body,
  videosdk.startParticipantRecording.body,
  videosdk.stopParticipantRecording.body,
  videosdk.startTrackRecording.body,
  videosdk.stopTrackRecording.body,
]
holds<Equal<StandardSchemaV1.InferOutput<typeof recall.startRecording.body>, recall.StartRecordingBody>>()
holds<Equal<StandardSchemaV1.InferInput<typeof realtimekit.startRecording.body>, realtimekit.StartRecordingBody>>()
// @ts-expect-error another body
recall.startRecording.body satisfies StandardSchemaV1<videosdk.StartRecordingBody>
// @ts-expect-error an operation without a body has no schema
recall.stopRecording.body satisfies StandardSchemaV1

// From the entries for JSON Schema, it is both in one.
export const described: readonly (StandardSchemaV1 & StandardJSONSchemaV1)[] = [
  startRecordingBody,
  recordingConfig,
  ...Object.values(realtimekitBodies),
  ...Object.values(videosdkBodies),
]
holds<Equal<StandardJSONSchemaV1.InferInput<typeof startRecordingBody>, recall.StartRecordingBody>>()
holds<Equal<StandardJSONSchemaV1.InferOutput<typeof recordingConfig>, recall.RecordingConfig | null>>()
startRecordingBody.with({ unknown: 'warn' }) satisfies DescribedSchema<recall.StartRecordingBody>
export const written: Record<string, unknown> = startRecordingBody['~standard'].jsonSchema.input({ target: 'draft-07' })
// @ts-expect-error plain bodies do not have it
recall.startRecording.body satisfies StandardJSONSchemaV1

// React Hook Form: the form's values are the body's.
const resolver = standardSchemaResolver(recall.startRecording.body)
resolver satisfies Resolver<recall.StartRecordingBody, unknown, recall.StartRecordingBody>
const form = createFormControl<recall.StartRecordingBody, unknown, recall.StartRecordingBody>({ resolver })
void form.handleSubmit((values) => {
  holds<Equal<typeof values, recall.StartRecordingBody>>()
  return values
})
form.register('retention.hours')
// @ts-expect-error a field that does not exist
form.register('retention.minutes')

// Hono: what a handler gets is the body.
new Hono().post('/', sValidator('json', videosdk.startRecording.body), (c) => {
  const body = c.req.valid('json')
  holds<Equal<typeof body, videosdk.StartRecordingBody>>()
  return c.json({ room: body.roomId })
})

// tRPC: what a caller gives is the body.
const t = initTRPC.create()
export const router = t.router({
  start: t.procedure.input(realtimekit.startRecording.body).mutation(({ input }) => {
    holds<Equal<typeof input, realtimekit.StartRecordingBody>>()
    return input.meeting_id
  }),
})
holds<Equal<inferRouterInputs<typeof router>['start'], realtimekit.StartRecordingBody>>()

// TanStack Form: a body of another type is refused.
const defaultValues: recall.StartRecordingBody = {}
export const tanstack = new FormApi({ defaultValues, validators: { onChange: recall.startRecording.body } })
holds<Equal<typeof tanstack.state.values, recall.StartRecordingBody>>()
// @ts-expect-error another body
new FormApi({ defaultValues, validators: { onChange: realtimekit.startRecording.body } })

// What a field is, its type says.
export function control(of: FieldReference): string {
  switch (of.type) {
    case 'string':
      return of.values === undefined ? (of.format ?? 'text') : of.values.map(({ value }) => value.toUpperCase()).join()
    case 'number':
    case 'integer':
      return String((of.minimum ?? 0) + (of.values?.[0]?.value ?? 0))
    case 'boolean':
      return 'checkbox'
    case 'object':
      return of.fields.map(control).join()
    case 'array':
      return control(of.element)
    case 'choice':
      return of.options.map((option) => control(option.field)).join()
    case 'any':
      return of.pointer
  }
}
// @ts-expect-error only texts have a pattern
export type Pattern = FieldReference['pattern']
// @ts-expect-error nothing of it can be changed
recordingConfigFields.value.label = 'mine'
