// Mends a file by the fixes of its issues, round after round, until nothing is left that has one.
import { isDeepStrictEqual } from 'node:util'
import { applyFixes } from '../../fixes.js'
import type { BodySchema } from '../../operation.js'
import type { Report } from '../../report.js'
import type { JsonValue } from '../../types.js'
import { type BodyFile, bodyFileOf } from '../body-file.js'
import { editText } from './json-edit.js'
import { type PatchStep, patchBetween } from './json-patch.js'

/** A file and what became of it. */
export interface Mended {
  readonly before: BodyFile
  readonly after: BodyFile
  /** All rounds, one after the other. */
  readonly patch: readonly PatchStep[]
  /** What is found in the mended file. */
  readonly report: Report<unknown>
}

// A round can make other issues visible.
const mostRounds = 20

/** The file as its fixes leave it. A file that is no JSON, or has a key twice, stays as it is. */
export function mend(before: BodyFile, checker: BodySchema<unknown>): Mended {
  let after = before
  let report = checker.check(before.body)
  let value = valueOf(before)
  const patch: PatchStep[] = []
  for (let round = 0; round < mostRounds && value !== undefined; ++round) {
    const mended: JsonValue = applyFixes(value, report)
    if (isDeepStrictEqual(mended, value)) break
    const steps = patchBetween(value, mended)
    const next = bodyFileOf(after, editText(after.text, steps))
    // A key that stands there twice is one that no pointer can tell from the other.
    if (!isDeepStrictEqual(valueOf(next), mended)) break
    after = next
    patch.push(...steps)
    value = mended
    report = checker.check(after.body)
  }
  return { before, after, patch, report }
}

function valueOf({ body, tree }: BodyFile): JsonValue | undefined {
  return tree.complete && typeof body === 'string' ? (JSON.parse(body.replace(/^\ufeff/, '')) as JsonValue) : undefined
}
