// The parts of a packed image: where each table's numbers stand in its text. The form is that of wasm/src/schema/packed_image.hpp,
// the tables and their fields those of wasm/src/schema/image.hpp, which are read from there.
import { readFileSync } from 'node:fs'

const header = readFileSync(new URL('../../wasm/src/schema/image.hpp', import.meta.url), 'utf8')
const tables = namesIn(/enum class table[^{]*\{([^}]*)\}/).map((name) => ({ name, width: fieldsOf(name) }))

/** @typedef {{ name: string, text: string, begin: number }} Part */

/**
 * @param {string} image
 * @returns {Part[]}
 */
export function imageTables(image) {
  let at = 0
  const counts = takeNumbers(5 + tables.length).slice(5)
  /** @type {Part[]} */
  const parts = [{ name: 'header', text: image.slice(0, at), begin: 0 }]
  tables.forEach(({ name, width }, t) => {
    if (name === 'strings') return
    const begin = at
    takeNumbers(counts[t] * width)
    parts.push({ name, text: image.slice(begin, at), begin })
  })
  return [...parts, { name: 'strings', text: image.slice(at), begin: at }]

  /** @param {number} count */
  function takeNumbers(count) {
    return Array.from({ length: count }, () => {
      let value = 0
      for (let factor = 1; ; factor *= 16) {
        const place = image.charCodeAt(at++) - 0x28
        if (place < 64) return value + place * factor
        value += (place % 16) * factor
      }
    })
  }
}

/** @param {RegExp} pattern around names that stand between commas */
function namesIn(pattern) {
  const list = (pattern.exec(header)?.[1] ?? '').replaceAll(/\/\/.*/g, '')
  return list.split(',').flatMap((name) => name.trim() || [])
}

/** @param {string} table */
function fieldsOf(table) {
  const record = table === 'properties' || table === 'bodies' ? table.replace(/ies$/, 'y') : table === 'fixes' ? 'fix' : table === 'matches' ? 'match' : table.replace(/s$/, '')
  return Math.max(1, namesIn(new RegExp(`struct ${record}_record \\{\\s*static constexpr std::array fields\\{([^}]*)\\}`)).length)
}
