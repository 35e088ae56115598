// The engine of a realm: its module, compiled once, and one running instance, started at first use and replaced after a
// failure.
import { EngineUnavailableError } from '../errors/engine-unavailable-error.js'
import { createInstance, createInstanceAhead } from './instance.js'
import { Session } from './session.js'
import { unavailable } from './unavailable.js'

/** Where a compiled module comes from. */
export interface Loading {
  loadModule(): WebAssembly.Module
  loadModuleAhead(): Promise<WebAssembly.Module>
}

/** What all providers of a realm share. */
export class Engine {
  readonly #loading: Loading
  #module: WebAssembly.Module | undefined
  #session: Session | undefined

  constructor(loading: Loading) {
    this.#loading = loading
  }

  /** The running instance; started when there is none. */
  session(): Session {
    return (this.#session ??= this.#start())
  }

  /** Starts an instance, unless one is running, with the asynchronous functions of WebAssembly. */
  async preload(): Promise<void> {
    if (this.#session !== undefined) return
    try {
      const module = (this.#module ??= await this.#loading.loadModuleAhead())
      const instance = await createInstanceAhead(module)
      this.#session ??= this.#around(instance)
    } catch (error) {
      throw error instanceof EngineUnavailableError ? error : unavailable(error)
    }
  }

  #start(): Session {
    try {
      const module = (this.#module ??= this.#loading.loadModule())
      return this.#around(createInstance(module))
    } catch (error) {
      throw error instanceof EngineUnavailableError ? error : unavailable(error)
    }
  }

  #around(instance: ReturnType<typeof createInstance>): Session {
    return new Session(instance, (session) => {
      if (this.#session === session) this.#session = undefined
    })
  }
}
