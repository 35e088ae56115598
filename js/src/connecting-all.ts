// Makes what a generated module exports for an engine whose module is given at run time.
import type { AnswerTable } from './answers/table.js'
import { connectTo } from './connecting.js'
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
    ...Object.fromEntries(operations.map(({ name, body }) => [name, makeOperation(name, body)])),
    ...Object.fromEntries(standalone.map((name) => [name, provider.schema(name)])),
    spec: provider.spec,
  })

  // Which of those with a body can match a bot, their types say; the engine does not describe it.
  function makeOperation(name: string, takesBody: boolean) {
    return takesBody ? provider.matchingOperation(name) : provider.operationWithoutBody(name)
  }
}

function engineOf(module: WebAssembly.Module): Engine {
  const known = engines.get(module)
  if (known !== undefined) return known
  const engine = new Engine({ loadModule: () => module, loadModuleAhead: () => Promise.resolve(module) })
  engines.set(module, engine)
  return engine
}
