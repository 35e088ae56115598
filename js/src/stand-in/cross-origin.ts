// Lets web pages of this machine call the stand-in, as the services themselves do not.
import type { IncomingHttpHeaders } from 'node:http'

const loopback = /^https?:\/\/(?:localhost|[\w-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i

/** The headers that let the page read an answer; none when it may not. */
export function crossOriginHeaders(request: IncomingHttpHeaders, allowed: boolean | '*'): Record<string, string> {
  const { origin } = request
  if (origin === undefined || allowed === false || (allowed === true && !loopback.test(origin))) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST, PUT, DELETE',
    'access-control-allow-headers': request['access-control-request-headers'] ?? 'Authorization, Content-Type',
    'access-control-expose-headers': 'Retry-After, Ratelimit, Ratelimit-Policy, WWW-Authenticate',
    'access-control-max-age': '600',
    vary: 'Origin',
  }
}
