// Each service takes its credential in its own form only.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { bot, send, standInFor } from './stand-in-calls.mjs'

const paths = {
  recall: `/api/v1/bot/${bot}/`,
  realtimekit: '/client/v4/accounts/a/realtime/kit/b/recordings',
  videosdk: '/v2/recordings',
}
const forms = { recall: 'Token placeholder', realtimekit: 'Bearer placeholder', videosdk: 'placeholder' }

for (const provider of Object.keys(paths)) {
  it(`${provider} refuses every other form than its own`, async (test) => {
    const standIn = await standInFor(test)
    const others = ['Token placeholder', 'Bearer placeholder', 'Basic placeholder', '']
    /** @param {string} [authorization] */
    const statusOf = async (authorization) => {
      /** @type {Record<string, string>} */
      const headers = authorization === undefined ? {} : { authorization }
      return (await send(standIn, 'GET', paths[provider], { headers })).status
    }
    assert.equal(await statusOf(forms[provider]), 200)
    assert.equal(await statusOf(undefined), 401)
    for (const other of others) if (other !== forms[provider]) assert.equal(await statusOf(other), 401, other)
    if (provider !== 'videosdk') assert.equal(await statusOf('placeholder'), 401)
  })

  it(`${provider} knows only the credential that it is told of`, async (test) => {
    const standIn = await standInFor(test, { credentials: { [provider]: 'another-placeholder' } })
    const right = forms[provider].replace('placeholder', 'another-placeholder')
    const wrong = await send(standIn, 'GET', paths[provider], { headers: { authorization: forms[provider] } })
    assert.equal(wrong.status, 401)
    assert.equal((await send(standIn, 'GET', paths[provider], { headers: { authorization: right } })).status, 200)
    assert.ok(!JSON.stringify([wrong.text, standIn.journal]).includes('placeholder'))
  })
}

it('Recall.ai tells a missing key from a wrong one, and names its scheme', async (test) => {
  const standIn = await standInFor(test)
  const missing = await send(standIn, 'GET', paths.recall)
  assert.equal(missing.body.code, 'not_authenticated')
  assert.equal(missing.headers.get('www-authenticate'), 'Token')
  const wrong = await send(standIn, 'GET', paths.recall, { headers: { authorization: 'placeholder' } })
  assert.equal(wrong.body.code, 'authentication_failed')
})

it("RealtimeKit's gateway answers in its own form", async (test) => {
  const standIn = await standInFor(test)
  const { body } = await send(standIn, 'GET', paths.realtimekit)
  assert.equal(body.success, false)
  assert.equal(typeof body.errors[0].message, 'string')
})
