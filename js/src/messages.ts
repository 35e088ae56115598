// The sentences that JavaScript says by itself, in English or in a translator's words. All others are the engine's.
import { javascriptMessages } from './generated/messages.js'
import type { Issue } from './issue.js'

/** The key of a message, without its dot and its rest. */
export type MessageKey = keyof typeof javascriptMessages

/** Texts by the keys of `wasm/messages/en.json` and by the ids of rules. */
export type Translations = ReadonlyMap<string, string>

/** The text of a key with its parameters filled in. */
export function messageText(key: MessageKey, params: Issue['params'], translated: Translations): string {
  return fillMessage(translated.get(key) ?? javascriptMessages[key], params)
}

/** Fills a template in. A name that is no parameter stays as it is. */
export function fillMessage(template: string, params: Issue['params']): string {
  return template.replace(/\{([^{}]*)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  )
}

/** Whether the engine, too, has this message. What a status means is the answers' business: `recall/401`. */
export function isEngineMessage(key: string): boolean {
  if (/\/[1-5]\d\d$/.test(key)) return false
  return !Object.hasOwn(javascriptMessages, key) || !/^(?:not-json|advice|answer|cycle|too-large\.memory)/.test(key)
}
