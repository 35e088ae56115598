// From one page of a list to the next.
import { valueAt } from './reconciliation.js'
import type { PagingDescription } from './service.js'

/** What to ask for after a page: the value of the paging parameter; undefined when there is no further page. */
export type NextPage = (page: unknown) => string | number | undefined

/** Follows the pages of one list, from the page that `asked` (the paging parameter of the first call) names. */
export function createNextPage(paging: PagingDescription, asked: unknown): NextPage {
  const { parameter, next, first = 1, last, total } = paging
  if (next !== undefined) {
    const seen = new Set<string>(typeof asked === 'string' ? [asked] : [])
    return (page) => {
      // Of the address, only the parameter counts: a service cannot send the credential elsewhere.
      const cursor = parameterOf(valueAt(page, next), parameter)
      if (cursor === undefined || seen.has(cursor)) return undefined
      seen.add(cursor)
      return cursor
    }
  }
  const start = typeof asked === 'number' ? asked : first
  let number = start
  let count = 0
  return (page) => {
    const items = itemsOf(paging, page)
    count += items.length
    const lastPage = last === undefined ? undefined : valueAt(page, last)
    const all = total === undefined ? undefined : valueAt(page, total)
    // From the middle of a list, its length does not tell how much is left.
    const isComplete = typeof all === 'number' && start === first && count >= all
    if (items.length === 0 || isComplete || (typeof lastPage === 'number' && number >= lastPage)) return undefined
    number += 1
    return number
  }
}

/** The items of a page. */
export function itemsOf({ items }: PagingDescription, page: unknown): readonly unknown[] {
  const found = valueAt(page, `/${items}`)
  return Array.isArray(found) ? found : []
}

function parameterOf(address: unknown, parameter: string): string | undefined {
  if (typeof address !== 'string' || address === '') return undefined
  try {
    return new URL(address, 'https://page.invalid').searchParams.get(parameter) ?? undefined
  } catch {
    return undefined
  }
}
