// Remembers answers by their idempotency keys: a repeated call gets the stored answer, or hears that the first still runs.

/** What is known of a key. */
export type Claim<Answer> =
  | { readonly state: 'new'; store(answer: Answer): void }
  | { readonly state: 'running' }
  | { readonly state: 'stored'; readonly answer: Answer }

interface Entry<Answer> {
  readonly until: number
  answer: Answer | undefined
}

export class IdempotencyKeys<Answer> {
  // In the order of their claims.
  readonly #entries = new Map<string, Entry<Answer>>()

  claim(key: string, now: number, seconds: number): Claim<Answer> {
    this.#forgetOld(now)
    const known = this.#entries.get(key)
    if (known !== undefined && now < known.until)
      return known.answer === undefined ? { state: 'running' } : { state: 'stored', answer: known.answer }
    const entry: Entry<Answer> = { until: now + seconds * 1000, answer: undefined }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return {
      state: 'new',
      store: (answer) => {
        entry.answer = answer
      },
    }
  }

  #forgetOld(now: number): void {
    for (const [key, { until }] of this.#entries) {
      if (now < until) return
      this.#entries.delete(key)
    }
  }
}
