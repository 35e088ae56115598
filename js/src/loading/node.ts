// Where servers get the engine from: the file beside this package's code, compiled on the spot.
import { readFileSync } from 'node:fs'

/** The compiled engine. */
export function loadModule(): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(new URL('../recreq.wasm', import.meta.url)))
}
