// Checks a request with the engine, and finds what the service would refuse of it: by the document, since a service takes
// much of what recreq warns of.
import { type Issue, pointerOf } from '../issue.js'
import type { Operation } from '../operation.js'
import type { JsonObject } from '../provider-document.js'
import type { JsonValue } from '../types.js'
import type { Refusal } from './service.js'
import type { RuleConduct, ServiceDocument } from './service-document.js'

export type AnyOperation = Operation<unknown, unknown>

/** What a check found. */
export interface Checked {
  readonly problems: readonly Refusal[]
  /** A parameter in the path cannot be right: nothing can be there. */
  readonly nowhere: boolean
  /** With the service's own defaults. */
  readonly body: JsonObject
}

/** Makes the check of one operation. */
export function checkFor(operation: AnyOperation, document: ServiceDocument, pathParameters: readonly string[]) {
  // Only the rules that the service knows; what the others speak of is an unlisted key to it, or nothing.
  const rules = [...document.rules].map(([id, conduct]) => [id, conduct === undefined ? 'off' : 'error'] as const)
  const asService = operation.with({ rules: Object.fromEntries(rules) })

  return (input: JsonObject, settings: () => JsonObject): Checked => {
    const { issues, value } = asService.check(input)
    const problems: Refusal[] = []
    let nowhere = false
    for (const issue of issues) {
      const problem = refusalOf(issue, document, settings)
      if (problem === undefined) continue
      if (issue.path[0] !== 'body' && pathParameters.includes(String(issue.path[0]))) nowhere = true
      problems.push(problem)
    }
    return { problems, nowhere, body: ((value as JsonObject | undefined)?.['body'] ?? {}) as JsonObject }
  }
}

function refusalOf(issue: Issue, document: ServiceDocument, settings: () => JsonObject): Refusal | undefined {
  const { conduct, rules, refusedKeys } = document
  const path = placeOf(issue)
  if (issue.rule !== undefined) {
    const rule = rules.get(issue.rule)
    if (rule === undefined || isExcused(rule, settings)) return undefined
    return { status: rule.status, path, message: rule.message ?? sentence(issue, conduct.messages) }
  }
  if (issue.severity !== 'error') return undefined
  if (issue.code === 'unknown-key') {
    const refused = refusedKeys.get(pointerOf(path))
    if (refused?.message !== undefined) return { status: refused.status, path, message: refused.message }
    if (conduct.unlisted === 'ignores') return undefined
  }
  return { status: conduct.refusal, path, message: sentence(issue, conduct.messages) }
}

// What is missing is to blame itself, not the object around it.
function placeOf({ code, path, params }: Issue): (string | number)[] {
  const whole = code === 'required' ? [...path, params['key'] ?? ''] : path
  return whole[0] === 'body' ? whole.slice(1) : [...whole]
}

function isExcused({ unless }: RuleConduct, settings: () => JsonObject): boolean {
  return Object.entries(unless).some(([name, values]) => values.includes(settings()[name] as JsonValue))
}

function sentence(issue: Issue, messages: Readonly<Record<string, string>>): string {
  const text = messages[issue.code] ?? messages['otherwise'] ?? issue.message
  const place = placeOf(issue)
  const params: Record<string, string | number> = {
    key: place.at(-1) ?? 'body',
    path: place.reduce<string>((path, token) => `${path}${spelled(token, path)}`, '') || 'body',
    ...issue.params,
  }
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
}

function spelled(token: string | number, before: string): string {
  if (typeof token === 'number') return `[${token}]`
  return before === '' ? token : `.${token}`
}
