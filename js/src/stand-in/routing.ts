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
      message: `${method} is not taken here; ${methods.join(' and ')} is.`,
    }
  }
  return nothingAt(hosted, pathname)
}

function nothingAt(hosted: ReadonlyMap<ProviderName, Hosted>, pathname: string): Place {
  const services = [...hosted.values()]
  const near = services.find(({ service: { document }, routes }) => {
    const path = withoutBase(pathname, document.basePath)
    return routes.some((route) => firstSegment(route.path) === firstSegment(path))
  })
  const routes = (near === undefined ? services : [near]).flatMap((each) => each.routes)
  const path = near === undefined ? pathname : withoutBase(pathname, near.service.document.basePath)
  const meant = closest(path, new Set(routes.map((route) => filledIn(route.path, path))))
  const advice = meant === undefined ? '' : ` Did you mean ${meant}?`
  return { service: near?.service, route: undefined, status: 404, message: `There is nothing at ${path}.${advice}` }
}

function withoutBase(pathname: string, basePath: string): string {
  return basePath !== '' && pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname
}

function firstSegment(path: string): string {
  return path.split('/')[1] ?? ''
}

// The template with what the path has in the places of its parameters.
function filledIn(template: string, path: string): string {
  const segments = path.split('/')
  return template
    .split('/')
    .map((segment, index) => (segment.startsWith('{') ? (segments[index] ?? segment) : segment))
    .join('/')
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
