// What a client has to know about a provider: the form of the data that is made from its document.

/**
 * How a provider's requests are sent: made from its document, and exported as `service` by its module.
 *
 * @example
 * ```ts
 * const client = createClient({ service: recall.service, startRecording: recall.startRecording }, { credentials })
 * ```
 */
export interface ServiceDescription {
  /** The provider's name in this package. */
  readonly name: string
  readonly title: string
  /** Where requests go, with server variables in braces. */
  readonly server: string
  /** The values of each server variable. */
  readonly variables: Readonly<Record<string, readonly string[]>>
  readonly credential?: CredentialForm
  readonly operations: Readonly<Record<string, OperationPolicy>>
  /** Limits of all operations together. */
  readonly rateLimits?: readonly RateLimitDescription[]
  /** Names of fields whose values are secrets. */
  readonly secrets?: readonly string[]
}

/** What a credential is called, and what it has to look like. */
export interface CredentialForm {
  readonly name: string
  readonly header: string
  /** What stands before it there. */
  readonly prefix: string
  /** What it always matches; the message says what to do when it does not. */
  readonly form?: PatternMessage
  /** What it never matches, because it is something else. */
  readonly mistakes?: readonly PatternMessage[]
  /** Present when it is a JSON Web Token: what it has to say of itself. */
  readonly jsonWebToken?: JsonWebTokenForm
  readonly minted?: MintedCredential
}

/** A regular expression, and what its match means. */
export interface PatternMessage {
  readonly pattern: string
  readonly message: string
}

/** What a service asks of the tokens that it takes. Messages say what to do when a token is another one. */
export interface JsonWebTokenForm {
  readonly algorithms: readonly string[]
  readonly algorithmMessage: string
  /** Seconds by which the clocks of this machine and the service may differ. */
  readonly clockSkew: number
  readonly claims: readonly ClaimForm[]
}

/** What a claim of a token has to be. Without more said, it has to be there. */
export interface ClaimForm {
  readonly claim: string
  /** It need not be there. */
  readonly optional?: boolean
  /** Its value. */
  readonly is?: unknown
  /** What stands in its list. */
  readonly has?: string
  /** What stands in its list by itself, or not at all. */
  readonly alone?: string
  readonly message: string
}

/** A credential that is made from two others: a JSON Web Token. */
export interface MintedCredential {
  readonly algorithm: 'HS256'
  /** What the key's and the secret's credentials are called. */
  readonly key: string
  readonly secret: string
  /** The claim that has the key. */
  readonly keyClaim: string
  readonly claims: Readonly<Record<string, unknown>>
  /** How long it lives when nobody says. */
  readonly seconds: number
}

/** How one operation may be sent. */
export interface OperationPolicy {
  readonly method: string
  readonly retry?: RetryTable
  readonly idempotency?: { readonly input: string; readonly seconds: number }
  /** Limits of this operation alone. */
  readonly rateLimits?: readonly RateLimitDescription[]
  readonly paging?: PagingDescription
  readonly reconcile?: ReconcileDescription
  /** Fields that say where data goes: JSON Pointers from the body's root, in which `*` stands for any member or element. */
  readonly destinations?: readonly string[]
}

/** Statuses after which the same request may be sent again: at any time, and only under the same idempotency key. */
export interface RetryTable {
  readonly always?: readonly number[]
  readonly withKey?: readonly number[]
}

export interface RateLimitDescription {
  readonly requests: number
  readonly seconds: number
  /** Whose requests count together: those of a credential, which is the usual case, or all that come from an address. */
  readonly scope?: 'credential' | 'address'
  /** The header of answers that says what is left. */
  readonly header?: string
}

/** Pages are linked (`next`) or counted (`first`). Places are JSON Pointers into the answer. */
export interface PagingDescription {
  /** The member that has a page's items. */
  readonly items: string
  /** The parameter that asks for another page. */
  readonly parameter: string
  /** Where the address of the next page is; the parameter stands in its query. */
  readonly next?: string
  /** The number of the first page. */
  readonly first?: number
  /** Where the number of the last page is. */
  readonly last?: string
  /** Where the number of all items is. */
  readonly total?: string
}

/** How to find out whether a call took effect. Places are JSON Pointers. */
export interface ReconcileDescription {
  /** Which operation knows. */
  readonly operation: string
  /** Its inputs, as places in the call's input. */
  readonly input: Readonly<Record<string, string>>
  /** Its other inputs. */
  readonly fixed?: Readonly<Record<string, unknown>>
  /** Where its answer has what is looked through; absent: the answer itself. */
  readonly items?: string
  /** Moments of an item, the best first: one since the call was sent says that it took effect. */
  readonly times?: readonly string[]
  /** Which value of an item says that the call took effect; with `by`, depending on a value of the call's input. */
  readonly state?: StateDescription
  /** Which items are something else. */
  readonly unless?: StateDescription
  /** For people: what to look at. */
  readonly look: string
}

export interface StateDescription {
  readonly at: string
  readonly by?: string
  readonly is: readonly string[] | Readonly<Record<string, readonly string[]>>
}
