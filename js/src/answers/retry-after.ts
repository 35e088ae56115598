// How long a service asks to wait.

// The one form of a date that is still written (RFC 9110, IMF-fixdate).
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** The seconds of a `Retry-After`; undefined without one, or when it is neither a number of seconds nor a date. */
export function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get('Retry-After')?.trim() ?? ''
  if (/^\d{1,15}$/.test(value)) return Number(value)
  const until = timeOf(value)
  // The service's own clock decides what its date means.
  const now = timeOf(headers.get('Date') ?? '') ?? Date.now()
  return until === undefined ? undefined : Math.max(0, Math.ceil((until - now) / 1000))
}

function timeOf(value: string): number | undefined {
  const time = httpDate.test(value) ? Date.parse(value) : NaN
  return Number.isNaN(time) ? undefined : time
}
