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
 * JSON in lines that are not too short, with a remark beside members of the outermost object.
 * @param {unknown} value
 * @param {(key: string) => string} [remark]
 */
export function printJson(value, remark = () => '') {
  if (value === null || typeof value !== 'object') return console.log(JSON.stringify(value))
  console.log('{')
  const members = Object.entries(value)
  for (const [index, [key, item]] of members.entries()) {
    const text = `  ${JSON.stringify(key)}: ${laidOut(item, 2, key.length + 4)}${index < members.length - 1 ? ',' : ''}`
    const note = remark(key)
    const gap = ' '.repeat(Math.max(2, 64 - text.length))
    console.log(text.replaceAll(keys, (_, before, name) => before + cyan(name)) + (note === '' ? '' : gap + dim(`← ${note}`)))
  }
  console.log('}')
}

// A key is a string at the start of a line or after an opening brace or a comma, with a colon behind it.
const keys = /(^ *|\{ |, )("(?:[^"\\]|\\.)*")(?=: )/gm

/**
 * @param {unknown} value
 * @param {number} indent
 * @param {number} taken how much of the line its key has
 * @returns {string}
 */
function laidOut(value, indent, taken) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const isArray = Array.isArray(value)
  const [open, close] = isArray ? ['[', ']'] : ['{', '}']
  const parts = Object.entries(value).map(([key, item]) => {
    const text = laidOut(item, indent + 2, isArray ? 0 : key.length + 4)
    return isArray ? text : `${JSON.stringify(key)}: ${text}`
  })
  if (parts.length === 0) return open + close
  const space = isArray ? '' : ' '
  const line = open + space + parts.join(', ') + space + close
  if (!line.includes('\n') && indent + taken + line.length < width) return line
  const margin = ' '.repeat(indent + 2)
  return `${open}\n${margin}${parts.join(`,\n${margin}`)}\n${' '.repeat(indent)}${close}`
}

/**
 * @param {readonly import('recreq').Issue[]} issues
 * @param {string} [file] what they were found in
 */
export function printIssues(issues, file) {
  for (const { severity, code, rule, pointer, message, line, column, fix, docs } of issues) {
    console.log()
    const place = line === undefined ? '' : dim(`  ${file}:${line}:${column}`)
    console.log(`${severities[severity](severity)} ${bold(pointer)}${place}`)
    for (const text of wrapped(message)) console.log(`  ${text}`)
    for (const operation of fix ?? []) console.log(`  ${green('fix')} ${describe(operation)}`)
    console.log(dim(`  ${rule ?? code}${docs === undefined ? '' : `  ${docs}`}`))
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
