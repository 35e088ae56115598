// The engine's module as a browser of the past met it: too large to be compiled on the main thread. Today's Chromium has the same
// refusal, for modules of more than 8 MB.
import { moduleText } from '../../../js/module-text.mjs'

const padding = 2 ** 23

/**
 * The code of the package's own module of that name, of a module that has a section more in which nothing stands.
 * @param {Uint8Array} module
 */
export function largeModule(module) {
  // In front of it, the name of the section has as many characters as make whole words.
  const bare = module.length + 1 + 4 + 1
  const name = '-'.repeat(4 - (bare % 4))
  const length = 1 + name.length + padding
  const lengthInFours = [0, 7, 14, 21].map((shift, index) => ((length >>> shift) & 0x7f) | (index < 3 ? 0x80 : 0))
  const head = Buffer.from([0, ...lengthInFours, name.length, ...Buffer.from(name)])
  // In the text, the bit 0x40 of each byte is inverted.
  return `export const moduleText = ${moduleText(Buffer.concat([module, head]))} + '@'.repeat(${padding})`
}
