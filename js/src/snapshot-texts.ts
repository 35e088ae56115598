// What is wrong with the texts of a snapshot. They are written without a look at their characters, so this is asked when
// they turn out not to be ASCII.
import { bytesOfWord, countOf, isText, kind, kindOf } from './snapshot-form.js'

type Path = readonly (string | number)[]

/** A text that cannot be sent. */
export interface TextFault {
  readonly path: Path
  readonly problem: 'lone-surrogate' | 'too-large'
  /** How many words had been written when the text had. */
  readonly place: number
}

const encoder = new TextEncoder()
const loneSurrogate = /\p{Surrogate}/u

/** True when half of a surrogate pair stands alone, which UTF-8 has no way to write. */
export function hasLoneSurrogate(text: string): boolean {
  return loneSurrogate.test(text)
}

/** Where the first one stands; -1 when there is none. */
export function findLoneSurrogate(text: string): number {
  return text.search(loneSurrogate)
}

/** True when each of the texts, which stand one behind another, is well-formed. */
export function areWellFormed(words: Uint32Array, texts: string): boolean {
  if (hasLoneSurrogate(texts)) return false
  // Two halves side by side may belong to two texts.
  let end = 0
  return words.every((word, i) => {
    if (i === 0 || !isText(word)) return true
    end += countOf(word)
    return !isHighSurrogate(texts.charCodeAt(end - 1))
  })
}

/** The faults in the order of the texts, up to the one with which there are more than `mostBytes`. */
export function findTextFaults(words: Uint32Array, texts: string, mostBytes: number): TextFault[] {
  const faults: TextFault[] = []
  let next = 1
  let read = 0
  let bytes = 0
  const isTooLarge = (): boolean => bytes + bytesOfWord * (next - 1) > mostBytes

  const take = (text: string, path: Path): void => {
    next += 1
    read += text.length
    bytes += encoder.encode(text).length
    if (hasLoneSurrogate(text)) faults.push({ path, problem: 'lone-surrogate', place: next })
    if (isTooLarge()) faults.push({ path, problem: 'too-large', place: next })
  }
  const nextText = (): string => texts.slice(read, read + countOf(words[next] ?? 0))

  const walk = (path: Path): void => {
    const word = words[next] ?? kind.null
    if (isText(word)) {
      take(nextText(), path)
      return
    }
    next += 1
    const isObject = kindOf(word) === kind.object
    for (let i = 0; i < countOf(word) && !isTooLarge(); ++i) {
      const inner = [...path, isObject ? nextText() : i]
      // A key is at fault at the place that it names itself.
      if (isObject) take(nextText(), inner)
      if (!isTooLarge()) walk(inner)
    }
  }
  walk([])
  return faults
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}
