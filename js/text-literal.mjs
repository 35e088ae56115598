// Writes a text as a literal of JavaScript.

/**
 * In single quotes, which JSON does not have to escape.
 * @param {string} text
 */
export function inSingleQuotes(text) {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
}
