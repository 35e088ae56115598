// What the scenario runs against, started by the host from the packed package: for each step a stand-in of its own, an origin at
// which nobody listens, an address that leads elsewhere, and, for pages, a gateway.
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { createScenarioGateway } from './clients.mjs'
import { steps } from './steps.mjs'

/**
 * @typedef {object} Services
 * @property {Record<string, import('./clients.mjs').Place>} places
 * @property {() => Promise<void>} stop
 * @property {() => Record<string, unknown>} seen what arrived, by the name of the step
 */

/**
 * The package's entries, out of the folder in which it is installed.
 * @param {string} project
 */
async function installedIn(project) {
  const dist = join(project, 'node_modules/recreq/dist')
  const [recall, gateway, node, standIn] = await Promise.all(
    ['recall', 'gateway/index', 'gateway/node', 'stand-in/index'].map((name) => import(join(dist, `${name}.js`))),
  )
  return { recall, gateway, createNodeListener: node.createNodeListener, startStandIn: standIn.startStandIn }
}

/**
 * Starts everything for one run of the scenario.
 * @param {string} project the folder in which the package is installed
 * @param {{ gateways?: Map<string, import('node:http').RequestListener>, way?: string }} [page] where the page's server finds the
 * gateways of a way, by path
 * @returns {Promise<Services>}
 */
export async function startServices(project, { gateways, way = '' } = {}) {
  const { recall, gateway, createNodeListener, startStandIn } = await installedIn(project)
  const [closed, other] = [await listen(() => undefined), await listen((_, response) => response.end())]
  const leading = await listen((_, response) => response.writeHead(307, { location: `${other.origin}/`, ...openToPages }).end())
  /** @type {{ stop: () => Promise<unknown> }[]} */
  const doors = []
  const started = await Promise.all(
    steps.map(async ({ name, fail = [], isTimed = false, isResent = false }, number) => {
      const standIn = await startStandIn({ fail, rateLimit: false })
      const baseUrls = Object.fromEntries(['recall', 'realtimekit', 'videosdk'].map((each) => [each, standIn.baseUrl(each)]))
      /** @type {import('./clients.mjs').Place} */
      const place = { origin: standIn.url, baseUrls, closed: closed.origin, elsewhere: leading.origin }
      if (gateways !== undefined && isResent) doors.push(await addDoor(place))
      if (gateways !== undefined) {
        const path = `/api/${way}/${number}`
        place.gateway = path
        const modules = /** @type {any} */ ({ recall, gateway })
        gateways.set(path, createNodeListener(createScenarioGateway(modules, place, path)))
      }
      return { name, standIn, place, isTimed }
    }),
  )
  // Only now, so that none of the others has its port.
  await closed.stop()
  return {
    places: Object.fromEntries(started.map(({ name, place }) => [name, place])),
    async stop() {
      await Promise.all([...started.map(({ standIn }) => standIn.stop()), ...doors.map(({ stop }) => stop()), leading.stop(), other.stop()])
    },
    seen: () => ({
      ...Object.fromEntries(started.map(({ name, standIn, isTimed }) => [name, isTimed ? undefined : shownJournal(standIn.journal)])),
      'an address that leads elsewhere': other.requests(),
    }),
  }
}

// A browser asks whether a page may send a credential, and may read what comes back.
const openToPages = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization, content-type' }

/** @param {import('node:http').RequestListener} listener */
async function listen(listener) {
  let requests = 0
  const server = createServer((incoming, outgoing) => {
    requests += 1
    if (incoming.method === 'OPTIONS') outgoing.writeHead(204, { ...openToPages, connection: 'close' }).end()
    else listener(incoming, outgoing)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    origin: `http://127.0.0.1:${port}`,
    requests: () => requests,
    stop() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve(undefined)))
    },
  }
}

/**
 * Puts a door before a stand-in that lets one request in by each connection.
 * @param {import('./clients.mjs').Place} place which then names the door
 */
async function addDoor(place) {
  const { origin } = place
  const door = await listen((incoming, outgoing) => {
    const { method, headers } = incoming
    const onward = request(`${origin}${incoming.url}`, { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, connection: 'close' })
      answer.pipe(outgoing)
    })
    onward.on('error', () => incoming.socket.resetAndDestroy())
    incoming.pipe(onward)
  })
  place.origin = door.origin
  for (const [provider, url] of Object.entries(place.baseUrls)) place.baseUrls[provider] = url.replace(origin, door.origin)
  return door
}

/**
 * What is the same each time: keys by the order in which they came.
 * @param {readonly any[]} journal
 */
function shownJournal(journal) {
  /** @type {string[]} */
  const keys = []
  return journal.map(({ operation, method, path, headers, body, status, failure, started, replayed }) => {
    const key = headers['idempotency-key']
    if (key !== undefined && !keys.includes(key)) keys.push(key)
    return {
      ...{ operation, method, path, body, status, failure, replayed },
      started: started !== undefined,
      key: key === undefined ? undefined : keys.indexOf(key),
      headers: Object.fromEntries(['accept', 'authorization', 'content-type'].map((name) => [name, headers[name]])),
    }
  })
}
