import { readFileSync } from 'node:fs'
import * as recreq from 'recreq'
import { digestOf } from '../program.mjs'

const cases = JSON.parse(readFileSync(new URL('../cases.json', import.meta.url), 'utf8'))
console.log(JSON.stringify(await digestOf(recreq, cases)))
