// Puts each provider's document, engine and behaviour together to a service.
import { type ProviderName, providerNames } from '../provider-document.js'
import * as realtimekit from '../realtimekit.js'
import * as recall from '../recall.js'
import * as videosdk from '../videosdk.js'
import { createService } from './answering.js'
import type { AnyOperation } from './checking.js'
import type { StandInOptions } from './options.js'
import { RateLimits } from './rate-limits.js'
import { realtimekitBehaviour } from './realtimekit.js'
import { recallBehaviour } from './recall.js'
import type { Hosted } from './routing.js'
import type { Behaviour, BehaviourSources } from './service.js'
import { readServiceDocument, responseTo, type ServiceDocument } from './service-document.js'
import { videosdkBehaviour } from './videosdk.js'

const modules = { recall, realtimekit, videosdk }

const behaviours: Record<ProviderName, (sources: BehaviourSources, options: StandInOptions) => Behaviour> = {
  recall: (sources, { bots }) => recallBehaviour(sources, bots),
  realtimekit: (sources, { meetings }) => realtimekitBehaviour(sources, meetings),
  videosdk: (sources, { rooms }) => videosdkBehaviour(sources, rooms),
}

export function hostServices(options: StandInOptions, clock: () => number): Map<ProviderName, Hosted> {
  const { providers = providerNames, rateLimit, credentials = {} } = options
  const instead =
    typeof rateLimit === 'object' ? { requests: rateLimit.requests, seconds: rateLimit.seconds ?? 60 } : rateLimit
  const limits = new RateLimits(instead)
  const hosted = new Map<ProviderName, Hosted>()
  for (const name of providerNames.filter((each) => providers.includes(each))) {
    const document = readServiceDocument(name)
    const behaviour = behaviours[name]({ example: (operation) => exampleOf(document, operation) }, options)
    const operations = modules[name] as unknown as Readonly<Record<string, AnyOperation>>
    const service = createService({ document, behaviour, operations, limits, credential: credentials[name], clock })
    // Where parameters and fixed names compete for a place, names win.
    const routes = [...document.routes].sort((a, b) => a.pathParameters.length - b.pathParameters.length)
    hosted.set(name, { service, routes })
  }
  return hosted
}

function exampleOf({ routes }: ServiceDocument, operation: string) {
  const route = routes.find(({ name }) => name === operation)
  const [first] = (route && responseTo(route, 200))?.examples.values() ?? []
  if (first === undefined) throw new TypeError(`The document shows no answer of ${operation}.`)
  return structuredClone(first)
}
