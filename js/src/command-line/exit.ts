// How a command ends: the exit codes, and the error that stands for a call that cannot be carried out.

/** What the process says to its caller. */
export const ExitCode = {
  /** There is nothing to complain about. */
  fine: 0,
  /** The configuration has errors. */
  configuration: 1,
  /** The call cannot be carried out: its arguments, a file, an option, a credential. */
  call: 2,
  /** The provider refused, or could not be reached. */
  provider: 3,
} as const

/** The call is wrong: said in one line on stderr, with nothing on stdout. */
export class CallError extends Error {
  override readonly name = 'CallError'
}
