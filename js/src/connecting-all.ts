// Makes what a generated module exports for an engine whose module is given at run time.
import type { AnswerTable } from './answers/table.js'
import { connectTo } from './connecting.js'
import type { OperationDescription } from './engine/abi.js'
import { Engine } from './engine/engine.js'

const engines = new WeakMap<WebAssembly.Module, Engine>()

/** Everything that the engine says this provider has, by the names of the generated module. */
export function connectAll(module: WebAssembly.Module, name: string, image: string, answers: AnswerTable): object {
  const engine = engineOf(module)
  const provider = connectTo({ engine, name, image, answers })
  const { operations, schemas } = engine.session().load(name, image).description
  const bodies = operations.filter(({ body }) => body).length
  const standalone = schemas.slice(0, schemas.length - bodies)
  return Object.freeze({
    ...Object.fromEntries(operations.map((operation) => [operation.name, makeOperation(operation)])),
    ...Object.fromEntries(standalone.map((name) => [name, provider.schema(name)])),
    spec: provider.spec,
  })

  function makeOperation({ name, body, matches }: OperationDescription) {
    if (matches === true) return provider.matchingOperation(name)
    return body ? provider.operation(name) : provider.operationWithoutBody(name)
  }
}

function engineOf(module: WebAssembly.Module): Engine {
  const known = engines.get(module)
  if (known !== undefined) return known
  const engine = new Engine({ loadModule: () => module, loadModuleAhead: () => Promise.resolve(module) })
  engines.set(module, engine)
  return engine
}
