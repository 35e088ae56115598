// Looks at a credential before it is put into a header, because what a runtime says about a bad header value has the
// value in it.
import type { CredentialDescription } from './engine/abi.js'
import { InvalidCredentialError } from './errors/invalid-credential-error.js'

/**
 * The credentials of a provider, by the names that it has for them.
 *
 * @example
 * ```ts
 * const credentials: Credentials = { apiKey: process.env.RECALL_API_KEY ?? '' }
 * ```
 */
export type Credentials<Name extends string = 'apiKey'> = { readonly [Key in Name]: string }

const authorizationPrefix = /^(?:authorization\s*:|(?:token|bearer|basic|api[-_ ]?key)[\s:])/i

/**
 * The value of the header that carries the credential.
 *
 * @throws {@link InvalidCredentialError} when it cannot be right; the message does not have it.
 */
export function credentialHeader({ name, header, prefix }: CredentialDescription, credentials: unknown): string {
  const place = `"${header}: ${prefix}…" is written here.`
  return prefix + checkCredentialValue(name, credentials, `call toRequest({ ${name} })`, place)
}

/**
 * The credential `name`, as it is.
 *
 * @throws {@link InvalidCredentialError} when it cannot be right; the message does not have it.
 */
export function checkCredentialValue(
  name: string,
  credentials: unknown,
  advice = `pass { ${name} }`,
  place = 'what stands before it is written here.',
): string {
  const value = ownMember(credentials, name)
  if (value === undefined || value === null) throw invalid(name, `is missing: ${advice}.`)
  if (typeof value !== 'string') throw invalid(name, `is of type ${typeof value}: pass a string.`)
  if (value.trim() === '')
    throw invalid(name, 'is blank: look at where it comes from, such as an environment variable that is not set.')
  if (authorizationPrefix.test(value.trimStart()))
    throw invalid(name, `begins with an authorization prefix: pass the bare value. ${place}`)
  if (value.trim() !== value) throw invalid(name, 'has whitespace around it: trim it.')
  for (let i = 0; i < value.length; ++i) {
    const unit = value.charCodeAt(i)
    if (unit <= 0x20 || unit === 0x7f)
      throw invalid(name, `has whitespace or a control character at index ${i}: copy it anew.`)
    if (unit > 0x7f) throw invalid(name, `has a character at index ${i} that is not ASCII: copy it anew.`)
  }
  return value
}

function ownMember(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, name)) return undefined
  return (object as Record<string, unknown>)[name]
}

function invalid(name: string, problem: string): InvalidCredentialError {
  return new InvalidCredentialError(name, `The credential ${name} ${problem}`)
}
