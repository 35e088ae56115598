// What an import of the engine's file is in the runtimes that have such imports.

declare module '*/recreq.wasm' {
  const module: WebAssembly.Module
  export default module
}

declare module '*/recreq.wasm?module' {
  const module: WebAssembly.Module
  export default module
}
