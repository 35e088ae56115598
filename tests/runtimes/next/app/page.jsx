// A server component, which runs the cases in Node, around a client component.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as recreq from 'recreq'
import { digestOf } from '../program.mjs'
import { InPage } from './in-page.jsx'

export const dynamic = 'force-dynamic'

export default async function Page() {
  const cases = JSON.parse(await readFile(join(process.cwd(), 'public/cases.json'), 'utf8'))
  return (
    <>
      <output data-digest={JSON.stringify(await digestOf(recreq, cases))} />
      <InPage />
    </>
  )
}
