import { readFileSync } from 'node:fs'
import * as recreq from 'recreq'
import { digestOf } from '../program.mjs'
import * as modules from '../scenario/modules.mjs'
import { play } from '../scenario/steps.mjs'

const cases = JSON.parse(readFileSync(new URL('../cases.json', import.meta.url), 'utf8'))
const told = await play(modules, JSON.parse(process.argv[2]))
console.log(JSON.stringify({ ...(await digestOf(recreq, cases)), told }))
