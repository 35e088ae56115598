// A call that is on its way: a promise of its answer, with more to ask of it.

/**
 * An answer, and the `Response` that it was read from.
 *
 * @example
 * ```ts
 * const { value, response } = await client.retrieveBot({ id }).withResponse()
 * console.log(value.status_changes, response.headers.get('x-request-id'))
 * ```
 */
export interface AnsweredCall<Result> {
  /** What the provider sent. */
  readonly value: Result
  /** Its status and headers. The body has been read. */
  readonly response: Response
}

/**
 * A call that has been sent already. Awaiting it gives the answer, or throws what went wrong.
 *
 * @example
 * ```ts
 * const bot = await client.startRecording({ id })
 * ```
 */
export interface Call<Result> extends Promise<Result> {
  /**
   * The answer together with the `Response` that it was read from.
   *
   * @example
   * ```ts
   * const { value, response } = await client.startRecording({ id }).withResponse()
   * ```
   */
  withResponse(): Promise<AnsweredCall<Result>>
}

/**
 * A call for a list. Awaiting it gives the first page; iterating gives all items, and asks for further pages when they
 * are needed.
 *
 * @example
 * ```ts
 * for await (const recording of client.listRecordings({ status_code: 'done' })) console.log(recording.id)
 * ```
 */
export interface ListCall<Result, Item> extends Call<Result>, AsyncIterable<Item> {
  /**
   * Page after page.
   *
   * @example
   * ```ts
   * for await (const page of client.listRecordings().pages()) save(page.results)
   * ```
   */
  pages(): AsyncIterable<Result>
}

/** Pages of a list, as they come. */
export type Pages<Result> = (first: Promise<AnsweredCall<Result>>) => AsyncGenerator<AnsweredCall<Result>>

/** Wraps what is on its way. A list has `pages`, and `itemsOf` a page. */
export function createCall<Result>(
  answered: Promise<AnsweredCall<Result>>,
  pages?: Pages<Result>,
  itemsOf?: (page: Result) => readonly unknown[],
): Call<Result> {
  const call = new PendingCall(answered)
  if (pages === undefined || itemsOf === undefined) return call
  return Object.assign(call, {
    async *pages() {
      for await (const { value } of pages(answered)) yield value
    },
    async *[Symbol.asyncIterator]() {
      for await (const { value } of pages(answered)) yield* itemsOf(value)
    },
  })
}

// Whoever asks for the response alone must not leave a second promise behind that nobody handles; so there is one.
class PendingCall<Result> implements Call<Result> {
  readonly [Symbol.toStringTag] = 'Call'
  readonly #answered: Promise<AnsweredCall<Result>>

  constructor(answered: Promise<AnsweredCall<Result>>) {
    this.#answered = answered
  }

  then<Fulfilled = Result, Rejected = never>(
    onFulfilled?: ((value: Result) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.#answered.then(({ value }) => value).then(onFulfilled, onRejected)
  }

  catch<Rejected = never>(
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Result | Rejected> {
    return this.then(undefined, onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<Result> {
    return this.then().finally(onFinally)
  }

  withResponse(): Promise<AnsweredCall<Result>> {
    return this.#answered
  }
}
