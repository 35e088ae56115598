// The version of this package.
import { packageFile } from '../package-file.js'

export function packageVersion(): string {
  return (JSON.parse(packageFile('package.json')) as { version: string }).version
}
