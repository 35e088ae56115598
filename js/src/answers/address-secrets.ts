// The secrets that an address holds: services write addresses into what they say.

const scheme = /^[a-z][a-z\d+.-]{0,31}:\/\//i
const secretName = /(?:token|secret|api[-_]?key|password|signature)$|(?:^|[_-])(?:key|sig)$/i
// What is shorter stands in sentences that are about something else.
const shortest = 6

/** The password of a URL, and what stands in its query under a name such as `token`; as it is written, and as it is meant. */
export function secretsOfAddress(text: string, least = shortest): string[] {
  const begin = scheme.exec(text)?.[0].length
  if (begin === undefined) return []
  const [address = ''] = text.slice(begin).split('#', 1)
  const authority = address.slice(0, endBefore(address, /[/?\\]/))
  const user = authority.slice(0, Math.max(0, authority.lastIndexOf('@')))
  const query = address.slice(endBefore(address, /\?/) + 1)
  const values = [user.slice(endBefore(user, /:/) + 1)]
  for (const pair of query.split('&')) {
    const name = pair.slice(0, endBefore(pair, /=/))
    if (name.length <= 100 && secretName.test(name)) values.push(pair.slice(name.length + 1))
  }
  return [...new Set(values.flatMap((value) => [value, decoded(value)]))].filter((value) => value.length >= least)
}

/** Where something begins; the end when it is not there. */
function endBefore(text: string, what: RegExp): number {
  const at = text.search(what)
  return at === -1 ? text.length : at
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
