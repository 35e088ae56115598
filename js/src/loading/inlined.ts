// Where the engine comes from in browsers, Node, Deno and Bun: its bytes are text in the package's own code, so that there
// is no file to find, to copy, or to be permitted.
import { moduleText } from './module-text.js'

interface BufferOfNode {
  from(text: string, encoding: 'latin1'): Uint8Array<ArrayBuffer>
}

/** The engine, compiled on the spot. */
export function loadModule(): WebAssembly.Module {
  return new WebAssembly.Module(moduleBytes())
}

/** The engine, compiled while others go on. */
export function loadModuleAhead(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(moduleBytes())
}

function moduleBytes(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(moduleText.length)
  // Where there is a Buffer, a loop would be the slowest part of a first call. A page has none, and need not get one.
  const { Buffer } = globalThis as { readonly Buffer?: BufferOfNode }
  if (Buffer === undefined) for (let i = 0; i < bytes.length; i += 1) bytes[i] = moduleText.charCodeAt(i)
  else bytes.set(Buffer.from(moduleText, 'latin1'))
  // Undoes what the build does to have fewer characters to escape. A word at a time, for the same reason.
  const words = new Uint32Array(bytes.buffer, 0, bytes.length >>> 2)
  for (let i = 0; i < words.length; i += 1) words[i] = (words[i] ?? 0) ^ 0x40404040
  return bytes
}
