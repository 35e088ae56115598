// Reads what a JSON Web Token says of itself, so that one which the service is going to refuse is not sent. Its signature is the
// service's to verify, and what cannot be read is the service's to judge. No value of a token is shown but its moments.
import { InvalidCredentialError } from '../errors/invalid-credential-error.js'
import type { ClaimForm, CredentialForm } from './service.js'

/** A token's claims. */
export type Claims = Readonly<Record<string, unknown>>

/**
 * The claims of a token, where the service takes tokens and this one can be read.
 *
 * @throws {@link InvalidCredentialError} when the service takes none that says this.
 */
export function readToken({ name, jsonWebToken }: CredentialForm, token: string): Claims | undefined {
  if (jsonWebToken === undefined) return undefined
  const [head, claims] = token.split('.').map(decoded)
  if (head === undefined || claims === undefined) return undefined
  const { algorithms, algorithmMessage } = jsonWebToken
  if (!algorithms.includes(String(head['alg']))) throw invalid(name, algorithmMessage)
  const wrong = jsonWebToken.claims.find((form) => !fits(form, claims))
  if (wrong !== undefined) throw invalid(name, wrong.message)
  return claims
}

/** @throws {@link InvalidCredentialError} when a token's time is over, or has not come. */
export function checkLifetime({ name, jsonWebToken }: CredentialForm, { exp, nbf }: Claims): void {
  const { clockSkew = 0 } = jsonWebToken ?? {}
  for (const [claim, value] of Object.entries({ exp, nbf }))
    if (value !== undefined && typeof value !== 'number')
      throw invalid(name, `has an ${claim} in its payload that is no number of seconds: make it anew.`)
  const now = Date.now() / 1000
  if (typeof exp === 'number' && exp + clockSkew <= now)
    throw invalid(name, `ended at ${momentOf(exp)}, by this machine's clock: make another one.`)
  if (typeof nbf === 'number' && nbf - clockSkew > now)
    throw invalid(name, `does not begin before ${momentOf(nbf)}, by this machine's clock: wait, or make another one.`)
}

/** Whether a token is over. What cannot be read is not. */
export function hasEnded({ jsonWebToken }: CredentialForm, token: string): boolean {
  if (jsonWebToken === undefined) return false
  const exp = decoded(token.split('.')[1] ?? '')?.['exp']
  return typeof exp === 'number' && exp <= Date.now() / 1000
}

function fits({ claim, optional, is, has, alone }: ClaimForm, claims: Claims): boolean {
  const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined
  if (value === undefined || value === null) return optional === true
  if (is !== undefined && value !== is) return false
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (has !== undefined && !list.includes(has)) return false
  return alone === undefined || !list.includes(alone) || list.length === 1
}

function decoded(part: string): Claims | undefined {
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
    const text = new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)))
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Claims) : undefined
  } catch {
    return undefined
  }
}

function momentOf(seconds: number): string {
  const moment = new Date(seconds * 1000)
  return Number.isNaN(moment.getTime()) ? 'a moment that is none' : moment.toISOString()
}

function invalid(name: string, problem: string): InvalidCredentialError {
  return new InvalidCredentialError(name, `The credential ${name} ${problem}`)
}
