// Other places than the provider's own to send to: a proxy, or a stand-in on this machine.
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import type { ServiceDescription } from './service.js'

/** Turns the URL of a request into the one that it is sent to. */
export type Addressing = (url: string) => string

/**
 * Makes the addressing of a client. A credential goes to the provider's hosts, to this machine, and elsewhere only when
 * somebody says so.
 *
 * @throws {@link InvalidOptionsError} for a base URL that cannot be one, or must not get a credential.
 */
export function createAddressing(
  { server, variables, title }: ServiceDescription,
  baseUrl: string | URL | undefined,
  trusted: boolean,
): Addressing {
  if (baseUrl === undefined) return (url) => url
  const base = parse(baseUrl)
  const local = isLoopback(base.hostname)
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && local))
    throw invalid('is neither https: nor on this machine: a credential would travel in the clear. Use https:.')
  if (base.username !== '' || base.password !== '')
    throw invalid('has a user name or a password in it: take them out, and pass `credentials`.')
  if (base.search !== '' || base.hash !== '') throw invalid('has a query or a fragment: take it out.')
  if (!local && !trusted && !hostsOf(server, variables).includes(base.host)) {
    throw invalid(
      `leads to ${base.host}, which is no host of ${title}: the credential would go there. Set trustBaseUrl: true if you mean it.`,
    )
  }
  const prefix = base.origin + base.pathname.replace(/\/$/, '')
  // Behind the host, the server's own path belongs to it: a base URL takes the place of both.
  const ownPath = new URL(server.replaceAll(/\{\w+\}/g, 'x')).pathname.replace(/\/$/, '')
  return (url) => {
    const { pathname, search } = new URL(url)
    return prefix + pathname.slice(ownPath.length) + search
  }
}

function parse(baseUrl: string | URL): URL {
  try {
    return new URL(baseUrl)
  } catch {
    throw invalid('is not an absolute URL, such as https://proxy.example/recall.')
  }
}

function invalid(problem: string): InvalidOptionsError {
  return new InvalidOptionsError('baseUrl', `baseUrl ${problem}`)
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname)
}

function hostsOf(server: string, variables: Readonly<Record<string, readonly string[]>>): string[] {
  let urls = [server]
  for (const [name, values] of Object.entries(variables))
    urls = urls.flatMap((url) => values.map((value) => url.replaceAll(`{${name}}`, value)))
  return urls.map((url) => new URL(url).host)
}
