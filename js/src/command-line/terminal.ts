// How text looks in a terminal: colours where they are wanted, the width of characters, lines that fit, and nothing that
// a file could make the terminal do.

/** Puts a text into a colour. */
export type Paint = (text: string) => string

/** Colours for one stream; without colour, the texts as they are. */
export interface Palette {
  readonly bold: Paint
  readonly dim: Paint
  readonly red: Paint
  readonly green: Paint
  readonly yellow: Paint
  readonly cyan: Paint
}

type Stream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>

/**
 * Colours only on a terminal. `NO_COLOR`, when it is not empty, takes them away (https://no-color.org); `FORCE_COLOR` puts
 * them in anywhere, unless it is 0.
 */
export function paletteFor(stream: Stream, environment: NodeJS.ProcessEnv = process.env): Palette {
  const coloured = wantsColour(stream, environment)
  const colour = (code: number) => (text: string) => (coloured && text !== '' ? `\x1b[${code}m${text}\x1b[0m` : text)
  return { bold: colour(1), dim: colour(2), red: colour(31), green: colour(32), yellow: colour(33), cyan: colour(36) }
}

function wantsColour({ isTTY }: Stream, { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return isTTY && TERM !== 'dumb'
}

/** How many columns a line may have: those of the terminal, within what reads well. */
export function lineWidth({ isTTY, columns }: Stream): number {
  return isTTY ? Math.max(40, Math.min(columns, 110)) : 100
}

const wide =
  /^(?:\p{Emoji_Presentation}|\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana}|\p{sc=Hangul}|\p{sc=Bopomofo}|\p{sc=Yi}|[\u3000-\u303e\uff01-\uff60\uffe0-\uffe6])/u
const withoutWidth = /^[\p{Mn}\p{Me}\p{Cf}]/u
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** How many columns a text takes in a terminal. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    if (!withoutWidth.test(segment)) width += wide.test(segment) || segment.includes('\ufe0f') ? 2 : 1
  }
  return width
}

// Escape sequences could rewrite what stands on the screen, and marks of direction its order.
const unprintable = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/** A text from a file or an answer as a terminal may have it: on one line, control characters as pictures. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    const code = character.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? '\u2421' : '\ufffd'
  })
}

/** The lines of a text that is broken between words. A word that is longer than a line stays whole. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  lines.push(line)
  return lines
}

/** `3 errors`, `1 error`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
