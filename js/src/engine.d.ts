// Emscripten's glue, which the build puts beside the compiled form of this folder.
import type { EngineModule } from './engine/abi.js'

interface GlueSettings {
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): WebAssembly.Exports
}

export default function createEngineModule(settings: GlueSettings): EngineModule
