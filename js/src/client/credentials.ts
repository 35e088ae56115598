// Where a client's credential comes from, looked at before every use. It lives in closures only, so that nothing that
// shows a client, an error or a log can show it.
import { checkCredentialValue } from '../credential.js'
import { InvalidCredentialError } from '../errors/invalid-credential-error.js'
import { createMint } from './minting.js'
import { checkLifetime, hasEnded, readToken } from './token-claims.js'
import type { CredentialForm } from './service.js'

/** A credential that is ready to be sent. */
export interface ReadyCredential {
  /** As `toRequest` takes it. */
  readonly credentials: Readonly<Record<string, string>>
  /** What stays the same while tokens come and go: whose limits are counted. */
  readonly owner: string
  /** What must not be seen anywhere. */
  readonly secrets: readonly string[]
  /** Headers that go along with it. */
  readonly headers?: Readonly<Record<string, string>>
}

export type CredentialSource = () => Promise<ReadyCredential>

/**
 * Makes the source of a client's credential.
 *
 * @throws {@link InvalidCredentialError} at once, when a credential is given and cannot be right.
 */
export function createCredentialSource(form: CredentialForm | undefined, given: unknown): CredentialSource {
  if (form === undefined) return () => Promise.resolve({ credentials: {}, owner: '', secrets: [] })
  if (typeof given !== 'function') return fixedSource(form, given)
  const ask = given as () => unknown
  // What was given last is kept, with what was made of it, for as long as the same comes back.
  let last: { readonly answer: string; readonly source: CredentialSource } | undefined
  return async () => {
    const answer = await askForCredentials(form, ask)
    const parts = JSON.stringify(namesOf(form).map((name) => textOrType(ownText(answer, name))))
    if (last?.answer !== parts) last = { answer: parts, source: fixedSource(form, answer) }
    return last.source()
  }
}

/** What a function gives. One that keeps its token for too long is asked a second time. */
export async function askForCredentials(form: CredentialForm | undefined, ask: () => unknown): Promise<unknown> {
  const answer = await ask()
  const token = form === undefined ? undefined : ownText(answer, form.name)
  return form !== undefined && typeof token === 'string' && hasEnded(form, token) ? ask() : answer
}

function fixedSource(form: CredentialForm, given: unknown): CredentialSource {
  const { minted, name } = form
  const mints = minted !== undefined && ownText(given, name) === undefined && ownText(given, minted.key) !== undefined
  if (!mints) {
    const value = checkForm(form, given)
    const ready = { credentials: { [name]: value }, owner: value, secrets: [value] }
    const token = readToken(form, value)
    if (token === undefined) return () => Promise.resolve(ready)
    checkLifetime(form, token)
    return () =>
      new Promise((resolve) => {
        checkLifetime(form, token)
        resolve(ready)
      })
  }
  const key = checkCredentialValue(minted.key, given)
  const secret = checkCredentialValue(minted.secret, given)
  const mint = createMint({ ...form, minted }, { [minted.key]: key, [minted.secret]: secret })
  return async () => {
    const token = await mint()
    return { credentials: { [name]: token }, owner: key, secrets: [token, secret] }
  }
}

function checkForm({ name, header, prefix, form, mistakes = [], minted }: CredentialForm, given: unknown): string {
  const others = minted === undefined ? '' : ` or { ${minted.key}, ${minted.secret} }`
  const advice = `pass credentials: { ${name} }${others}`
  const value = checkCredentialValue(name, given, advice, `"${header}: ${prefix}…" is written here.`)
  const found = mistakes.find(({ pattern }) => new RegExp(pattern, 'u').test(value))
  const wrong = found ?? (form !== undefined && !new RegExp(form.pattern, 'u').test(value) ? form : undefined)
  if (wrong !== undefined) throw new InvalidCredentialError(name, `The credential ${name} ${wrong.message}`)
  return value
}

// What is no text is refused by its type; JSON could not carry all of it.
function textOrType(value: unknown): unknown {
  return typeof value === 'string' ? value : [typeof value]
}

function namesOf({ name, minted }: CredentialForm): string[] {
  return minted === undefined ? [name] : [name, minted.key, minted.secret]
}

function ownText(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, name)) return undefined
  return (object as Record<string, unknown>)[name] ?? undefined
}
