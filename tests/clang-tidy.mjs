// Runs clang-tidy over the C++ sources. It spends most of its time on the headers of libraries, so that several sources are
// looked at together, as one that includes them. Where it finds something there, it looks at each source alone, and says that.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { capture, root } from '../wasm/quietly.mjs'
import { filesBelow, fingerprint, isCurrent, remember } from '../wasm/stamp.mjs'

/**
 * @typedef {object} Source
 * @property {string} source relative to the root
 * @property {string} stamp
 * @property {string} print
 * @property {readonly string[]} includes its directives, as they can stand in any folder
 * @property {readonly string[]} flags of its command: what two sources must have in common
 * @property {ReadonlySet<string>} declared the names that it declares
 * @property {ReadonlySet<string>} own those of unnamed namespaces
 * @property {boolean} names whether it takes names of other namespaces for its own
 * @property {ReadonlySet<string>} words all names in it, and those that its headers declare
 */

const database = 'build/release'
// These look at nothing that is included.
const ofTheSourceAlone = 'misc-unused-using-decls,misc-unused-alias-decls'
// The more together, the less time is spent on headers; but one finding costs the time of all.
const largestGroup = 6

/**
 * Each source is looked at anew only when it, its command or any header has changed.
 * @param {readonly string[]} sources
 * @param {readonly string[]} headers
 * @param {number} jobs
 */
export async function clangTidy(sources, headers, jobs) {
  const common = fingerprint([...headers, ...filesBelow(`${database}/generated`, /\.hpp$/), '.clang-tidy'])
  const known = commands().filter(({ source }) => sources.includes(source)).map((each) => sourceOf(each, common, headers))
  const waiting = known.filter(({ stamp, print }) => !isCurrent(stamp, print))
  const count = waiting.length
  const groups = grouped(waiting)
  // Sources that share a header find its problems again.
  /** @type {Set<string>} */
  const findings = new Set()
  const work = async () => {
    for (let next = groups.shift(); next !== undefined; next = groups.shift()) {
      for (const finding of await findingsOf(next)) findings.add(finding)
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
  if (findings.size > 0) return { passed: false, says: [...findings].join('\n') }
  const others = sources.length - known.length
  return { passed: true, says: `${count} of ${known.length} sources changed since they last passed; ${others} are no part of the native build` }
}

/**
 * What of a command is about reading the source, as a shell would hand it over.
 * @param {string} command
 */
function flagsOf(command) {
  const words = command.split(' ')
  const flags = words.filter((word, index) => /^-(?:[DIOfW]|std|isystem)/.test(word) || words[index - 1] === '-isystem')
  return flags.map((word) => word.replaceAll('\\"', '"'))
}

/** @returns {{ source: string, command: string }[]} */
function commands() {
  /** @type {{ file: string, command: string }[]} */
  const all = JSON.parse(readFileSync(join(root, database, 'compile_commands.json'), 'utf8'))
  return all.map(({ file, command }) => ({ source: relative(root, file), command }))
}

/**
 * @param {{ source: string, command: string }} command
 * @param {string} common
 * @param {readonly string[]} headers
 * @returns {Source}
 */
function sourceOf({ source, command }, common, headers) {
  const written = readFileSync(join(root, source), 'utf8')
  const text = withoutTexts(written)
  const unnamed = [...text.matchAll(/^namespace \{$([\s\S]*?)^\}$/gm)].map(([, inside]) => inside).join('\n')
  return {
    source,
    stamp: `build/tidy/${source.replaceAll('/', '-')}`,
    print: fingerprint([source], command, common),
    includes: [...written.matchAll(/^#include (["<])([^">]+(?<!\.inc))[">]/gm)].map(([line, mark, name]) => {
      const beside = join(root, dirname(source), name)
      return mark === '"' && existsSync(beside) ? `#include "${beside}"` : line
    }),
    flags: flagsOf(command),
    names: /^ *(?:using (?:typename )?[\w:]+;|namespace \w+ =)/m.test(text),
    declared: declaredIn(text),
    own: declaredIn(unnamed),
    words: new Set([...(text.match(/(?<![\w.:]|->)[A-Za-z_]\w*/g) ?? []), ...declaredBy(written, headers)]),
  }
}

/**
 * What stands at the beginning of a line is in no function: clang-format sees to that.
 * @param {string} text
 */
function declaredIn(text) {
  const declarations = text.matchAll(/^(?!#|\}| |TEST|namespace |using namespace )[^\n]*?([A-Za-z_]\w*) *(?:[({=;[]|$)/gm)
  return new Set([...declarations].map(([, name]) => name))
}

/**
 * What the headers of a text declare, and their headers.
 * @param {string} text
 * @param {readonly string[]} headers
 * @param {Set<string>} seen
 * @returns {string[]}
 */
function declaredBy(text, headers, seen = new Set()) {
  return [...text.matchAll(/^#include ["<]([^">]+)[">]/gm)].flatMap(([, name]) => {
    const file = headers.find((each) => each.endsWith(`/${name}`))
    if (file === undefined || seen.has(file)) return []
    seen.add(file)
    const written = readFileSync(join(root, file), 'utf8')
    return [...declaredIn(withoutTexts(written)), ...declaredBy(written, headers, seen)]
  })
}

/**
 * Names in comments and in strings mean nothing; nor do template arguments, which stand between a type and what is declared.
 * @param {string} text
 */
function withoutTexts(text) {
  return text
    .replaceAll(/R"(\w*)\([\s\S]*?\)\1"/g, '""')
    .replaceAll(/\/\/.*/g, '')
    .replaceAll(/ +$/gm, '')
    .replaceAll(/"(?:\\.|[^"\\\n])*"/g, '""')
}

/**
 * Of a group, no source has a name of its own that another one uses in whatever meaning.
 * @param {readonly Source[]} all
 */
function grouped(all) {
  /** @type {Source[][]} */
  const groups = []
  for (const one of all) {
    const fitting = groups.find((group) => group.length < largestGroup && group.every((other) => fit(one, other)))
    if (fitting === undefined) groups.push([one])
    else fitting.push(one)
  }
  return groups
}

/**
 * @param {Source} one
 * @param {Source} other
 */
function fit(one, other) {
  if (one.flags.join(' ') !== other.flags.join(' ')) return false
  return !meet(one.own, other.words) && !meet(other.own, one.words) && !meet(one.declared, other.declared)
}

/**
 * @param {ReadonlySet<string>} some
 * @param {ReadonlySet<string>} others
 */
function meet(some, others) {
  return [...some].some((name) => others.has(name))
}

/**
 * @param {readonly Source[]} group
 * @returns {Promise<readonly string[]>}
 */
async function findingsOf(group) {
  const findings = []
  const clean = group.length > 1 && (await isClean(group))
  for (const { source, stamp, print, names } of group) {
    const found = clean && !names ? [] : await findingsAlone(source, clean ? [`--checks=-*,${ofTheSourceAlone}`] : [])
    if (found.length === 0) remember(stamp, print)
    findings.push(...found)
  }
  return findings
}

/**
 * @param {string} source
 * @param {readonly string[]} options
 */
async function findingsAlone(source, options) {
  // The commands are GCC's, with warnings that Clang does not have.
  const args = ['-p', database, '--quiet', '--extra-arg=-Wno-unknown-warning-option', ...options, source]
  const { status, output } = await capture('clang-tidy', args)
  return status === 0 ? [] : findingsIn(output)
}

/**
 * Whether nothing is found in the sources together. A group lies in the root's build folder, so that clang-tidy finds the root's
 * .clang-tidy.
 * @param {readonly Source[]} group
 */
async function isClean(group) {
  const [{ stamp, flags }] = group
  const file = `${stamp}.group.cpp`
  // The headers come first, where no source has declared a name that they use.
  const includes = new Set(group.flatMap((each) => each.includes))
  // NOLINT: including sources is what this file is for.
  const sources = group.map(({ source }) => `#include "${join(root, source)}"  // NOLINT(bugprone-suspicious-include)`)
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), [...includes, ...sources, ''].join('\n'))
  const { status } = await capture('clang-tidy', ['--quiet', file, '--', ...flags, '-Wno-unknown-warning-option'])
  return status === 0
}

/**
 * The parts of clang-tidy's output, each with its place, message and line; all of it when there are none.
 * @param {string} output
 */
function findingsIn(output) {
  const parts = output
    .replaceAll(root, '')
    .replaceAll(/[^/\s]+\/\.\.\//g, '')
    .replaceAll(/^\d+ warnings? .*$/gm, '')
    .split(/^(?=\S+:\d+:\d+: (?:error|warning): )/m)
  return (parts.length > 1 ? parts.slice(1) : parts).map((part) => part.trimEnd())
}
