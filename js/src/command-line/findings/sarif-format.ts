// Findings as SARIF 2.1.0, which code scanning services read.
import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Location, Log, ReportingDescriptor, Result } from 'sarif'
import type { Severity } from '../../issue.js'
import { standardInputName } from '../body-file.js'
import { type CheckedFile, type Finding, nameOf } from './findings.js'
import { packageVersion } from '../package-version.js'
import { rulesOf } from '../rules.js'

const levelOf = { error: 'error', warning: 'warning', info: 'note' } as const

export function sarifFindings(files: readonly CheckedFile[]): string {
  const rules = rulesNamed(files)
  const numbers = new Map(rules.map(({ id }, index) => [id, index]))
  const results = files.flatMap((checked) =>
    checked.findings.map((finding): Result => ({
      ruleId: nameOf(finding.issue),
      ruleIndex: numbers.get(nameOf(finding.issue)) ?? -1,
      level: levelOf[finding.issue.severity],
      message: { text: finding.issue.message },
      locations: [locationOf(checked, finding)],
    })),
  )
  const driver = { name: 'recreq', version: packageVersion(), semanticVersion: packageVersion(), rules }
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

// Every rule that found something, with what its document says of it; structural problems go by their codes.
function rulesNamed(files: readonly CheckedFile[]): ReportingDescriptor[] {
  const rules = new Map<string, ReportingDescriptor>()
  for (const { subject, findings } of files) {
    for (const { issue } of findings) {
      const id = nameOf(issue)
      if (rules.has(id)) continue
      const documented = rulesOf(subject.provider).find((rule) => rule.id === id)
      const severity = (documented?.severity ?? issue.severity) as Severity
      rules.set(id, {
        id,
        shortDescription: { text: documented?.message ?? describeCode(id) },
        ...(documented?.docs !== undefined && { helpUri: documented.docs }),
        defaultConfiguration: { level: levelOf[severity] },
      })
    }
  }
  return [...rules.values()]
}

function describeCode(code: string): string {
  return `What the provider's document says outright: ${code.replaceAll('-', ' ')}.`
}

function locationOf({ file }: CheckedFile, { issue, place }: Finding): Location {
  const region =
    place === undefined
      ? {}
      : {
          region: {
            startLine: place.line,
            startColumn: place.column,
            endLine: place.endLine,
            endColumn: place.endColumn,
          },
        }
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(file.name) }, ...region },
    logicalLocations: [{ fullyQualifiedName: issue.pointer }],
  }
}

function uriOf(name: string): string {
  if (name === standardInputName) return 'stdin'
  if (isAbsolute(name)) return pathToFileURL(name).href
  return name.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')
}
