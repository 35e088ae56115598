// A method of a client: it sends at once, follows pages, and shows what it would send.
import type { RecordingRequest, RequestContent } from '../request.js'
import { type AnsweredCall, type Call, createCall } from './call.js'
import type { CallOptions } from './client-options.js'
import { createNextPage, itemsOf } from './paging.js'
import {
  type AskedPage,
  judgeEffect,
  questionFor,
  type ReconcileOptions,
  type Reconciliation,
  untold,
} from './reconciliation.js'
import type { OperationPolicy, ServiceDescription } from './service.js'

/** A method, whatever its types. */
export type Method = ((input?: object, options?: CallOptions) => Call<unknown>) & {
  build(input?: object, options?: CallOptions): RecordingRequest<RequestContent, string>
}

/** What a method is made of. */
export interface MethodParts {
  readonly policy: OperationPolicy
  /** What every call has in common. */
  readonly shared: object
  readonly send: (input: object, options: CallOptions) => Promise<AnsweredCall<unknown>>
  readonly build: (input: object, options: CallOptions) => RecordingRequest<RequestContent, string>
}

// Who looks for one recording does not read an archive.
const mostPages = 10

export function createMethod({ policy: { paging }, shared, send, build }: MethodParts): Method {
  const call = (input: object = {}, options: CallOptions = {}): Call<unknown> => {
    const answered = send(input, options)
    if (paging === undefined) return createCall(answered)
    const pages = async function* (first: Promise<AnsweredCall<unknown>>) {
      const asked = { ...shared, ...input } as Record<string, unknown>
      const nextPage = createNextPage(paging, asked[paging.parameter])
      for (let page = await first; ;) {
        yield page
        const next = nextPage(page.value)
        if (next === undefined) return
        page = await send({ ...input, [paging.parameter]: next }, options)
      }
    }
    return createCall(answered, pages, (page) => itemsOf(paging, page))
  }
  return Object.assign(call, { build: (input: object = {}, options: CallOptions = {}) => build(input, options) })
}

/** Asks, by way of the methods there are, whether a call took effect that was first sent at a moment. */
export async function reconcileBy(
  methods: ReadonlyMap<string, Method>,
  service: ServiceDescription,
  { reconcile: description }: OperationPolicy,
  asked: unknown,
  sent: number,
  asking: ReconcileOptions,
): Promise<Reconciliation> {
  const ask = description && methods.get(description.operation)
  if (description === undefined || ask === undefined) return untold(description)
  const pages = async function* (): AsyncGenerator<AskedPage> {
    const { paging } = service.operations[description.operation] ?? {}
    const nextPage = paging && createNextPage(paging, undefined)
    let question = questionFor(description, asked)
    for (let count = 1; ; ++count) {
      const { value, response } = await ask(question, asking).withResponse()
      const serverTime = Date.parse(response.headers.get('date') ?? '')
      yield { value, clockAhead: Number.isNaN(serverTime) ? 0 : serverTime - Date.now() }
      const next = count < mostPages ? nextPage?.(value) : undefined
      if (paging === undefined || next === undefined) return
      question = { ...question, [paging.parameter]: next }
    }
  }
  return judgeEffect(description, asked, sent, pages())
}
