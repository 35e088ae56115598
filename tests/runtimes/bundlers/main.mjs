import { readFileSync } from 'node:fs'
import * as recreq from 'recreq'
import { digestOf } from '../program.mjs'

const cases = JSON.parse(readFileSync(process.argv[2], 'utf8'))
digestOf(recreq, cases).then((digest) => console.log(JSON.stringify(digest)))
