// Fields that say where data goes: a page may name none of them that the gateway has not listed.
import { type Issue, pointerOf, tokensOf } from '../issue.js'
import { byte, eachElement, eachMember, NotJsonError } from './json-bytes.js'
import { covers, type PointerPattern } from './pointer-pattern.js'

/** A step on the way to destinations: what may follow, by key; `*` follows any. */
interface Step {
  isDestination: boolean
  readonly next: Map<string, Step>
}

/** Finds what a body may not have. */
export interface DestinationCheck {
  /** Fields of a body, as bytes, that the document marks as destinations. */
  readonly inBody: (body: Uint8Array) => Issue[]
  /**
   * Of the warnings about an input, those that speak of keys which nobody knows and which go on to a third party: they may
   * be destinations there, such as a callback.
   */
  readonly inWarnings: (issues: readonly Issue[]) => Issue[]
}

/** Makes the check of an operation. `fields` are allowed, with all that is in them. */
export function createDestinationCheck(destinations: readonly string[], fields: readonly PointerPattern[]): DestinationCheck {
  const root: Step = { isDestination: false, next: new Map() }
  for (const pattern of destinations) addPattern(root, tokensOf(pattern))
  const isListed = (path: readonly (string | number)[]) => fields.some((pattern) => covers(pattern, path))
  return {
    inBody(body) {
      const found: (string | number)[][] = []
      // A text that is none comes this far only when it is going to be refused.
      try {
        walk(body, 0, [root], [], found)
      } catch (error) {
        if (!(error instanceof NotJsonError)) throw error
      }
      return found.filter((path) => !isListed(path)).map((path) => refusal(path))
    },
    inWarnings(issues) {
      const unknown = issues.filter(({ code, path }) => code === 'unknown-key' && path[0] === 'body')
      return unknown
        .map(({ path }) => path.slice(1))
        .filter((path) => !isListed(path))
        .map((path) => refusal(path))
    },
  }
}

function addPattern(root: Step, tokens: readonly string[]): void {
  let at = root
  for (const token of tokens) {
    let step = at.next.get(token)
    if (step === undefined) at.next.set(token, (step = { isDestination: false, next: new Map() }))
    at = step
  }
  at.isDestination = true
}

function walk(
  bytes: Uint8Array,
  begin: number,
  steps: readonly Step[],
  path: readonly (string | number)[],
  found: (string | number)[][],
): void {
  const enter = (token: string | number, at: number) => {
    const following = steps.flatMap(({ next }) => [next.get(String(token)) ?? [], next.get('*') ?? []].flat())
    if (following.length === 0) return
    const here = [...path, token]
    if (following.some(({ isDestination }) => isDestination)) found.push(here)
    else walk(bytes, at, following, here, found)
  }
  if (bytes[begin] === byte.objectBegin)
    eachMember(bytes, begin, (key, value) => {
      enter(key, value.begin)
    })
  else if (bytes[begin] === byte.arrayBegin)
    eachElement(bytes, begin, (index, value) => {
      enter(index, value.begin)
    })
}

function refusal(fieldPath: readonly (string | number)[]): Issue {
  const path = ['body', ...fieldPath]
  const pattern = pointerOf(fieldPath.map((token) => (typeof token === 'number' ? '*' : token)))
  const message =
    `Where data goes is not for the page to say. Leave this out; whoever runs the gateway sets it in prepare, ` +
    `or lists "${pattern}" in fields.`
  return { code: 'rule', rule: 'gateway/destination', severity: 'error', path, pointer: pointerOf(path), message, params: {} }
}
