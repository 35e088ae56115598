// The form of snapshots, which wasm/src/json/snapshot.hpp describes and reads.

/** The lowest bits of a word. What stands above them counts code units, elements or members. */
export const kind = { null: 0, false: 1, true: 2, number: 3, string: 4, array: 5, object: 6 } as const
export const kindBits = 3
export const wordBytes = 4

/** What a word counts as where bytes are limited: a pair of brackets or quotes in JSON. */
export const bytesOfWord = 2

/** The kind of a value, or of a member's key. */
export function kindOf(word: number): number {
  return word & ((1 << kindBits) - 1)
}

/** Code units of a text, elements of an array, members of an object. */
export function countOf(word: number): number {
  return word >>> kindBits
}

/** Whether the word stands for a text: a string, or a number's digits. */
export function isText(word: number): boolean {
  const found = kindOf(word)
  return found === kind.string || found === kind.number
}
