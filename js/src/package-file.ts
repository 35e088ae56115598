// The data that the package comes with, for tools that show or serve it. Nothing that a page or a function imports leads here.
import { readFileSync } from 'node:fs'

/** The text of a file, by its place in the package. */
export function packageFile(place: string): string {
  // The package finds itself by name: which of its files this code ends up in is the bundler's business.
  return readFileSync(new URL(place, import.meta.resolve('recreq/package.json')), 'utf8')
}
