import * as recreq from 'recreq'
import { digestOf } from '../program.mjs'

Object.assign(globalThis, { run: (/** @type {string} */ cases) => digestOf(recreq, JSON.parse(cases)) })
