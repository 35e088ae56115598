// The same where there is a Buffer: a loop would be the slowest part of a first call.
import { Buffer } from 'node:buffer'

/** The bytes of a text with one character per byte. */
export function bytesOfText(text: string): Uint8Array<ArrayBuffer> {
  return Buffer.from(text, 'latin1')
}
