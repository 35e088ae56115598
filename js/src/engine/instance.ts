// Makes instances of the engine out of the one compiled module.
import { loadModule } from '#loading'
import createEngineModule from '../engine.js'
import { EngineUnavailableError } from '../errors/engine-unavailable-error.js'
import type { EngineModule } from './abi.js'

let compiled: WebAssembly.Module | undefined

/** A fresh instance with a memory of its own, synchronously. */
export function createInstance(): EngineModule {
  // The glue swallows what `instantiateWasm` throws and carries on with an empty module, so errors are carried around
  // it.
  let failure: unknown
  let instance: WebAssembly.Instance | undefined
  let engine: EngineModule | undefined
  try {
    const module = (compiled ??= loadModule())
    engine = createEngineModule({
      instantiateWasm(imports, receive) {
        try {
          instance = new WebAssembly.Instance(module, imports)
          receive(instance, module)
          return instance.exports
        } catch (error) {
          failure = error
          throw error
        }
      },
    })
  } catch (error) {
    failure ??= error
  }
  if (failure !== undefined || instance === undefined) {
    throw new EngineUnavailableError(`The recreq engine cannot be started: ${reasonOf(failure)}`, { cause: failure })
  }
  if (typeof engine?._run !== 'function') {
    throw new EngineUnavailableError(
      'The recreq engine cannot be started: its WebAssembly file and its JavaScript do not belong together.',
    )
  }
  return engine
}

function reasonOf(failure: unknown): string {
  if (typeof WebAssembly !== 'object') return 'this runtime has no WebAssembly.'
  return failure instanceof Error ? failure.message : String(failure)
}
