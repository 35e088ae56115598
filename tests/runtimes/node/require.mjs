import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { digestOf } from '../program.mjs'

const recreq = createRequire(import.meta.url)('recreq')
const cases = JSON.parse(readFileSync(new URL('../cases.json', import.meta.url), 'utf8'))
console.log(JSON.stringify(await digestOf(recreq, cases)))
