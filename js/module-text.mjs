// Writes bytes as a JavaScript string with one character per byte. Compressed, it is a fifth smaller than Base64, and
// less is left to escape when a bit of each byte is inverted; the loader undoes that, in words of four bytes.

/**
 * A literal with its quotes.
 * @param {Uint8Array} bytes
 */
export function moduleText(bytes) {
  const codes = bytes.map((byte, index) => (index < bytes.length - (bytes.length % 4) ? byte ^ 0x40 : byte))
  let text = ''
  codes.forEach((code, index) => {
    text += escaped(code, codes[index + 1])
  })
  return `'${text}'`
}

/**
 * @param {number} code
 * @param {number | undefined} next
 */
function escaped(code, next) {
  const character = String.fromCharCode(code)
  if (character === "'" || character === '\\') return `\\${character}`
  // With a digit behind it, it would be another character.
  if (code === 0 && !(next !== undefined && next >= 0x30 && next <= 0x39)) return '\\0'
  return code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : character
}
