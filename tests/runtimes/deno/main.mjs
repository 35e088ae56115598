// The cases come as a module: without permissions, Deno reads no files.
import * as recreq from 'recreq'
// @ts-expect-error: the matrix writes it.
import cases from '../cases.json' with { type: 'json' }
import { digestOf } from '../program.mjs'

console.log(JSON.stringify(await digestOf(recreq, cases)))
