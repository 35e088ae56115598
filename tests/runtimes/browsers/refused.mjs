// Where the browser does not start the engine at once: what the first calls say, and what is after preload.
import { preload, recall } from 'recreq'
import { createClient } from 'recreq/client'

const way = new URL(location.href).searchParams.get('way') ?? ''
const credentials = { apiKey: 'a-placeholder-and-no-key' }
const id = '3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c55'
const bot = { id, meeting_url: null, status_changes: [], recordings: [], calendar_meetings: [] }
const send = async () => Response.json(bot)
const client = createClient(recall, { region: 'us-west-2', credentials, dangerouslyAllowBrowser: true, fetch: send })
const check = () => recall.startRecording.body.check({}).ok

const results = {
  call: await outcomeOf(check),
  again: await outcomeOf(check),
  client: await outcomeOf(() => client.startRecording({ id })),
  preload: await outcomeOf(preload),
  after: await outcomeOf(check),
}
await fetch(`/result?way=${way}`, { method: 'POST', body: JSON.stringify(results) })

/** @param {() => unknown} run */
async function outcomeOf(run) {
  try {
    const value = await run()
    return value === true ? 'ok' : 'done'
  } catch (error) {
    return String(error)
  }
}
