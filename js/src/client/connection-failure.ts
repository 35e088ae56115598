// What a failed fetch means: whether the request can have arrived, and what may be told of it.

// What runtimes report before anything is sent: no such host, nobody there, no certificate that could be trusted.
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ConnectionRefused',
])
const deepest = 4

/** True when it is certain that the service has seen nothing of the request. */
export function wasNeverSent(error: unknown): boolean {
  return chainOf(error).some(
    (link) => beforeSending.has(textOf(link, 'code')) || textOf(link, 'message').includes('(Connect)'),
  )
}

/**
 * What may be told of somebody else's error: names, codes and messages, without secrets. The error itself could hold the
 * request with its headers.
 */
export function describeFailure(error: unknown, secrets: readonly string[]): Error | undefined {
  const links = chainOf(error)
  return links.reduceRight<Error | undefined>((cause, link) => {
    const told = new Error(
      withoutSecrets(textOf(link, 'message'), secrets),
      cause === undefined ? undefined : { cause },
    )
    const code = textOf(link, 'code')
    const name = textOf(link, 'name')
    if (name !== '') Object.defineProperty(told, 'name', { value: withoutSecrets(name, secrets), configurable: true })
    if (code !== '') Object.assign(told, { code: withoutSecrets(code, secrets) })
    // A stack begins with the message as it was, and leads to nowhere that concerns the caller.
    told.stack = `${told.name}: ${told.message}`
    return told
  }, undefined)
}

/** The text with every secret in it taken out. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => (secret === '' ? rest : rest.replaceAll(secret, '[withheld]')), text)
}

function chainOf(error: unknown): object[] {
  const links: object[] = []
  for (let at = error; typeof at === 'object' && at !== null && links.length < deepest; at = Reflect.get(at, 'cause'))
    links.push(at)
  return links
}

function textOf(holder: object, name: string): string {
  const value: unknown = Reflect.get(holder, name)
  return typeof value === 'string' ? value : ''
}
