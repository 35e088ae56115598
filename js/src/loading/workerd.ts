// Where Cloudflare's Workers get the engine from: workerd makes no WebAssembly of bytes, so that the module is imported, and
// compiled when the Worker is uploaded.
import module from '../recreq.wasm'

/** The compiled engine. */
export function loadModule(): WebAssembly.Module {
  return module
}

/** The same: there is nothing to wait for. */
export function loadModuleAhead(): Promise<WebAssembly.Module> {
  return Promise.resolve(module)
}
