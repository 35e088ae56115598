// Credentials that are made from a key and a secret: checked, signed, and made anew in time.
import { checkCredentialValue } from '../credential.js'
import { signJsonWebToken } from './json-web-token.js'
import type { CredentialForm, MintedCredential } from './service.js'

/** A token and the moment at which it ends, in seconds since 1970. */
export interface MintedToken {
  readonly token: string
  readonly ends: number
}

type Minting = CredentialForm & { readonly minted: MintedCredential }

/** Makes a token. `claims` stand beside, and before, those that the document gives. */
export async function mintToken(
  { minted }: Minting,
  credentials: unknown,
  claims: Readonly<Record<string, unknown>> = {},
  seconds: number = minted.seconds,
): Promise<MintedToken> {
  const key = checkCredentialValue(minted.key, credentials)
  const secret = checkCredentialValue(minted.secret, credentials)
  const made = Math.floor(Date.now() / 1000)
  const ends = made + Math.ceil(seconds)
  const all = { [minted.keyClaim]: key, ...minted.claims, ...claims, iat: made, exp: ends }
  return { token: await signJsonWebToken(all, secret), ends }
}

/** Gives the same token until it is nearly over, then another one. */
export function createMint(form: Minting, credentials: unknown): () => Promise<string> {
  const margin = Math.min(300, form.minted.seconds / 4)
  let latest: Promise<MintedToken> | undefined
  let ends = 0
  return async () => {
    if (latest === undefined || Date.now() / 1000 >= ends - margin) {
      ends = Infinity // until it is known: those who come meanwhile wait for the same token
      latest = mintToken(form, credentials).then(
        (minted) => {
          ends = minted.ends
          return minted
        },
        (error: unknown) => {
          latest = undefined
          throw error
        },
      )
    }
    return (await latest).token
  }
}
