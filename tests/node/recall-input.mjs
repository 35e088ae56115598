// The parts of an input that most tests have in common, and two ways to look at issues.
import * as recall from 'recreq/recall'

export const id = '3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55'

/**
 * An input around a body of any kind, also of those that the types forbid.
 * @param {any} [body]
 * @returns {recall.StartRecordingInput}
 */
export const around = (body) => ({ region: 'us-west-2', id, body })

/**
 * The errors in a body as `code pointer`.
 * @param {any} body
 */
export function errorsIn(body) {
  return places(recall.startRecording.body.check(body).errors)
}

/** @param {readonly recall.Issue[]} issues */
export const places = (issues) => issues.map(({ code, pointer }) => `${code} ${pointer}`)

/**
 * What a call throws.
 * @param {() => unknown} call
 * @returns {any}
 */
export function thrownBy(call) {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
