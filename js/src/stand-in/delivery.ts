// Puts answers on the wire: whole, or as a failure has it.
import type { ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { type Admitted, type Answer, type Answered, page, type Service } from './answering.js'
import type { Failure } from './failures.js'
import type { OpenEntry } from './journal.js'
import type { Route } from './service-document.js'

/** A call that a failure is to strike. */
export interface StruckCall {
  readonly failure: Failure
  readonly entry: OpenEntry
  readonly response: ServerResponse
  /** Headers of every answer to this call. */
  readonly extra: Readonly<Record<string, string>>
  readonly service: Service
  readonly route: Route
  admit(): Answered | Admitted
}

const defaultSlowness = 1000
const drops = 10

export function send(response: ServerResponse, answer: Answer, extra: Readonly<Record<string, string>>): void {
  const length = String(Buffer.byteLength(answer.text))
  response.writeHead(answer.status, { ...answer.headers, 'content-length': length, ...extra })
  response.end(answer.text)
}

/** Lets a call take effect, unless it is answered already. */
export function settle(admitted: Answered | Admitted): Answered {
  return 'act' in admitted ? admitted.act() : admitted
}

/** What the journal says of an answer. */
export function note(entry: OpenEntry, { answer, started, replayed }: Answered): Answer {
  if (started !== undefined) entry.started = started
  if (replayed !== undefined) entry.replayed = replayed
  return answer
}

export async function strike(call: StruckCall): Promise<void> {
  const { failure, entry, response, extra, service, route } = call
  const deliver = (answer: Answer): void => {
    entry.status = answer.status
    send(response, answer, extra)
  }
  if (failure.kind === 'ok') {
    deliver(note(entry, settle(call.admit())))
    return
  }
  if (failure.kind === 'slow') {
    await deliverSlowly(call, deliver)
    return
  }

  const answer = failure.after ? note(entry, settle(call.admit())) : undefined
  if (typeof failure.kind === 'number') {
    deliver(service.documented(route, failure.kind, failure.argument))
    return
  }
  if (failure.kind === 'html') {
    deliver({ status: 502, headers: { 'content-type': 'text/html' }, text: page(502) })
    return
  }
  if (failure.kind === 'drip' && answer !== undefined) {
    await deliverInDrops(call, answer)
    return
  }
  // From here on nobody gets a whole answer, and with a timeout none at all.
  if (failure.kind === 'reset') response.socket?.resetAndDestroy()
  if (answer !== undefined && (failure.kind === 'cut' || failure.kind === 'stall')) {
    const half = answer.text.slice(0, Math.ceil(answer.text.length / 2))
    const length = String(Buffer.byteLength(answer.text) + 1)
    response.writeHead(answer.status, { ...answer.headers, 'content-length': length, ...extra })
    response.write(half, () => {
      if (failure.kind === 'cut') response.destroy()
    })
  }
}

// The key is taken while it takes its time; whoever leaves before the end is not waited for, and the call takes effect.
async function deliverSlowly({ failure, entry, admit }: StruckCall, deliver: (answer: Answer) => void) {
  const admitted = admit()
  // Nobody's process stays for it.
  await setTimeout(Number(failure.argument ?? defaultSlowness), undefined, { ref: false })
  deliver(note(entry, settle(admitted)))
}

async function deliverInDrops({ failure, entry, response, extra }: StruckCall, { status, headers, text }: Answer) {
  const bytes = Buffer.from(text)
  const size = Math.max(1, Math.ceil(bytes.length / drops))
  response.writeHead(status, { ...headers, 'content-length': String(bytes.length), ...extra })
  for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
    // Whoever has the last of it knows by the length that it is all.
    if (at + size >= bytes.length) entry.status = status
    response.write(bytes.subarray(at, at + size))
    await setTimeout(Number(failure.argument ?? defaultSlowness) / drops, undefined, { ref: false })
  }
  response.end()
}
