// Random JSON values: numbers from all bit patterns, strings from all of Unicode, deep ones and wide ones.

/** @typedef {import('./random.mjs').Random} Random */

// Where UTF-8 and UTF-16 change length or order, and what JSON escapes.
const edges = [0, 0x08, 0x1f, 0x20, 0x22, 0x2f, 0x5c, 0x7f, 0x80, 0x7ff, 0x800, 0x2028, 0xd7ff, 0xe000, 0xfeff, 0xffff, 0x10000, 0x10ffff]
// Names that mean something to JavaScript, and names that are each other's beginnings.
const oddKeys = ['', '__proto__', 'constructor', 'toJSON', 'length', '0', '10', '2', '-1', 'a', 'aa', 'a\u0000', 'b', 'b\ud83d\ude00', 'b\ufb33']
const oddNumbers = [0, -0, 5e-324, -2.2250738585072014e-308, 1.7976931348623157e308, 2 ** 53, -(2 ** 53) - 2, 1e21, 999999999999999900000, 1e-6, 1e-7, 0.1, 1 / 3]
const mostLevels = 60

/**
 * A value with some ten to some hundred values in it; a few have thousands.
 * @param {Random} random
 */
export function makeDocument(random) {
  const shape = random.below(400)
  if (shape === 0) return makeWide(random, 2_000)
  if (shape < 8) return makeDeep(random, 1 + random.below(mostLevels))
  if (shape < 24) return makeWide(random, 60)
  return makeValue(random, 1 + random.below(4))
}

/**
 * @param {Random} random
 * @param {number} levels
 * @returns {unknown}
 */
function makeValue(random, levels) {
  const kind = random.below(levels > 0 ? 12 : 6)
  if (kind < 2) return makeNumber(random)
  if (kind < 4) return makeString(random)
  if (kind < 6) return random.pick([null, true, false])
  const size = random.below(6)
  if (kind < 8) return Array.from({ length: size }, () => makeValue(random, levels - 1))
  return makeObject(random, size, () => makeValue(random, levels - 1))
}

/**
 * @param {Random} random
 * @param {number} levels
 */
function makeDeep(random, levels) {
  let value = makeValue(random, 0)
  for (let i = 0; i < levels; ++i) {
    const inner = value
    value = random.oneIn(2) ? [makeValue(random, 0), inner] : makeObject(random, 1, () => inner)
  }
  return value
}

/**
 * @param {Random} random
 * @param {number} most
 */
function makeWide(random, most) {
  const size = random.below(most)
  if (random.oneIn(2)) return Array.from({ length: size }, () => makeValue(random, 0))
  return makeObject(random, size, () => makeValue(random, 0))
}

/**
 * @param {Random} random
 * @param {number} size
 * @param {() => unknown} makeMember
 */
function makeObject(random, size, makeMember) {
  /** @type {Record<string, unknown>} */
  const object = {}
  for (let i = 0; i < size; ++i) {
    const key = random.oneIn(6) ? random.pick(oddKeys) : makeString(random)
    // An assignment to __proto__ would not make a member.
    Object.defineProperty(object, key, { value: makeMember(), configurable: true, enumerable: true, writable: true })
  }
  return object
}

/** @param {Random} random */
export function makeNumber(random) {
  switch (random.below(6)) {
    case 0:
      return random.pick(oddNumbers)
    case 1:
      return random.below(2_000) - 1_000
    case 2:
      return (random.below(2_000_000) - 1_000_000) / 10 ** random.below(9)
    case 3:
      return random.bits() * 2 ** random.below(40)
    default:
      return random.double()
  }
}

/**
 * A string without halves of surrogate pairs.
 * @param {Random} random
 */
export function makeString(random) {
  const length = random.oneIn(40) ? random.below(200) : random.below(10)
  let text = ''
  for (let i = 0; i < length; ++i) text += String.fromCodePoint(makeCodePoint(random))
  return text
}

/** @param {Random} random */
function makeCodePoint(random) {
  switch (random.below(8)) {
    case 0:
      return random.pick(edges)
    case 1:
      return random.below(0x20)
    case 2:
      return random.below(0x800)
    case 3:
      return 0x800 + random.below(0xd000)
    case 4:
      return 0xe000 + random.below(0x2000)
    case 5:
      return 0x10000 + random.below(0x100000)
    default:
      return 0x20 + random.below(0x5f)
  }
}
