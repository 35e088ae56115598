// Providers with other limits than their own, so that a test need not wait a minute; and what windows have in them.

/**
 * A provider whose operations have only these limits.
 * @template Provider
 * @param {Provider} provider
 * @param {{ alone?: object[], together?: object[] }} limits of each operation, and of all together
 * @returns {Provider}
 */
export function withLimits(provider, { alone = [], together = [] }) {
  const { service } = /** @type {any} */ (provider)
  const operations = Object.entries(service.operations).map(([name, policy]) => [name, { ...policy, rateLimits: alone }])
  return { ...provider, service: { ...service, rateLimits: together, operations: Object.fromEntries(operations) } }
}

/**
 * The most moments that any window of a length has in it, wherever it begins.
 * @param {readonly number[]} moments
 * @param {number} length
 */
export function mostWithin(moments, length) {
  const sorted = [...moments].sort((one, other) => one - other)
  let most = 0
  for (let first = 0, last = 0; last < sorted.length; ++last) {
    while (/** @type {number} */ (sorted[last]) - /** @type {number} */ (sorted[first]) >= length) ++first
    most = Math.max(most, last - first + 1)
  }
  return most
}
