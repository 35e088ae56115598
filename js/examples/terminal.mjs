// How the example looks in a terminal: colours where they are wanted, lines that fit.
const coloured = process.stdout.isTTY && !process.env.NO_COLOR
const width = Math.min(process.stdout.columns ?? 100, 110)

/** @param {number} code */
const colour = (code) => (/** @type {string} */ text) => (coloured ? `\x1b[${code}m${text}\x1b[0m` : text)

export const bold = colour(1)
export const dim = colour(2)
export const red = colour(31)
export const green = colour(32)
export const yellow = colour(33)
export const cyan = colour(36)

const severities = { error: red, warning: yellow, info: cyan }
let steps = 0

/** @param {string} title */
export function step(title) {
  steps += 1
  console.log(`\n${bold(`${steps}  ${title}`)}\n${dim('─'.repeat(width))}`)
}

/** @param {Readonly<Record<string, string>>} headers */
export function printHeaders(headers) {
  for (const [name, value] of Object.entries(headers)) console.log(`${dim(`${name}:`)} ${value}`)
}

/**
 * JSON with line breaks, and a remark beside members of the outermost object.
 * @param {unknown} value
 * @param {(key: string) => string} [remark]
 */
export function printJson(value, remark = () => '') {
  for (const line of JSON.stringify(value, null, 2).split('\n')) {
    const member = /^( *)("(?:[^"\\]|\\.)*"): (.*)$/.exec(line)
    if (member === null) {
      console.log(line)
      continue
    }
    const [, indent, key, rest] = member
    const note = indent.length === 2 ? remark(JSON.parse(key)) : ''
    const gap = ' '.repeat(Math.max(2, 64 - line.length))
    console.log(`${indent}${cyan(key)}: ${rest}${note === '' ? '' : gap + dim(`← ${note}`)}`)
  }
}

/**
 * @param {readonly import('recreq').Issue[]} issues
 * @param {string} [file] what they were found in
 */
export function printIssues(issues, file) {
  for (const { severity, code, rule, pointer, message, line, column, fix, docs } of issues) {
    const place = line === undefined ? '' : dim(`  ${file}:${line}:${column}`)
    console.log(`${severities[severity](severity)} ${bold(pointer)}${place}`)
    for (const text of wrapped(message)) console.log(`  ${text}`)
    for (const operation of fix ?? []) console.log(`  ${green('fix')} ${describe(operation)}`)
    console.log(dim(`  ${rule ?? code}${docs === undefined ? '' : `  ${docs}`}\n`))
  }
}

/** @param {import('recreq').PatchOperation} operation */
function describe(operation) {
  if (operation.op === 'add') return `add ${operation.path} ${JSON.stringify(operation.value)}`
  if (operation.op === 'move') return `move ${operation.from} to ${operation.path}`
  return `remove ${operation.path}`
}

/** @param {string} text */
function wrapped(text) {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1]
    if (line !== '' && line.length + 1 + word.length > width - 2) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines
}
