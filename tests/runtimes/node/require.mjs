import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { digestOf } from '../program.mjs'
import { play } from '../scenario/steps.mjs'

const require = createRequire(import.meta.url)
const cases = JSON.parse(readFileSync(new URL('../cases.json', import.meta.url), 'utf8'))
const modules = {
  recall: require('recreq/recall'),
  realtimekit: require('recreq/realtimekit'),
  videosdk: require('recreq/videosdk'),
  client: require('recreq/client'),
  gateway: require('recreq/gateway'),
  gatewayClient: require('recreq/gateway/client'),
}
const told = await play(modules, JSON.parse(process.argv[2]))
console.log(JSON.stringify({ ...(await digestOf(require('recreq'), cases)), told }))
