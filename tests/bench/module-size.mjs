// The last part of `npm run size`: what the WebAssembly module is made of, in bytes before compression, by library and by function. The names
// are those of the map that the linker writes beside the module.
import { readFileSync } from 'node:fs'

const largest = 25

const folder = new URL('../../build/wasm/', import.meta.url)
const bytes = readFileSync(new URL('recreq.wasm', folder))
const names = functionNames(readFileSync(new URL('recreq.js.symbols', folder), 'utf8'))

/** @type {Record<string, RegExp>} where a name that belongs to the library has the library's own part */
const libraries = {
  engine: /\brecreq::|^(?:reserve|run|clear)$/,
  simdjson: /\brecreq_simdjson::/,
  embind: /\bemscripten::|^__getTypeName$/,
  'C++ library': /\bstd::|\boperator (?:new|delete)|__cxxabiv1::|^__cxx_|^is_equal\(/,
}
const otherwise = 'C library and start'

const functions = readFunctions()
const byLibrary = [...Object.keys(libraries), otherwise].map((name) => {
  const own = functions.filter(({ library }) => library === name)
  return { name, size: sum(own), count: own.length }
})
byLibrary.sort((a, b) => b.size - a.size)

print('module', bytes.length)
print('  functions', sum(functions), `${functions.length}`)
for (const { name, size, count } of byLibrary) print(`    ${name}`, size, `${count}`)
for (const { name, size } of sections().filter((each) => each.name !== 'code')) print(`  ${name}`, size)

console.log(`\nthe ${largest} largest functions`)
functions.sort((a, b) => b.size - a.size)
for (const { name, library, size } of functions.slice(0, largest)) print(`  ${shortened(name)}`, size, library)

/** The module's parts behind its eight bytes of magic and version. */
function sections() {
  const first = ['custom', 'types', 'imports', 'function types', 'table', 'memory', 'globals', 'exports', 'start']
  const kinds = [...first, 'elements', 'code', 'data', 'data count']
  const found = []
  for (let at = 8; at < bytes.length; ) {
    const name = kinds[bytes[at]]
    const [size, start] = readNumber(at + 1)
    found.push({ name, size, start })
    at = start + size
  }
  return found
}

/** Bytes of each function's code. Imported functions come first in the numbering, and have none. */
function readFunctions() {
  const section = sections().find(({ name }) => name === 'code')
  if (section === undefined) throw new Error('The module has no code.')
  const [count, first] = readNumber(section.start)
  const imported = names.size - count
  const found = []
  for (let index = imported, at = first; index < names.size; index += 1) {
    const [size, start] = readNumber(at)
    const name = names.get(index)
    if (name === undefined) throw new Error('The names are those of another module: `npm run build` makes both anew.')
    found.push({ name, library: libraryOf(name), size: start + size - at })
    at = start + size
  }
  return found
}

/**
 * The library whose name comes first: `std::unique_ptr<recreq::call>` is the C++ library's.
 * @param {string} name
 */
function libraryOf(name) {
  const places = Object.entries(libraries).map(([library, pattern]) => ({ library, at: name.search(pattern) }))
  const known = places.filter(({ at }) => at !== -1).sort((a, b) => a.at - b.at)
  return known[0]?.library ?? otherwise
}

/**
 * Lines of `number:name`, characters that are no letters written as `\20`.
 * @param {string} map
 */
function functionNames(map) {
  const plain = (/** @type {string} */ name) => name.replaceAll(/\\([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
  return new Map([...map.matchAll(/^(\d+):(.*)$/gm)].map(([, index, name]) => [Number(index), plain(name)]))
}

/**
 * An unsigned LEB128 number and where it ends.
 * @param {number} at
 * @returns {[number, number]}
 */
function readNumber(at) {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return [value, at]
  }
}

/** @param {readonly { size: number }[]} list */
function sum(list) {
  return list.reduce((bytes, { size }) => bytes + size, 0)
}

/** @param {string} name without what C++ writes at length */
function shortened(name) {
  const plain = name.replaceAll('std::__2::', 'std::').replaceAll(/\(anonymous namespace\)::/g, '')
  const known = plain.replaceAll(/std::basic_string(_view)?<char, std::char_traits<char>(?:, std::allocator<char> )? ?>/g, 'std::string$1')
  return known.length > 76 ? `${known.slice(0, 75)}…` : known
}

/**
 * @param {string} title
 * @param {number} size
 * @param {string} [note]
 */
function print(title, size, note = '') {
  console.log(`${title.padEnd(80)}${String(size).padStart(8)}  ${note}`.trimEnd())
}
