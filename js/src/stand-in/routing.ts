// Which service and which of its operations a request is for.
import type { ProviderName } from '../provider-document.js'
import { closest } from '../suggestion.js'
import type { Service } from './answering.js'
import type { Route } from './service-document.js'

/** A service with its routes, those with fixed names before those with parameters in their place. */
export interface Hosted {
  readonly service: Service
  readonly routes: readonly Route[]
}

/** The place of a request, or why it has none. */
export type Place =
  | { readonly service: Service; readonly route: Route; readonly pathValues: readonly string[] }
  | {
      readonly service: Service | undefined
      readonly route: undefined
      readonly status: number
      readonly message: string
    }

/** Serves each route under the path of the server's URL and, for those who replace all of that, without it. */
export function findPlace(hosted: ReadonlyMap<ProviderName, Hosted>, method: string, pathname: string): Place {
  let wrongMethod: { service: Service; methods: string[] } | undefined
  for (const { service, routes } of hosted.values()) {
    const path = withoutBase(pathname, service.document.basePath)
    for (const route of routes) {
      const match = route.pattern.exec(path)
      if (match === null) continue
      const pathValues = match.slice(1).map(decoded)
      if (route.method === method) return { service, route, pathValues }
      wrongMethod ??= { service, methods: [] }
      wrongMethod.methods.push(route.method)
    }
  }
  if (wrongMethod !== undefined) {
    const { service, methods } = wrongMethod
    return {
      service,
      route: undefined,
      status: 405,
      message: `${method} is not taken here. Use ${methods.join(' or ')}.`,
    }
  }
  return nothingAt(hosted, pathname)
}

function nothingAt(hosted: ReadonlyMap<ProviderName, Hosted>, pathname: string): Place {
  for (const { service, routes } of hosted.values()) {
    const path = withoutBase(pathname, service.document.basePath)
    if (!routes.some((route) => segmentsOf(route.path)[1] === segmentsOf(path)[1])) continue
    const meant = nearestPath(routes, path)
    const advice = meant === undefined ? '' : ` Did you mean ${meant}?`
    return { service, route: undefined, status: 404, message: `There is nothing at ${path}.${advice}` }
  }
  return { service: undefined, route: undefined, status: 404, message: `There is nothing at ${pathname}.` }
}

// A slash at the end makes another path of it; apart from that, a name may be misspelt.
function nearestPath(routes: readonly Route[], path: string): string | undefined {
  const otherwise = path.endsWith('/') ? path.slice(0, -1) : `${path}/`
  if (routes.some(({ pattern }) => pattern.test(otherwise))) return otherwise
  const segments = segmentsOf(path)
  const alike = routes.map((route) => segmentsOf(route.path)).filter(({ length }) => length === segments.length)
  return closest(
    path,
    alike.map((names) => names.map((name, index) => (name.startsWith('{') ? segments[index] : name)).join('/')),
  )
}

function withoutBase(pathname: string, basePath: string): string {
  return basePath !== '' && pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname
}

function segmentsOf(path: string): string[] {
  return path.split('/')
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
