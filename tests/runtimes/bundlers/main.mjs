import { readFileSync } from 'node:fs'
import * as recreq from 'recreq'
import { digestOf } from '../program.mjs'
import * as modules from '../scenario/modules.mjs'

const cases = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const exported = Object.values(modules).flatMap((entry) => Object.keys(entry))
digestOf(recreq, cases).then((digest) => console.log(JSON.stringify({ ...digest, exported })))
