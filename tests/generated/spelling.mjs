// One value, written as JSON in a random one of the many ways that mean the same.

/** @typedef {import('./random.mjs').Random} Random */

/**
 * @param {unknown} value
 * @param {Random} random
 * @returns {string}
 */
export function spell(value, random) {
  const blank = () => (random.oneIn(12) ? random.pick([' ', '\n', '\t', '\r', '  \r\n']) : '')
  /**
   * @param {unknown} part
   * @returns {string}
   */
  const write = (part) => {
    if (typeof part === 'string') return spellString(part, random)
    if (typeof part === 'number') return spellNumber(part, random)
    if (part === null || typeof part !== 'object') return String(part)
    const isArray = Array.isArray(part)
    const parts = isArray
      ? part.map(write)
      : shuffle(Object.keys(part), random).map((key) => `${spellString(key, random)}${blank()}:${blank()}${write(part[key])}`)
    const inside = parts.map((each) => `${blank()}${each}${blank()}`).join(',')
    return isArray ? `[${inside || blank()}]` : `{${inside || blank()}}`
  }
  return `${blank()}${write(value)}${blank()}`
}

/**
 * @param {string} text
 * @param {Random} random
 */
function spellString(text, random) {
  const plain = JSON.stringify(text)
  if (!random.oneIn(6)) return plain
  let spelled = '"'
  for (let i = 0; i < text.length; ++i) {
    const unit = text.charCodeAt(i)
    const short = '"\\/\b\f\n\r\t'.indexOf(text[i])
    const isHalf = unit >= 0xd800 && unit <= 0xdfff
    if (short >= 0 && random.oneIn(2)) spelled += '\\' + '"\\/bfnrt'[short]
    else if (short === 2 && random.oneIn(2)) spelled += '/'
    else if (short >= 0 || unit < 0x20 || isHalf || random.oneIn(4)) spelled += escape(unit, random)
    else spelled += text[i]
  }
  return spelled + '"'
}

/**
 * @param {number} unit of UTF-16
 * @param {Random} random
 */
function escape(unit, random) {
  const digits = unit.toString(16).padStart(4, '0')
  return '\\u' + (random.oneIn(2) ? digits.toUpperCase() : digits)
}

/**
 * @param {number} value
 * @param {Random} random
 */
function spellNumber(value, random) {
  switch (random.below(8)) {
    case 0:
      return Object.is(value, -0) ? '-0.0' : value.toExponential()
    case 1:
      return value.toExponential(17 + random.below(20)).replace('e', 'E')
    case 2:
      // All digits of an integer, or a fraction with more of them than count.
      if (Number.isInteger(value)) return String(BigInt(value)) + random.pick(['', '.0', '.000', 'e0', 'E+00'])
      return Math.abs(value) > 1e-3 && Math.abs(value) < 1e18 ? value.toFixed(40) : String(value)
    default:
      return Object.is(value, -0) ? '-0' : String(value)
  }
}

/**
 * @param {string[]} items
 * @param {Random} random
 */
function shuffle(items, random) {
  for (let i = items.length - 1; i > 0; --i) {
    const other = random.below(i + 1)
    const moved = items[i]
    items[i] = items[other]
    items[other] = moved
  }
  return items
}
