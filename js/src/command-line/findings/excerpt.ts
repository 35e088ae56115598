// A line of a file with a caret under a place in it, as compilers show it. Tabs, wide characters and very long lines keep
// the caret where it belongs; withheld values do not appear.
import { type Span, withheld } from './secrets.js'
import { displayWidth, printable } from '../terminal.js'

/** A line and what stands under it. Both are free of control characters. */
export interface Excerpt {
  /** From 1. */
  readonly line: number
  readonly source: string
  readonly carets: string
}

// Some characters of a line as they are shown.
interface Cell {
  readonly text: string
  readonly width: number
  readonly start: number
  readonly end: number
}

const tabStop = 4
// How far around the place a long line is looked at.
const reach = 1000
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The line in which `place` begins, in at most `width` columns. */
export function excerptAt(text: string, place: Span, hidden: readonly Span[], width: number): Excerpt {
  const begin = text.lastIndexOf('\n', place.start - 1) + 1
  const newline = text.indexOf('\n', place.start)
  const end = (newline === -1 ? text.length : newline) - (text[newline - 1] === '\r' ? 1 : 0)
  const from = Math.max(begin, place.start - reach)
  const to = Math.min(end, place.start + reach)
  const cells = cellsOf(text, { start: from, end: to }, hidden)
  // A place at the end of the line, such as a brace that is missing, is one column wide.
  const marked = cells.map((cell) => cell.end > place.start && cell.start < Math.min(place.end, end))
  const first = marked.includes(true) ? marked.indexOf(true) : cells.length
  const last = Math.max(first, marked.lastIndexOf(true))
  const window = windowAround(cells, first, last, width, from > begin, to < end)
  const line = text.slice(0, place.start).split('\n').length
  return { line, ...window }
}

function cellsOf(text: string, { start, end }: Span, hidden: readonly Span[]): Cell[] {
  const cells: Cell[] = []
  let column = 0
  const put = (shown: string, from: number, to: number) => {
    const width = displayWidth(shown)
    cells.push({ text: shown, width, start: from, end: to })
    column += width
  }
  let at = start
  for (const span of hidden) {
    if (span.end <= at || span.start >= end) continue
    putText(at, span.start)
    put(withheld, Math.max(span.start, at), Math.min(span.end, end))
    at = Math.min(span.end, end)
  }
  putText(at, end)
  return cells

  function putText(from: number, to: number): void {
    if (from >= to) return
    for (const { segment, index } of graphemes.segment(text.slice(from, to))) {
      const shown = segment === '\t' ? ' '.repeat(tabStop - (column % tabStop)) : printable(segment)
      put(shown, from + index, from + index + segment.length)
    }
  }
}

// What fits of a line around the cells that are marked; an ellipsis where something is left out.
function windowAround(
  cells: readonly Cell[],
  first: number,
  last: number,
  width: number,
  cutBefore: boolean,
  cutAfter: boolean,
): Pick<Excerpt, 'source' | 'carets'> {
  const widthOf = (from: number, to: number) => cells.slice(from, to).reduce((sum, cell) => sum + cell.width, 0)
  let from = 0
  let to = cells.length
  if (cutBefore || cutAfter || widthOf(0, to) > width) {
    const room = width - 2
    // A third of the room stays before the place, as far as it is needed.
    from = first
    while (from > 0 && widthOf(from - 1, first) <= room / 3) --from
    if (!cutBefore && widthOf(0, last + 1) <= room) from = 0
    to = from
    for (let sum = 0; to < cells.length; ++to) {
      sum += cells[to]?.width ?? 0
      if (sum > room) break
    }
  }
  const before = from > 0 || cutBefore ? '…' : ''
  const after = to < cells.length || cutAfter ? '…' : ''
  const source =
    before +
    cells
      .slice(from, to)
      .map((cell) => cell.text)
      .join('') +
    after
  const indent = before.length + widthOf(from, Math.min(first, to))
  const length = Math.max(1, widthOf(first, Math.min(last + 1, to)))
  return { source: source.trimEnd(), carets: ' '.repeat(indent) + '^'.repeat(length) }
}
