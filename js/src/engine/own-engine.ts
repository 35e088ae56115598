// The engine that comes with the package, for all entry points that need not be given one.
import * as loading from '#loading'
import { Engine } from './engine.js'

/** Not started before its first use. */
export const ownEngine = /* @__PURE__ */ new Engine(loading)
