// The part of the package that does the work for a subject: its operation or schema, as it is configured.
import type { BodySchema, Operation, StandaloneSchema } from '../operation.js'
import type { Configuration } from './configuration.js'
import type { Subject } from './subjects.js'

export type AnyOperation = Operation<unknown, unknown, string>

/** The operation of a subject, with the options that hold for a file. */
export async function operationOf(
  subject: Subject,
  configuration: Configuration,
  file: string | undefined,
): Promise<AnyOperation> {
  return configuration.apply((await moduleOf(subject))[subject.name] as AnyOperation, subject, file)
}

/** What checks the body of an operation that has one, or a value of a schema, with the options that hold for a file. */
export async function checkerOf(
  subject: Subject,
  configuration: Configuration,
  file: string | undefined,
): Promise<BodySchema<unknown>> {
  if (subject.request === undefined) {
    const schema = (await moduleOf(subject))[subject.name] as StandaloneSchema<unknown>
    return configuration.apply(schema, subject, file)
  }
  return (await operationOf(subject, configuration, file)).body
}

async function moduleOf({ provider }: Subject): Promise<Record<string, unknown>> {
  // The provider's own entry point: the others are not loaded.
  return (await import(`recreq/${provider}`)) as Record<string, unknown>
}
