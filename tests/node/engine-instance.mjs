// Stands between the package and WebAssembly.Instance, so that a test can look into the engine's memory and make it
// fail. To be used before the package does anything.

const RealInstance = WebAssembly.Instance

export const engine = {
  /** How many instances were made. */
  count: 0,
  /** The memory of the newest instance. @type {WebAssembly.Memory | undefined} */
  memory: undefined,
  /** Thrown by every exported function when it is set. @type {unknown} */
  failure: undefined,
  /** Thrown instead of making an instance when it is set. @type {unknown} */
  refusal: undefined,

  /** Whether the newest instance's memory has these characters in it. @param {string} text */
  remembers(text) {
    return Buffer.from(engine.memory?.buffer ?? new ArrayBuffer(0)).includes(text)
  },
}

class WatchedInstance {
  /**
   * @param {WebAssembly.Module} module
   * @param {WebAssembly.Imports} imports
   */
  constructor(module, imports) {
    if (engine.refusal !== undefined) throw engine.refusal
    const real = new RealInstance(module, imports)
    engine.count += 1
    this.exports = Object.fromEntries(Object.entries(real.exports).map(([name, value]) => [name, watched(value)]))
  }
}

/** @param {WebAssembly.ExportValue} value */
function watched(value) {
  if (value instanceof WebAssembly.Memory) engine.memory = value
  if (typeof value !== 'function') return value
  return (/** @type {unknown[]} */ ...args) => {
    if (engine.failure !== undefined) throw engine.failure
    return value(...args)
  }
}

Object.assign(WebAssembly, { Instance: WatchedInstance })
