// A page's idempotency key as it is sent on: the same call of the same caller has the same one, and nobody else's has.
import { Problem } from './problem.js'

/** @throws {@link Problem} when the request has a key that cannot be one. */
export function postedKey(request: Request): string | undefined {
  const key = request.headers.get('idempotency-key')
  if (key === null) return undefined
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw new Problem('malformed', 'An Idempotency-Key has 1 to 255 visible ASCII characters.')
}

/**
 * The key to send for a page's key. Providers count keys for the whole account: sent as it is, one that two callers choose, or
 * that one takes from another, would answer a call with what became of somebody else's.
 */
export async function derivedKey(key: string, parts: readonly unknown[]): Promise<string> {
  const text = JSON.stringify([key, ...parts])
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  const hex = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
