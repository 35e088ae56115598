// What can be said of a request before anything of its body is read.
import { refuseDeclared, type ReadingLimits } from './body-reading.js'
import { postedKey } from './idempotency.js'
import { Problem } from './problem.js'

/** What a head is judged by. */
export interface HeadRules {
  readonly region: unknown
  readonly variables: readonly string[]
  readonly limits: ReadingLimits
}

// A form can be posted across origins without a question beforehand; JSON cannot.
const json = /^application\/json[ \t]*(?:;[ \t]*charset="?utf-8"?[ \t]*)?$/i

/**
 * Gives the page's idempotency key.
 *
 * @throws {@link Problem}
 */
export function checkHead(request: Request, { region, variables, limits }: HeadRules): string | undefined {
  const { searchParams } = new URL(request.url)
  for (const name of variables) {
    if (searchParams.getAll(name).some((value) => value !== region))
      throw new Problem('region-refused', `This gateway has one ${name}, and pages do not choose it.`)
  }
  if (!json.test(request.headers.get('content-type') ?? ''))
    throw new Problem('unsupported-media-type', 'Send JSON, with the header Content-Type: application/json.')
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  if (encoding !== 'identity') throw new Problem('unsupported-media-type', 'Send JSON as it is, without a Content-Encoding.')
  refuseDeclared(request, limits.bytes)
  return postedKey(request)
}
