// Whether this code runs where everybody who visits can read it.

/** True in a page and in the workers of a page; false in servers and edge functions, whatever they imitate of pages. */
export function runsInPage(): boolean {
  const { window, document, importScripts, navigator } = globalThis as Record<string, unknown>
  if (typeof window === 'object' && typeof document === 'object') return true
  // A page's workers have this function; the edge runtimes that call themselves workers do not. Browsers alone are Mozilla.
  const agent = (navigator as { readonly userAgent?: unknown } | undefined)?.userAgent
  return typeof importScripts === 'function' && typeof agent === 'string' && agent.startsWith('Mozilla/')
}
