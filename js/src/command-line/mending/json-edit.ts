// Carries a JSON Patch out on text: what it does not touch keeps its spacing, its order and the spelling of its numbers.
import { tokensOf } from '../../issue.js'
import type { JsonValue } from '../../types.js'
import type { PatchStep } from './json-patch.js'
import { type JsonNode, nodeAt, readTree } from '../json-text.js'

/** The text after all steps. It is JSON, and the patch applies to it. */
export function editText(text: string, patch: readonly PatchStep[]): string {
  return patch.reduce(editOnce, text)
}

function editOnce(text: string, step: PatchStep): string {
  const { root } = readTree(text)
  if (root === undefined) return text
  const path = tokensOf(step.path)
  const key = path.at(-1) ?? ''
  if (step.op === 'replace') {
    const { start, end } = nodeAt(root, path)
    return text.slice(0, start) + written(step.value, text, start) + text.slice(end)
  }
  if (step.op === 'remove') return withoutChild(text, nodeAt(root, path.slice(0, -1)), nodeAt(root, path))
  if (step.op === 'add')
    return withChild(text, nodeAt(root, path.slice(0, -1)), key, (at) => written(step.value, text, at))

  const from = tokensOf(step.from)
  const node = nodeAt(root, from)
  const source = text.slice(node.start, node.end)
  if (node.key !== undefined && path.slice(0, -1).join('/') === from.slice(0, -1).join('/'))
    return text.slice(0, node.key.start) + JSON.stringify(key) + text.slice(node.key.end)
  const rest = withoutChild(text, nodeAt(root, from.slice(0, -1)), node)
  const target = readTree(rest).root
  return target === undefined ? text : withChild(rest, nodeAt(target, path.slice(0, -1)), key, () => source)
}

// A child goes with the comma before or behind it, and with the space around.
function withoutChild(text: string, parent: JsonNode, child: JsonNode): string {
  const index = parent.children.indexOf(child)
  const before = parent.children[index - 1]
  const next = parent.children[index + 1]
  if (next !== undefined) return text.slice(0, beginningOf(child)) + text.slice(beginningOf(next))
  if (before !== undefined) return text.slice(0, before.end) + text.slice(child.end)
  return text.slice(0, parent.start + 1) + text.slice(parent.end - 1)
}

function withChild(text: string, parent: JsonNode, key: string, value: (at: number) => string): string {
  const { children, start, end } = parent
  const index = parent.kind === 'array' ? Number(key) : children.length
  const name = parent.kind === 'array' ? '' : `${JSON.stringify(key)}:${colonSpace(text, parent)}`
  const next = children[index]
  if (next !== undefined)
    return `${text.slice(0, beginningOf(next))}${name}${value(start)}, ${text.slice(beginningOf(next))}`
  const last = children.at(-1)
  if (last === undefined) {
    const { margin, step } = indentationAt(text, start)
    const [before, after] = step === '' ? ['', ''] : [`\n${margin}${step}`, `\n${margin}`]
    return text.slice(0, start + 1) + before + name + value(start) + after + text.slice(end - 1)
  }
  // The new one stands as far from the last one as that stands from what is before it.
  const gap = text.slice(children.length > 1 ? (children.at(-2)?.end ?? start) : start + 1, beginningOf(last))
  const space = gap.slice(gap.indexOf(',') + 1)
  const between = children.length > 1 || space.includes('\n') ? space : ' '
  return `${text.slice(0, last.end)},${between}${name}${value(start)}${text.slice(last.end)}`
}

function written(value: JsonValue, text: string, at: number): string {
  const { margin, step } = indentationAt(text, at)
  if (step === '') return JSON.stringify(value)
  return JSON.stringify(value, undefined, step).replaceAll('\n', `\n${margin}${step}`)
}

function beginningOf({ key, start }: JsonNode): number {
  return key?.start ?? start
}

function colonSpace(text: string, { children }: JsonNode): string {
  const [first] = children
  if (first?.key === undefined) return ' '
  return text.slice(first.key.end, first.start).replace(/^\s*:/, '')
}

// What stands before the line of a place, and what each level adds.
function indentationAt(text: string, at: number): { margin: string; step: string } {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
  return { margin: /^[ \t]*/.exec(line)?.[0] ?? '', step: /\n([ \t]+)/.exec(text)?.[1] ?? '' }
}
