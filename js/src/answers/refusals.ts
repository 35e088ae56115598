// What the provider refuses, as issues at their places in the input, beside what recreq's own document says there.
import { type Issue, type PatchOperation, pointerOf } from '../issue.js'
import { type MessageKey, messageText } from '../messages.js'
import { shortened } from './error-members.js'
import type { FieldMessage } from './field-messages.js'
import type { AnsweredOperation, Reading } from './read-answer.js'
import { withheld } from './redaction.js'
import { placeOf, type SentRequest } from './request-places.js'

type Judgement = ReturnType<AnsweredOperation['judge']>

/** The issues that messages about fields amount to. */
export function issuesOf(reading: Reading, fields: readonly FieldMessage[]): Issue[] {
  if (fields.length === 0) return []
  const judgement = judge(reading.operation, reading.sent)
  return fields.map((field) => issueOf(reading, field, judgement))
}

function issueOf({ operation, sent }: Reading, field: FieldMessage, judgement: Judgement | undefined): Issue {
  const { path, rest, exists } = placeOf(withoutSecrets(field.tokens), sent, operation.takesBody)
  const pointer = pointerOf(path)
  const said = shortened([rest.join('.'), field.said].filter((part) => part !== '').join(': '))
  const ours = judgement?.issues.filter(({ severity }) => severity !== 'info') ?? []
  const known = ours.find((issue) => issue.path.length > 0 && contains(`/body${issue.pointer}`, pointer))
  const isAllowed = exists && judgement !== undefined && !ours.some((issue) => contains(pointer, `/body${issue.pointer}`))
  let key: MessageKey = 'answer.refused'
  if (known !== undefined) key = 'answer.refused-known'
  else if (isAllowed) key = 'answer.refused-allowed'
  const params = { said, ...(judgement && { date: judgement.date }), ...(known && { known: known.message }) }
  const message = messageText(key, params, operation.messages)
  const issue: Issue = { code: 'refused', severity: 'error', path, pointer, message, params }
  if (known === undefined) return issue
  const { suggestion, fix, docs } = known
  return {
    ...issue,
    ...(suggestion !== undefined && { suggestion }),
    ...(fix && { fix: fix.map(inInput) }),
    ...(docs !== undefined && { docs }),
  }
}

function judge({ takesBody, judge: judged }: AnsweredOperation, { content }: SentRequest): Judgement | undefined {
  if (!takesBody || content === undefined) return undefined
  try {
    return judged(content)
  } catch {
    // Where the engine cannot run, there is nothing to compare with; the answer counts all the same.
    return undefined
  }
}

// A key that repeated a secret leads nowhere.
function withoutSecrets(tokens: readonly string[]): readonly string[] {
  const secret = tokens.findIndex((token) => token.includes(withheld))
  return secret === -1 ? tokens : tokens.slice(0, secret)
}

function contains(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`)
}

function inInput(operation: PatchOperation): PatchOperation {
  const moved = { ...operation, path: `/body${operation.path}` }
  return moved.op === 'move' ? { ...moved, from: `/body${moved.from}` } : moved
}
