// Makes instances of the engine out of its compiled module.
import createEngineModule from '../engine.js'
import { EngineUnavailableError } from '../errors/engine-unavailable-error.js'
import type { EngineModule } from './abi.js'

/** A fresh instance with a memory of its own, synchronously. */
export function createInstance(module: WebAssembly.Module): EngineModule {
  return connected(module, (imports) => new WebAssembly.Instance(module, imports))
}

/** The same for browsers that make instances of this size only while others go on. */
export async function createInstanceAhead(module: WebAssembly.Module): Promise<EngineModule> {
  // The glue makes the imports when it gets the instance, so that the instance gets some that wait for them.
  let imports: WebAssembly.Imports = {}
  const forwarding: Record<string, Record<string, WebAssembly.ImportValue>> = {}
  for (const { module: space, name } of WebAssembly.Module.imports(module)) {
    const forwarded = (forwarding[space] ??= {})
    forwarded[name] = (...args: unknown[]) => (imports[space]?.[name] as (...args: unknown[]) => unknown)(...args)
  }
  const instance = await WebAssembly.instantiate(module, forwarding)
  return connected(module, (made) => {
    imports = made
    return instance
  })
}

function connected(
  module: WebAssembly.Module,
  instantiate: (imports: WebAssembly.Imports) => WebAssembly.Instance,
): EngineModule {
  // The glue swallows what `instantiateWasm` throws and carries on with an empty module, so errors are carried around
  // it.
  let failure: { readonly thrown: unknown } | undefined
  let engine: EngineModule | undefined
  try {
    engine = createEngineModule({
      instantiateWasm(imports, receive) {
        try {
          const instance = instantiate(imports)
          receive(instance, module)
          return instance.exports
        } catch (thrown) {
          failure = { thrown }
          throw thrown
        }
      },
    })
  } catch (thrown) {
    failure ??= { thrown }
  }
  if (failure !== undefined) throw failure.thrown
  if (typeof engine?._run !== 'function') {
    throw new EngineUnavailableError(
      'The recreq engine cannot be started: its WebAssembly file and its JavaScript do not belong together.',
    )
  }
  return engine
}
