// Applies the fixes of issues to an input: the part of JSON Patch (RFC 6902) that fixes are written in. Parents that are
// missing are added first.

/**
 * @typedef {import('recreq').PatchOperation} PatchOperation
 * @typedef {{ readonly fix?: readonly PatchOperation[] }} Fixable
 */

/**
 * A copy of `input` with the fixes of all issues applied, one after another.
 * @param {unknown} input
 * @param {readonly Fixable[]} issues
 */
export function applyFixes(input, issues) {
  const around = { root: structuredClone(input) }
  for (const { fix = [] } of issues) {
    for (const operation of fix) apply(around, operation)
  }
  return around.root
}

/**
 * @param {object} around the value stands in its member `root`
 * @param {PatchOperation} operation
 */
function apply(around, operation) {
  if (operation.op === 'add') put(around, operation.path, structuredClone(operation.value))
  else if (operation.op === 'remove') take(around, operation.path)
  else put(around, operation.path, take(around, operation.from))
}

/**
 * @param {object} around
 * @param {string} pointer
 * @param {unknown} value
 */
function put(around, pointer, value) {
  const { parent, key } = find(around, pointer, true)
  if (Array.isArray(parent)) parent.splice(key === '-' ? parent.length : Number(key), 0, value)
  else parent[key] = value
}

/**
 * @param {object} around
 * @param {string} pointer
 */
function take(around, pointer) {
  const { parent, key } = find(around, pointer, false)
  if (!Object.hasOwn(parent, key)) throw new Error(`There is nothing at "${pointer}".`)
  const value = parent[key]
  if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else delete parent[key]
  return value
}

/**
 * @param {object} around
 * @param {string} pointer
 * @param {boolean} adding whether parents that are missing are added
 * @returns {{ parent: any, key: string }}
 */
function find(around, pointer, adding) {
  const keys = ['root', ...pointer.split('/').slice(1).map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))]
  const key = /** @type {string} */ (keys.pop())
  /** @type {any} */
  let parent = around
  for (const each of keys) {
    if (adding && !Object.hasOwn(parent, each)) parent[each] = {}
    parent = parent[each]
    if (typeof parent !== 'object' || parent === null) throw new Error(`"${pointer}" leads through something that is no object.`)
  }
  return { parent, key }
}
