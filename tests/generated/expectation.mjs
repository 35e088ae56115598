// What a JSON text is to be read as, said with the means of JavaScript: its own JSON.parse and TextDecoder, and a walk over
// the tokens of texts that JSON.parse takes, for what is refused here all the same.

const deepest = 64
const loneSurrogate = /\p{Surrogate}/u
const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gs

/**
 * @typedef {object} Expectation
 * @property {'read' | 'refused' | 'stricter'} verdict `refused`: not JSON for JavaScript either; `stricter`: for us alone
 * @property {ReadonlySet<string>} reasons codes of which one has to be given
 * @property {unknown} [value]
 */

/** What a text that is not JSON may be called; too deep, where what lies deeper was not looked at. @type {ReadonlySet<string>} */
const broken = new Set(['syntax', 'encoding', 'byte-order-mark', 'lone-surrogate', 'too-deep'])

/**
 * @param {string} text
 * @returns {Expectation}
 */
export function expectationOfText(text) {
  let value
  try {
    value = JSON.parse(text)
  } catch {
    return { verdict: 'refused', reasons: broken }
  }
  const reasons = strictReasons(text)
  return reasons.size > 0 ? { verdict: 'stricter', reasons } : { verdict: 'read', reasons, value }
}

/**
 * @param {Uint8Array} bytes
 * @returns {Expectation}
 */
export function expectationOfBytes(bytes) {
  let text
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    const repaired = expectationOfText(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
    // Where nothing else is wrong, the encoding is what has to be named.
    return { verdict: 'refused', reasons: repaired.verdict === 'read' ? new Set(['encoding', 'lone-surrogate']) : broken }
  }
  const expected = expectationOfText(text)
  return text.startsWith('\ufeff') ? { ...expected, reasons: new Set(['byte-order-mark']) } : expected
}

/**
 * Why a text that JSON.parse takes is refused.
 * @param {string} text
 */
function strictReasons(text) {
  /** @type {Set<string>} */
  const reasons = new Set()
  // JavaScript takes half a pair as it is together with the other half as an escape; no UTF-8 text can have that.
  if (loneSurrogate.test(text)) reasons.add('lone-surrogate')
  /** Keys of the open objects; undefined for arrays. @type {(Set<string> | undefined)[]} */
  const open = []
  /** @type {string | undefined} */
  let before
  for (const [part] of text.matchAll(token)) {
    if (part === '{' || part === '[') {
      open.push(part === '{' ? new Set() : undefined)
      if (open.length > deepest) reasons.add('too-deep')
    } else if (part === '}' || part === ']') {
      open.pop()
    } else if (part.startsWith('"')) {
      const string = JSON.parse(part)
      if (loneSurrogate.test(string)) reasons.add('lone-surrogate')
      const keys = open.at(-1)
      if (keys !== undefined && before !== ':') {
        if (keys.has(string)) reasons.add('duplicate-key')
        keys.add(string)
      }
    } else if (/^[-\d]/.test(part) && losesItsValue(part)) {
      reasons.add('number-range')
    }
    before = part
  }
  return reasons
}

/** @param {string} literal */
function losesItsValue(literal) {
  const value = Number(literal)
  if (!Number.isFinite(value)) return true
  if (value === 0) return /[1-9]/.test(literal.replace(/[eE].*/, ''))
  // An integer has to be exact; but what is printed for a double may be read again.
  return /^-?\d+$/.test(literal) && BigInt(literal) !== BigInt(value) && literal !== String(value)
}
