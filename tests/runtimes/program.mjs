// What every runtime does: run all cases through the package, and one SHA-256 over everything that came out. Nothing in here
// is of a particular runtime.

/**
 * @typedef {object} Case
 * @property {string} provider
 * @property {string} subject the operation or schema
 * @property {boolean} [alone] whether what is given is a value, and no input around a body
 * @property {boolean} [body] whether it is the body of an operation
 * @property {string} [match] the method, where a body is made to match a bot
 * @property {any} [overrides] of a match
 * @property {any} [input]
 * @property {string} [text] the body, when it is text
 * @property {string} [bytes] the body, when it is bytes, in hexadecimal digits
 * @property {any} [options]
 *
 * @typedef {{ cases: number, hash: string }} Digest
 */

/**
 * @param {Record<string, any>} providers
 * @param {readonly Case[]} cases
 * @returns {Promise<Digest>}
 */
export async function digestOf(providers, cases) {
  const lines = cases.map((each) => lineOf(outcomeOf(providers, each)))
  return { cases: lines.length, hash: await hashOf(lines) }
}

/** @param {readonly string[]} lines */
export async function hashOf(lines) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(lines.join('\n')))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * @typedef {object} Outcome
 * @property {string} [method]
 * @property {string} [url]
 * @property {Record<string, string>} [headers]
 * @property {string} [body]
 * @property {unknown} [value]
 * @property {unknown} issues
 * @property {unknown} truncated
 * @property {unknown} [provenance]
 * @property {unknown} [origins] of a match
 * @property {unknown} [wouldHaveChanged] of a match
 */

/** @param {Outcome} outcome */
export function lineOf({ method, url, headers, body, value, issues, truncated, provenance, origins, wouldHaveChanged }) {
  const parts = [method, url, headers, body, value, issues, truncated, provenance, origins, wouldHaveChanged]
  return JSON.stringify(parts.map((part) => part ?? null))
}

/**
 * @param {Record<string, any>} providers
 * @param {Case} given
 * @returns {Outcome}
 */
export function outcomeOf(providers, given) {
  const plain = providers[given.provider][given.subject]
  const subject = given.options === undefined ? plain : plain.with(given.options)
  if (given.match !== undefined) {
    const { body, issues, truncated, origins, wouldHaveChanged } = subject[given.match](given.input, given.overrides)
    return { value: body, issues, truncated, origins, wouldHaveChanged }
  }
  const body = given.bytes === undefined ? given.text : bytesOf(given.bytes)
  const input = body === undefined ? given.input : given.alone ? body : { ...given.input, body }
  const { value, issues, truncated, provenance } = given.body ? subject.body.check(input) : subject.check(input)
  const checked = { value, issues, truncated, provenance }
  if (given.alone) return checked
  try {
    const request = subject.build(input)
    const { method, url, headers } = request
    const sent = typeof request.body === 'object' ? new TextDecoder().decode(request.body) : request.body
    return { ...checked, method, url, headers, body: sent }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'RequestInvalidError') throw error
    return checked
  }
}

/** @param {string} digits */
function bytesOf(digits) {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}
