// What an editor shows over a word of a program: TypeScript's language service on the package as others have it.
import { join } from 'node:path'
import ts from 'typescript'

/**
 * The text over each marked word, in the order of the program: its declaration, its description, and its tags.
 * @param {string} project a folder in which the package is installed
 * @param {string} marked a program in which `|` stands before each word
 * @returns {string[]}
 */
export function hoverTexts(project, marked) {
  const file = join(project, 'hover.ts')
  const [first = '', ...rest] = marked.split('|')
  const program = [first, ...rest].join('')
  let place = first.length
  const places = rest.map((part) => {
    const at = place
    place += part.length
    return at
  })

  /** @type {ts.CompilerOptions} */
  const options = { strict: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], types: [] }
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const text = name === file ? program : ts.sys.readFile(name)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => project,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    realpath: ts.sys.realpath,
  })
  const problems = service.getSemanticDiagnostics(file).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return places.map((at) => hoverText(service.getQuickInfoAtPosition(file, at)))
}

/** @param {ts.QuickInfo | undefined} info */
function hoverText(info) {
  if (info === undefined) return ''
  const tags = (info.tags ?? []).map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`)
  const parts = [ts.displayPartsToString(info.displayParts), ts.displayPartsToString(info.documentation), tags.join('\n')]
  return parts.filter((part) => part !== '').join('\n\n')
}
