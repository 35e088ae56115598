// From what a page has posted to the input of a call: what the page may not say is refused, and `prepare` completes the rest.
import { type Issue, type IssueCode, pointerOf } from '../issue.js'
import type { DestinationCheck } from './destinations.js'
import type { Envelope } from './envelope.js'
import { withoutPosition } from './failure-problems.js'
import type { PostedInput } from './gateway-options.js'
import { Problem } from './problem.js'
import type { CheckedOperation } from './upstream.js'

/** What an input is judged by. */
export interface Judgement {
  readonly name: string
  readonly operation: CheckedOperation
  readonly destinations: DestinationCheck
  /** Inputs that no page may give. */
  readonly owned: ReadonlySet<string>
  readonly envelope: Envelope
}

/** An input that may be sent, if the engine has nothing against it. */
export interface JudgedInput {
  readonly value: object
  /** What `prepare` gave. */
  readonly prepared: object | undefined
  /** @throws {@link Problem} when a warning speaks of what may be a destination. */
  readonly judgeWarnings: (issues: readonly Issue[]) => void
}

// What is wrong with a text before it means anything: as a value it would look as if nothing were wrong.
const textCodes: readonly IssueCode[] = [
  'syntax',
  'encoding',
  'byte-order-mark',
  'lone-surrogate',
  'duplicate-key',
  'number-range',
  'too-large',
  'too-deep',
]
// As many issues as a report has at most.
const fullReport = 100

/** @throws {@link Problem} when the page may not say what it says. */
export async function judgeInput(
  judgement: Judgement,
  prepare: ((posted: PostedInput) => object | null | Promise<object | null>) | undefined,
): Promise<JudgedInput> {
  const { name, operation, destinations, owned, envelope } = judgement
  const { params, body } = envelope
  const refused = Object.keys(params)
    .filter((input) => owned.has(input))
    .map(ownedInput)
  if (body !== undefined && operation.body !== undefined) refused.push(...destinations.inBody(body))
  if (refused.length > 0) throw invalid(name, [...issuesOf(operation, body), ...refused])

  if (prepare === undefined)
    return {
      value: { ...params, ...(body !== undefined && { body }) },
      prepared: undefined,
      judgeWarnings: (issues) => {
        refuseWarnings(name, destinations, issues)
      },
    }

  // A page that may not name a field may not name it by way of prepare either.
  const found = issuesOf(operation, body)
  const broken = found.filter(({ code, path }) => textCodes.includes(code) || (code === 'type' && path.length === 1))
  if (broken.length > 0) throw invalid(name, broken)
  refuseWarnings(name, destinations, found)
  const posted: PostedInput = { ...params, ...(body !== undefined && { body: parsed(body) }) }
  const prepared = await prepare(posted)
  if (prepared === null) throw new Problem('refused', 'This gateway does not permit that.')
  if (typeof prepared !== 'object' || Array.isArray(prepared))
    throw new TypeError('prepare gives the input that is to be sent, or null to refuse it: does it return anything?')
  return { value: prepared, prepared, judgeWarnings: () => undefined }
}

function refuseWarnings(name: string, destinations: DestinationCheck, issues: readonly Issue[]): void {
  const unknown = destinations.inWarnings(issues.filter(({ severity }) => severity !== 'error'))
  if (unknown.length > 0) throw invalid(name, unknown)
  // In a report that is full, one more could be missing.
  if (issues.length >= fullReport) throw invalid(name, issues, true)
}

function issuesOf({ body: schema }: CheckedOperation, body: Uint8Array | undefined): Issue[] {
  if (schema === undefined || body === undefined) return []
  return schema.check(body).issues.map((issue) => {
    const path = ['body', ...issue.path]
    return withoutPosition({ ...issue, path, pointer: pointerOf(path) })
  })
}

function parsed(body: Uint8Array): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>
}

function ownedInput(input: string): Issue {
  const message = `${input} is not for the page to say: the gateway gives it. Leave it out.`
  const path = [input]
  return { code: 'rule', rule: 'gateway/owned-input', severity: 'error', path, pointer: pointerOf(path), message, params: {} }
}

function invalid(name: string, issues: readonly Issue[], truncated = false): Problem {
  return new Problem('request-invalid', `The input of ${name} has errors, and nothing was sent.`, { issues, truncated })
}
