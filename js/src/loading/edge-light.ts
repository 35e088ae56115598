// Where Vercel's edge runtime gets the engine from: it makes no WebAssembly of bytes either, and its builds take a file for
// a module only when the import says so.
import module from '../recreq.wasm?module'

/** The compiled engine. */
export function loadModule(): WebAssembly.Module {
  return module
}

/** The same: there is nothing to wait for. */
export function loadModuleAhead(): Promise<WebAssembly.Module> {
  return Promise.resolve(module)
}
