// A running instance of the engine, with what was loaded into it.
import { EngineFailureError } from '../errors/engine-failure-error.js'
import { EngineUnavailableError } from '../errors/engine-unavailable-error.js'
import { type EngineModule, type ProviderDescription, ResultWord, RunStatus } from './abi.js'

/** JSON on its way into the engine: text, or UTF-8 bytes. */
export type JsonSource = string | Uint8Array

/** What a run gives. */
export interface RunResult {
  readonly status: number
  /** The URL and the headers of a request, one per line; empty after a check. */
  readonly head: string
  readonly body: string | Uint8Array<ArrayBuffer>
  /** JSON; empty when there is nothing to report. */
  readonly report: string
}

/** Why the engine does not take what it was given. */
interface Refusal {
  readonly refused: string
}

/** A provider as an instance has it. */
export interface LoadedProvider {
  readonly handle: number
  readonly description: ProviderDescription
}

// UTF-8 takes at most this many bytes for a UTF-16 code unit.
const bytesPerUnit = 3
// Each different set of options stays in the instance's memory. Someone who makes sets without end gets a new instance
// now and then instead of a memory that only grows.
const mostProfiles = 1000
// The engine has 64 MiB for all of them, and needs some three bytes for each unit of their text.
const mostProfileUnits = 4 * 1024 * 1024

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** An instance with the images and option sets that were loaded into it. */
export class Session {
  readonly #engine: EngineModule
  readonly #discard: (session: Session) => void
  readonly #providers = new Map<string, LoadedProvider>()
  readonly #profiles = new Map<string, number>()
  #profileUnits = 0
  #bytes: Uint8Array<ArrayBuffer>
  #words: Uint32Array<ArrayBuffer>

  /** `discard` is told when this instance is to be replaced. */
  constructor(engine: EngineModule, discard: (session: Session) => void) {
    this.#engine = engine
    this.#discard = discard
    this.#bytes = engine.HEAPU8
    this.#words = new Uint32Array(this.#bytes.buffer)
  }

  /** Loads a provider's packed image, unless this instance has it already. */
  load(name: string, image: string): LoadedProvider {
    const known = this.#providers.get(name)
    if (known !== undefined) return known
    const handle = this.#loadImage(image)
    if (typeof handle !== 'number')
      throw new EngineUnavailableError(`The engine refuses the image of the provider "${name}": ${handle.refused}.`)
    const loaded = { handle, description: this.#describe(name, handle) }
    this.#providers.set(name, loaded)
    return loaded
  }

  #loadImage(image: string): number | Refusal {
    try {
      const pointer = this.#engine.allocateImage(largestSize(image))
      if (pointer === 0) return { refused: 'there is no memory left for it' }
      const handle = this.#engine.loadImage(pointer, put(image, this.#memory(), pointer))
      return handle < 0 ? { refused: this.#engine.lastError() } : handle
    } catch (error) {
      throw this.#fail(error)
    }
  }

  #describe(name: string, handle: number): ProviderDescription {
    let text
    try {
      text = this.#engine.describe(handle)
    } catch (error) {
      throw this.#fail(error)
    }
    try {
      return JSON.parse(text) as ProviderDescription
    } catch (cause) {
      throw new EngineUnavailableError(`The image of the provider "${name}" is damaged.`, { cause })
    }
  }

  /** The handle of a set of options, or the reason why the engine refuses it. */
  profile(provider: LoadedProvider, options: string): number | Refusal {
    const key = `${provider.handle} ${options}`
    const known = this.#profiles.get(key)
    if (known !== undefined) return known
    try {
      const handle = this.#engine.createProfile(provider.handle, options)
      if (handle < 0) return { refused: this.#engine.lastError() }
      this.#profiles.set(key, handle)
      this.#profileUnits += options.length
      if (this.#profiles.size >= mostProfiles || this.#profileUnits >= mostProfileUnits) this.#discard(this)
      return handle
    } catch (error) {
      throw this.#fail(error)
    }
  }

  /**
   * Checks or builds one input of the operation or schema of that number. `body` is the body's own text, when it is not
   * part of the input; `bytesOut` asks for the resulting body as bytes.
   */
  run(
    profile: number,
    number: number,
    flags: number,
    input: JsonSource,
    body: JsonSource | undefined,
    bytesOut: boolean,
  ): RunResult {
    const engine = this.#engine
    try {
      const pointer = engine._reserve(largestSize(input) + (body === undefined ? 0 : largestSize(body)))
      if (pointer === 0) throw new RangeError('there is no memory left for the input')
      const bytes = this.#memory()
      const inputLength = put(input, bytes, pointer)
      const bodyLength = body === undefined ? 0 : put(body, bytes, pointer + inputLength)
      return this.#read(engine._run(profile, number, flags, inputLength, bodyLength), bytesOut)
    } catch (error) {
      throw this.#fail(error)
    } finally {
      this.#clear()
    }
  }

  #read(result: number, bytesOut: boolean): RunResult {
    const bytes = this.#memory()
    const words = this.#words
    const first = result >>> 2
    const status = words[first + ResultWord.status] ?? RunStatus.memoryExhausted
    const head = words[first + ResultWord.head] ?? 0
    const headLength = words[first + ResultWord.headLength] ?? 0
    const body = words[first + ResultWord.body] ?? 0
    const bodyLength = words[first + ResultWord.bodyLength] ?? 0
    const report = decode(bytes, words[first + ResultWord.report] ?? 0, words[first + ResultWord.reportLength] ?? 0)
    if (bytesOut) {
      // A copy; `slice` would take longer to make it.
      const copy = new Uint8Array(bodyLength)
      copy.set(bytes.subarray(body, body + bodyLength))
      return { status, head: decode(bytes, head, headLength), body: copy, report }
    }
    if (headLength === 0) return { status, head: '', body: decode(bytes, body, bodyLength), report }
    // Head and body lie side by side, and decoding once is cheaper than twice. In ASCII, bytes are characters.
    const text = decode(bytes, head, headLength + bodyLength)
    if (text.length === headLength + bodyLength) {
      return { status, head: text.slice(0, headLength), body: text.slice(headLength), report }
    }
    return { status, head: decode(bytes, head, headLength), body: decode(bytes, body, bodyLength), report }
  }

  // The memory as it is now: when it grew, the views from before have length 0.
  #memory(): Uint8Array<ArrayBuffer> {
    if (this.#bytes !== this.#engine.HEAPU8) {
      this.#bytes = this.#engine.HEAPU8
      this.#words = new Uint32Array(this.#bytes.buffer)
    }
    return this.#bytes
  }

  // Bodies can hold storage secrets: nothing of them stays in memory.
  #clear(): void {
    try {
      this.#engine._clear()
    } catch {
      this.#abandon()
    }
  }

  #fail(cause: unknown): EngineFailureError {
    this.#abandon()
    const reason = cause instanceof Error ? cause.message : String(cause)
    return new EngineFailureError(`The recreq engine failed: ${reason}. The next call gets a fresh one.`, { cause })
  }

  #abandon(): void {
    this.#discard(this)
    this.#memory().fill(0)
  }
}

function decode(bytes: Uint8Array<ArrayBuffer>, begin: number, length: number): string {
  return length === 0 ? '' : decoder.decode(bytes.subarray(begin, begin + length))
}

function largestSize(source: JsonSource): number {
  return typeof source === 'string' ? source.length * bytesPerUnit : source.length
}

function put(source: JsonSource, bytes: Uint8Array, at: number): number {
  if (typeof source === 'string')
    return encoder.encodeInto(source, bytes.subarray(at, at + source.length * bytesPerUnit)).written
  bytes.set(source, at)
  return source.length
}
