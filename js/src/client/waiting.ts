// Waiting that ends at once when it is aborted.

/** Resolves after some milliseconds; rejects with the signal's reason, and leaves no timer behind, when that is aborted. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error)
      return
    }
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', abort)
        resolve()
      },
      Math.min(milliseconds, 2 ** 31 - 1),
    )
    signal?.addEventListener('abort', abort, { once: true })
  })
}

/** The promise, or the signal's reason, whichever is first. */
export async function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise
  const listening = new AbortController()
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => {
      reject(signal.reason as Error)
    }
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true, signal: listening.signal })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    listening.abort()
    // Whoever lost the race may still fail, which then concerns nobody.
    promise.catch(() => undefined)
  }
}
