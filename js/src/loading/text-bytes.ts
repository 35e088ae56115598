// Bytes travel as text with one character per byte: the module, and the compiled documents.

/** The bytes of such a text. */
export function bytesOfText(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = text.charCodeAt(i)
  return bytes
}
