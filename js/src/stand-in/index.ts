// The entry point `recreq/stand-in`: the three services on this machine, for tests and for trying things out. Node.js only.
export { InvalidOptionsError } from '../errors/invalid-options-error.js'
export type { ProviderName } from '../provider-document.js'
export type { JournalEntry } from './journal.js'
export type { StandInOptions } from './options.js'
export type { StandInBot } from './recall.js'
export { type StandIn, startStandIn } from './start.js'
