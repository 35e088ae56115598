// What all entry points export: errors, fixes, and the types that the providers share.
export type {
  Answer,
  AnswerContent,
  AnswerFailure,
  AnswerSuccess,
  Elsewhere,
  FailureKind,
  ReadAnswerOptions,
  ReadResponseOptions,
} from './answer.js'
export type { Credentials } from './credential.js'
export type { CustomIssue, CustomRule } from './custom-rules.js'
export { CustomRuleError } from './errors/custom-rule-error.js'
export { EngineFailureError } from './errors/engine-failure-error.js'
export { EngineUnavailableError } from './errors/engine-unavailable-error.js'
export { InvalidCredentialError } from './errors/invalid-credential-error.js'
export { InvalidOptionsError } from './errors/invalid-options-error.js'
export { RecreqError } from './errors/recreq-error.js'
export { RequestInvalidError } from './errors/request-invalid-error.js'
export { applyFixes } from './fixes.js'
export type { Issue, IssueCode, PatchOperation, Severity } from './issue.js'
export type { ChangedValue, Match, MatchingOperation, Overrides } from './matching.js'
export type { BodySchema, Operation, StandaloneSchema } from './operation.js'
export type { Limits, Options, RuleSetting } from './options.js'
export type { Source, Spec } from './provider.js'
export type { MatchOrigin, Origin, Report } from './report.js'
export type { RecordingRequest, RequestContent, RequestOptions } from './request.js'
export type {
  StandardSchema,
  StandardSchemaIssue,
  StandardSchemaProperties,
  StandardSchemaResult,
} from './standard-schema.js'
export type { BodyInput, Checked, ExactlyOne, JsonValue } from './types.js'
