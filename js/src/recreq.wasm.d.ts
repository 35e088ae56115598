// What an import of `recreq/recreq.wasm` gives in the runtimes and builds that have such imports.

/** The compiled engine, for `recreq/slim`. */
declare const module: WebAssembly.Module
export default module
