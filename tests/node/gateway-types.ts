// What the types of gateways promise: read by the compiler only.
import * as recall from 'recreq/recall'
import * as realtimekit from 'recreq/realtimekit'
import * as videosdk from 'recreq/videosdk'
import { createGateway } from 'recreq/gateway'
import { createGatewayClient } from 'recreq/gateway/client'

interface User {
  id: string
  bots: string[]
}
declare function userOf(request: Request): Promise<User | null>
interface Env {
  RECALL_API_KEY: string
}
export const gateway = createGateway(recall, {
  region: 'us-west-2',
  credentials: (env: Env) => ({ apiKey: env.RECALL_API_KEY }),
  operations: ['startRecording', 'stopRecording'],
  authorize: (request) => userOf(request),
  prepare: (input, user, { operation, context }) => {
    const name: 'startRecording' | 'stopRecording' = operation
    const id: string = user.id
    const env: Env = context
    return { ...input, body: { ...input.body, metadata: { id, name, k: env.RECALL_API_KEY } } }
  },
})
declare const request: Request
declare const env: Env
export const r: Promise<Response> = gateway(request, env)
// @ts-expect-error the context is missing
void gateway(request)
// @ts-expect-error there is no such operation
createGateway(recall, { region: 'us-west-2', credentials: { apiKey: 'x' }, operations: ['start'], authorize: () => 'me' })
// @ts-expect-error everybody could record
createGateway(recall, { region: 'us-west-2', credentials: { apiKey: 'x' }, operations: ['startRecording'] })
const plain = createGateway(videosdk, {
  credentials: { apiKey: 'k', secret: 's' },
  operations: ['startRecording'],
  authorize: () => 'me',
  prepare: (i, c) => ({ ...i, body: { roomId: c.toUpperCase() } }),
})
void plain(request)
createGateway(realtimekit, {
  credentials: { apiToken: 't' },
  parameters: { account_id: 'a', app_id: 'b' },
  operations: ['startRecording'],
  authorize: async (_, { params, operation }) => {
    const o: 'startRecording' = operation
    return (await params()).id === o ? { id: 1 } : null
  },
})
const c = createGatewayClient(realtimekit, { url: '/x', given: ['account_id', 'app_id'] })
void c.startRecording({ body: { meeting_id: 'x' } }).then((a) => a.data?.id)
// @ts-expect-error the body is missing
void c.startRecording({})
const d = createGatewayClient(recall, { url: '/x' })
void d.startRecording({ id: 'x' })
const ids: string[] = []
for await (const recording of d.listRecordings()) ids.push(recording.id)
