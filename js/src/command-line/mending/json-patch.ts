// The difference between two JSON values as a JSON Patch (RFC 6902), whose operations follow each other.
import { isDeepStrictEqual } from 'node:util'
import { pointerOf } from '../../issue.js'
import type { JsonValue } from '../../types.js'

export type PatchStep =
  | { readonly op: 'add'; readonly path: string; readonly value: JsonValue }
  | { readonly op: 'replace'; readonly path: string; readonly value: JsonValue }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move'; readonly from: string; readonly path: string }

type Path = readonly (string | number)[]
type Members = Readonly<Record<string, JsonValue>>

/** What makes `after` out of `before`. A value that has only changed its place is moved. */
export function patchBetween(before: JsonValue, after: JsonValue): PatchStep[] {
  const steps: PatchStep[] = []
  compare(before, after, [])
  return withMoves(steps, before)

  function compare(from: JsonValue, to: JsonValue, path: Path): void {
    if (isDeepStrictEqual(from, to)) return
    if (isList(from) && isList(to)) compareLists(from, to, path)
    else if (isMembers(from) && isMembers(to)) compareMembers(from, to, path)
    else steps.push({ op: 'replace', path: pointerOf(path), value: to })
  }

  function compareMembers(from: Members, to: Members, path: Path): void {
    for (const key of Object.keys(from))
      if (!Object.hasOwn(to, key)) steps.push({ op: 'remove', path: pointerOf([...path, key]) })
    for (const [key, value] of Object.entries(to)) {
      const earlier = Object.hasOwn(from, key) ? from[key] : undefined
      if (earlier === undefined) steps.push({ op: 'add', path: pointerOf([...path, key]), value })
      else compare(earlier, value, [...path, key])
    }
  }

  function compareLists(from: readonly JsonValue[], to: readonly JsonValue[], path: Path): void {
    let start = 0
    let end = 0
    if (from.length !== to.length) {
      const shorter = Math.min(from.length, to.length)
      while (start < shorter && isDeepStrictEqual(from[start], to[start])) ++start
      while (end < shorter - start && isDeepStrictEqual(from.at(-1 - end), to.at(-1 - end))) ++end
    }
    const shared = Math.min(from.length, to.length) - end
    for (let index = from.length - end - 1; index >= shared; --index)
      steps.push({ op: 'remove', path: pointerOf([...path, index]) })
    for (let index = start; index < shared; ++index) compare(from[index] ?? null, to[index] ?? null, [...path, index])
    for (let index = shared; index < to.length - end; ++index)
      steps.push({ op: 'add', path: pointerOf([...path, index]), value: to[index] ?? null })
  }
}

// A member that was taken out and put in elsewhere has moved. The positions of elements change with every step, so that
// only members of objects are moved.
function withMoves(steps: readonly PatchStep[], before: JsonValue): PatchStep[] {
  const changed = [...steps]
  for (const step of steps) {
    if (step.op !== 'remove') continue
    const value = valueAt(before, step.path)
    if (typeof value !== 'object' && typeof value !== 'string') continue
    const target = changed.find(
      (other) => other.op === 'add' && isDeepStrictEqual(other.value, value) && isOfObjects(before, other.path),
    )
    if (target === undefined || !isOfObjects(before, step.path)) continue
    changed[changed.indexOf(target)] = { op: 'move', from: step.path, path: target.path }
    changed.splice(changed.indexOf(step), 1)
  }
  return changed
}

function isOfObjects(root: JsonValue, pointer: string): boolean {
  const tokens = pointer.split('/').slice(1, -1)
  return (
    tokens.every((_, index) => isMembers(valueAt(root, `/${tokens.slice(0, index + 1).join('/')}`) ?? null)) &&
    isMembers(root)
  )
}

function valueAt(root: JsonValue, pointer: string): JsonValue | undefined {
  let at: JsonValue | undefined = root
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Members)[key] : undefined
  }
  return at
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function isMembers(value: JsonValue): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
