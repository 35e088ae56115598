// The difference between two texts as a unified diff.

/** A text by lines: as they are compared, and as they are shown. */
export interface ShownText {
  readonly lines: readonly string[]
  readonly shown: readonly string[]
}

interface Row {
  readonly mark: ' ' | '-' | '+'
  readonly line: string
}

const around = 3
// Beyond that the longest common part is not looked for.
const largestTable = 4_000_000

/** The hunks; none when nothing differs. */
export function unifiedDiff(name: string, before: ShownText, after: ShownText): string[] {
  const rows = rowsOf(before, after)
  const lines: string[] = []
  let [oldLine, newLine] = [1, 1]
  for (let at = 0; at < rows.length;) {
    const first = rows.findIndex(({ mark }, index) => index >= at && mark !== ' ')
    if (first === -1) break
    const start = Math.max(at, first - around)
    oldLine += start - at
    newLine += start - at
    let end = first
    for (let index = first; index < rows.length && index <= end + 2 * around; ++index)
      if (rows[index]?.mark !== ' ') end = index
    const hunk = rows.slice(start, end + 1 + around)
    const olds = hunk.filter(({ mark }) => mark !== '+').length
    const news = hunk.filter(({ mark }) => mark !== '-').length
    if (lines.length === 0) lines.push(`--- ${name}`, `+++ ${name}`)
    lines.push(`@@ -${oldLine},${olds} +${newLine},${news} @@`, ...hunk.map(({ mark, line }) => mark + line))
    oldLine += olds
    newLine += news
    at = start + hunk.length
  }
  return lines
}

function rowsOf(before: ShownText, after: ShownText): Row[] {
  const [a, b] = [before.lines, after.lines]
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) ++head
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) ++tail
  const rows: Row[] = []
  const put = (mark: Row['mark'], text: ShownText, index: number) => rows.push({ mark, line: text.shown[index] ?? '' })
  for (let index = 0; index < head; ++index) put(' ', before, index)
  const lengths = commonLengths(a.slice(head, a.length - tail), b.slice(head, b.length - tail))
  let [i, j] = [head, head]
  while (i < a.length - tail || j < b.length - tail) {
    if (i < a.length - tail && j < b.length - tail && a[i] === b[j] && lengths.length > 0) {
      put(' ', before, i)
      ++i
      ++j
    } else if (j === b.length - tail || (i < a.length - tail && lengthAt(i + 1, j) >= lengthAt(i, j + 1))) {
      put('-', before, i++)
    } else {
      put('+', after, j++)
    }
  }
  for (let index = a.length - tail; index < a.length; ++index) put(' ', before, index)
  return rows

  function lengthAt(row: number, column: number): number {
    return lengths[row - head]?.[column - head] ?? 0
  }
}

// How many lines two texts share from each pair of lines on.
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array[] {
  if ((a.length + 1) * (b.length + 1) > largestTable) return []
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; --i) {
    for (let j = b.length - 1; j >= 0; --j) {
      const row = lengths[i] as Uint32Array
      row[j] = a[i] === b[j] ? (lengths[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(lengths[i + 1]?.[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return lengths
}
