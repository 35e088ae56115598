// Makes the tokens that VideoSDK takes. What is in them is said by its document.
import { InvalidOptionsError } from '../errors/invalid-options-error.js'
import { service } from '../generated/videosdk.service.js'
import { mintToken } from './minting.js'

/**
 * What a token says.
 *
 * @example
 * ```ts
 * const options: VideoSdkTokenOptions = { apiKey, secret, permissions: ['allow_join'], expiresIn: 600 }
 * ```
 */
export interface VideoSdkTokenOptions {
  /** The API key, from the dashboard. */
  readonly apiKey: string
  /** The secret that belongs to it. It signs the token, and is not in it. */
  readonly secret: string
  /**
   * What a participant with this token may do. Not `ask_join` together with another one.
   *
   * @default ['allow_join']
   */
  readonly permissions?: readonly ('allow_join' | 'allow_mod' | 'ask_join')[] | undefined
  /**
   * `crawler`: the REST API, and so recordings. `rtc`: joining a room.
   *
   * @default ['crawler']
   */
  readonly roles?: readonly ('crawler' | 'rtc')[] | undefined
  /** Only for this room. Left out: for all. */
  readonly roomId?: string | undefined
  /** Only for this participant. Left out: for all. */
  readonly participantId?: string | undefined
  /**
   * Seconds until it ends.
   *
   * @default 7200
   */
  readonly expiresIn?: number | undefined
}

/**
 * A token for VideoSDK's REST API or for joining a room: a JSON Web Token, signed by HS256. Make it on a server, since
 * whoever has the secret can make any token.
 *
 * @throws {@link InvalidCredentialError} when key or secret cannot be right, {@link InvalidOptionsError} for an option
 * that VideoSDK would refuse.
 * @example
 * ```ts
 * const token = await mintVideoSdkToken({ apiKey, secret, roomId: 'abcd-efgh-ijkl', expiresIn: 600 })
 * await fetch(videosdk.startRecording.build({ body: { roomId } }).toRequest({ token }))
 * ```
 */
export async function mintVideoSdkToken(options: VideoSdkTokenOptions): Promise<string> {
  const { apiKey, secret, permissions, roles, roomId, participantId, expiresIn } = options
  if (permissions?.includes('ask_join') === true && permissions.length > 1)
    throw new InvalidOptionsError(
      'permissions',
      'ask_join stands alone: VideoSDK refuses it beside another permission.',
    )
  if (expiresIn !== undefined && !(Number.isFinite(expiresIn) && expiresIn > 0))
    throw new InvalidOptionsError('expiresIn', 'expiresIn is a number of seconds above 0.')
  const claims = Object.entries({ permissions, roles, roomId, participantId }).filter(
    ([, value]) => value !== undefined,
  )
  const { token } = await mintToken(service.credential, { apiKey, secret }, Object.fromEntries(claims), expiresIn)
  return token
}
