// HTML pages, which come from firewalls, proxies and servers that are down.

/** Whether an answer is a page, by what it says of itself or by how it begins. */
export function isPage(text: string, type: string): boolean {
  return /^\s*<(?:!doctype|html|head|body)\b/i.test(text) || (/\bx?html\b/i.test(type) && /^\s*</.test(text))
}

/** What a page calls itself. */
export function titleOf(page: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(page.slice(0, 20_000))?.[1] ?? ''
  return title.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"')
}
