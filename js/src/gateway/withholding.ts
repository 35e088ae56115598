// Keeps secrets out of answers: a service may repeat what it was sent.
import { secretsOfAddress } from '../answers/address-secrets.js'
import type { ServiceDescription } from '../client/service.js'
import { tokensOf } from '../issue.js'

/** Credentials as they were sent, the latest of them. */
export interface SentCredentials {
  /** Sends, and remembers what the header held. */
  readonly fetch: typeof fetch
  readonly secrets: () => readonly string[]
}

const withheld = '[withheld]'
// Tokens are renewed now and then, and no answer is older than a few of them.
const mostRemembered = 16
// What is shorter would be found in words that are no secrets.
const shortestSecret = 8

/** Watches what goes out: whatever a credential was made from, what could come back is what was sent. */
export function rememberCredentials(
  header: string | undefined,
  prefix: string,
  send: typeof fetch | undefined,
): SentCredentials {
  const remembered = new Set<string>()
  const watch: typeof fetch = (input, init) => {
    const value = header === undefined || !(input instanceof Request) ? null : input.headers.get(header)
    if (value !== null) {
      const secret = value.slice(prefix.length)
      remembered.delete(secret)
      remembered.add(secret)
      const [oldest] = remembered
      if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest)
    }
    return (send ?? fetch)(input, init)
  }
  return { fetch: watch, secrets: () => [...remembered] }
}

/** The texts that stand under one of the names, anywhere in a value, and the secrets in addresses. */
export function secretsIn(value: unknown, names: readonly string[], isSecret = false): string[] {
  if (typeof value === 'string') return isSecret ? [value] : secretsOfAddress(value)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, entry]) => secretsIn(entry, names, isSecret || names.includes(name)))
}

/** What the fields are called that say where data goes. */
export function namesOfDestinations({ operations }: ServiceDescription): ReadonlySet<string> {
  const places = Object.values(operations).flatMap(({ destinations = [] }) => destinations.map(tokensOf))
  // Much is called url: where that is the field, what it stands in says whose it is.
  const names = places.map((tokens) => tokens.at(tokens.at(-1) === 'url' ? -2 : -1))
  return new Set(names.filter((name) => name !== undefined))
}

/** An answer without the secrets of destinations: whoever runs the gateway has set them, maybe in another request. */
export function withoutDestinationSecrets(
  value: unknown,
  names: readonly string[],
  destinations: ReadonlySet<string>,
  isInside = false,
): unknown {
  if (typeof value === 'string') return isInside ? withoutAddressSecrets(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((entry) => withoutDestinationSecrets(entry, names, destinations, isInside))
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => {
      const isDestination = isInside || destinations.has(name)
      // A secret may stand beside the destination that it is for.
      const isSecret = (isDestination || name !== 'url') && typeof entry === 'string' && entry !== '' && names.includes(name)
      return [name, isSecret ? withheld : withoutDestinationSecrets(entry, names, destinations, isDestination)]
    }),
  )
}

// What is short cannot be replaced without spoiling the rest: then all of the address goes.
function withoutAddressSecrets(address: string): string {
  const secrets = secretsOfAddress(address, 1)
  return secrets.some(({ length }) => length < shortestSecret) ? withheld : withoutSecrets(address, secrets)
}

/** JSON text without the secrets. */
export function withoutSecrets(json: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
  return [...new Set(forms)]
    .filter((form) => form.length >= shortestSecret)
    .sort((one, other) => other.length - one.length)
    .reduce((text, form) => text.replaceAll(form, withheld), json)
}
