// `npm run size`: what people download beside what it may weigh, and what is in there: JavaScript by file, images by table, the
// module by library and function. With `-- --update` the sizes of today become the budget.
import { gzipSync } from 'node:zlib'
import { parseArgs } from 'node:util'
import { imageTables } from './image-tables.mjs'
import { budget, downloads, imageOf, javascriptFiles, renewBudget } from './sizes.mjs'

const { values } = parseArgs({ options: { update: { type: 'boolean' } } })
const measured = await downloads()
if (values.update === true) renewBudget(measured)
printBudget()
await printJavaScript()
for (const provider of ['recall', 'realtimekit', 'videosdk']) printImage(provider, await imageOf(provider))
console.log('\nbytes before compression')
await import('./module-size.mjs')

function printBudget() {
  const known = budget()
  print('bytes', 'raw', 'gzip', 'budget', 'first', 'goal')
  for (const [title, { raw, gzip }] of Object.entries(measured)) {
    const { gzip: before, first, goal } = known[title] ?? {}
    print(title, raw, gzip, before ?? '–', first ?? '', goal ?? '')
  }
}

async function printJavaScript() {
  print('\nJavaScript of one provider, by file', 'minified')
  for (const { file, size } of await javascriptFiles()) print(`  ${file}`, size)
}

/**
 * @param {string} provider
 * @param {string} image
 */
function printImage(provider, image) {
  print(`\nimage of ${provider}, by table`, 'characters', 'gzip alone')
  for (const { name, text } of imageTables(image)) print(`  ${name}`, text.length, gzipSync(text, { level: 9 }).length)
}

/** @param {readonly (string | number)[]} cells */
function print(...cells) {
  const [title, ...columns] = cells.map(String)
  const indent = title.startsWith('\n') ? 1 : 0
  console.log(title.padEnd(60 + indent) + columns.map((cell) => cell.padStart(12)).join(''))
}
