// The border between JavaScript and the engine: what `wasm/bindings/` exports, and what the numbers and texts mean.

/** The module object that Emscripten's glue makes around an instance. Pointers are byte offsets into `HEAPU8`. */
export interface EngineModule {
  /** The instance's memory; another view after memory grew. */
  readonly HEAPU8: Uint8Array<ArrayBuffer>

  /** Room for an image; 0 when there is no memory left. */
  allocateImage(length: number): number
  /** A handle of the provider whose packed image lies at `pointer`; negative when the image is refused. */
  loadImage(pointer: number, length: number): number
  /** JSON: a {@link ProviderDescription}. */
  describe(provider: number): string
  /** A handle for a set of options given as JSON; negative when they are refused. */
  createProfile(provider: number, options: string): number
  /** Why the last call was refused. */
  lastError(): string

  /** Room for the input of a run; 0 when there is no memory left. */
  _reserve(bytes: number): number
  /** Runs the operation or schema of that number over the reserved input; a pointer to seven words, see {@link ResultWord}. */
  _run(profile: number, number: number, flags: number, inputLength: number, bodyLength: number): number
  /** Zeroes what the last run left in memory. */
  _clear(): void
}

/** What a run is asked for; combined by adding. */
export const RunFlag = {
  /** The input is a body, not an operation's input. */
  bodyAlone: 1,
  /** The body is JSON text behind the input's snapshot; issues say offset, line and column in it. */
  bodyText: 2,
  /** Offsets count UTF-16 code units instead of bytes. */
  utf16Offsets: 4,
  /** Give the effective value instead of a request. */
  check: 8,
  /** The number is that of a schema that stands for itself, and the input a value of it. */
  standalone: 16,
  /** Make a body that matches the input, a bot; the body is the overrides. */
  matchBot: 32,
  /** The same of the configuration that a bot was created with. */
  matchConfig: 64,
  /** What is matched is JSON text. */
  inputText: 128,
  /** Offsets in that text count UTF-16 code units instead of bytes. */
  inputUtf16Offsets: 256,
} as const

/** The words of a run's result, in their order. */
export const ResultWord = {
  status: 0,
  head: 1,
  headLength: 2,
  body: 3,
  bodyLength: 4,
  report: 5,
  reportLength: 6,
} as const

/** The first word of a result. */
export const RunStatus = { ok: 0, refused: 1, memoryExhausted: 2 } as const

/** What the engine says about a provider. */
export interface ProviderDescription {
  readonly provider: string
  readonly date: string
  readonly hash: string
  readonly sources: readonly SourceDescription[]
  /** What holds when no option says otherwise. */
  readonly limits: EngineLimits
  /** What `limits.depth` may be at most. */
  readonly largestDepth: number
  readonly rules: readonly string[]
  readonly operations: readonly OperationDescription[]
  /** Names of schemas; those that stand for themselves have the first numbers, the bodies of operations follow. */
  readonly schemas: readonly string[]
}

export interface SourceDescription {
  readonly id: string
  readonly title: string
  readonly url: string
  readonly read: string
}

export interface EngineLimits {
  readonly bytes: number
  readonly depth: number
  readonly values: number
  readonly issues: number
}

export interface OperationDescription {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly body: boolean
  /** True when its body can be made to match a bot. */
  readonly matches?: true
  readonly credential?: CredentialDescription
}

/** Which header carries the credential, and what stands before it there. */
export interface CredentialDescription {
  readonly name: string
  readonly header: string
  readonly prefix: string
}
