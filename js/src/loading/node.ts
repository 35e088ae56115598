// Where servers get the engine from: the file beside this package's code, compiled on the spot.
import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'

/** The compiled engine. */
export function loadModule(): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(new URL('../recreq.wasm', import.meta.url)))
}

/** The bytes of a text with one character per byte. A loop would be the slowest part of a first call. */
export function bytesOfText(text: string): Uint8Array {
  return Buffer.from(text, 'latin1')
}
