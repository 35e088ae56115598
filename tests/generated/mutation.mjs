// JSON texts with something done to them, by which most of them stop being JSON.

/** @typedef {import('./random.mjs').Random} Random */

// What only looks like JSON, what only some readers take, and what is JSON but refused here on purpose.
const fragments = [
  '{', '}', '[', ']', ',', ':', '"', '\\', '-', '+', '.', 'e', '0', '1', ' ', '\n', '\t',
  '{}', '[]', '""', 'null', 'true', 'false', 'nul', 'True', 'NaN', 'Infinity', '-Infinity', 'undefined', "'a'", 'a', '//', '/**/', '#',
  '01', '-01', '1.', '.5', '+1', '-', '1e', '1e+', '0x1', '1_0', '--1', '1.5.2', '1e5.2', '-0', '0e0', '1E-0', '00', '0.0e-00',
  '1e400', '-1e309', '1e-400', '-2e-324', '5e-324', '9007199254740993', '9007199254740992', '-9007199254740995', '123456789012345678901234567890',
  '100000000000000000000000', '1797693134862315708145274237317043567980705675258449965989174768031572607800285387605895586327668781715404589535143824642343213268894641827684675467035375169860499105765512820762454900903893289440758685084551339423045832369032229481658085593321233477e300',
  '\\n', '\\x', '\\u', '\\u00', '\\u0041', '\\ud800', '\\udc00', '\\ud83d\\ude00', '\\ud83d\\u0041', '\\"', '\\\\', '\\/', '\\U0041',
  '\u0000', '\u0001', '\u001f', '\u007f', '\u0080', '\u00a0', '\u2028', '\u3000', '\ufeff', '\ud800', '\udfff', '\ud83d\ude00',
  '"a":1,', ',"a":1', '"a":', '{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '[1,]', '{"a":1,}', '[,]', '[1 2]', '[1}', '{"a" 1}', '{"a":1]', '{1:2}',
]
// Bytes that UTF-8 has in no place, or only in some.
const bytes = [0x00, 0x22, 0x5c, 0x7f, 0x80, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xf8, 0xfe, 0xff]
const sequences = [
  [0xef, 0xbb, 0xbf], [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xe0, 0x9f, 0xbf], [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xed, 0x9f, 0xbf],
  [0xee, 0x80, 0x80], [0xf0, 0x80, 0x80, 0x80], [0xf0, 0x8f, 0xbf, 0xbf], [0xf0, 0x90, 0x80, 0x80], [0xf4, 0x8f, 0xbf, 0xbf], [0xf4, 0x90, 0x80, 0x80],
  [0xf8, 0x88, 0x80, 0x80, 0x80], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xc3, 0xa9],
]
const mostLevels = 70

/**
 * @param {string} text
 * @param {Random} random
 */
export function mutateText(text, random) {
  let mutated = text
  for (let left = 1 + random.below(3); left > 0; --left) {
    const at = random.below(mutated.length + 1)
    const end = Math.min(mutated.length, at + 1 + random.below(4))
    switch (random.below(8)) {
      case 0:
        mutated = mutated.slice(0, at) + mutated.slice(end)
        break
      case 1:
        mutated = mutated.slice(0, at) + random.pick(fragments) + mutated.slice(end)
        break
      case 2:
        mutated = mutated.slice(0, end) + mutated.slice(at)
        break
      case 3:
        mutated = random.oneIn(2) ? mutated.slice(0, at) : mutated.slice(at)
        break
      case 4:
        if (random.oneIn(8)) mutated = nest(mutated, random)
        break
      default:
        mutated = mutated.slice(0, at) + random.pick(fragments) + mutated.slice(at)
    }
  }
  return mutated
}

/**
 * @param {string} text
 * @param {Random} random
 */
function nest(text, random) {
  const levels = random.below(mostLevels)
  return random.oneIn(2) ? '['.repeat(levels) + text + ']'.repeat(levels) : '{"a":'.repeat(levels) + text + '}'.repeat(levels)
}

/**
 * @param {Uint8Array} text
 * @param {Random} random
 */
export function mutateBytes(text, random) {
  let mutated = Buffer.from(text)
  for (let left = 1 + random.below(2); left > 0; --left) {
    const at = random.below(mutated.length + 1)
    const rest = random.oneIn(2) ? at : Math.min(mutated.length, at + 1)
    const put = random.oneIn(2) ? random.pick(sequences) : [random.oneIn(4) ? random.below(256) : random.pick(bytes)]
    mutated = Buffer.concat([mutated.subarray(0, at), Uint8Array.from(put), mutated.subarray(rest)])
  }
  return mutated
}
