import * as modules from '../scenario/modules.mjs'
import { play } from '../scenario/steps.mjs'

console.log(JSON.stringify(await play(modules, JSON.parse(/** @type {any} */ (globalThis).Deno.args[0]))))
