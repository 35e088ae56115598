// `recreq schema`: prints the JSON Schema of a body.
import { packageFile } from '../../package-file.js'
import { CallError, ExitCode } from '../exit.js'
import type { Command } from '../command.js'
import { subjectNamed } from '../subjects.js'

export const schema: Command = {
  words: '<operation>',
  about:
    'Prints the JSON Schema (2020-12) of the body that an operation takes, for editors and other validators. The package has it as ' +
    'recreq/schemas/<provider>.<operation>.json. What needs more than a schema, such as rules, is for "recreq check".',
  examples: ['recreq schema recall.startRecording > start-recording.schema.json'],
  options: () => ({}),
  run(given) {
    const [name, ...more] = given.words
    if (name === undefined) throw new CallError('Which operation? "recreq list" shows all.')
    if (more.length > 0) throw new CallError(`One operation; "${more.join(' ')}" is too much.`)
    const subject = subjectNamed(name)
    if (subject.schema === undefined)
      throw new CallError(`${subject.fullName} has no body, so that there is no schema of it.`)
    process.stdout.write(packageFile(`dist/schemas/${subject.fullName}.json`))
    return ExitCode.fine
  },
}
