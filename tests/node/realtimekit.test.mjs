// RealtimeKit's operations as programs use them: lists without a body, the token, and secrets that are never shown.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as realtimekit from 'recreq/realtimekit'
import { thrownBy } from './recall-input.mjs'

const app = { account_id: '023e105f4ecef8ad9ca31a8372d0c353', app_id: '14a396e7-ca44-4937-bf1f-050a69118543' }
const meeting_id = '97440c6a-140b-40a9-9499-b23fd7a3868a'
const secrets = ['KEY-PLACEHOLDER', 'SECRET-PLACEHOLDER', 'PASSWORD-PLACEHOLDER', 'PRIVATE-PLACEHOLDER']

describe('a list', () => {
  const { getAllRecordings } = realtimekit

  it('is a GET without content', async () => {
    const request = getAllRecordings.build({ ...app, page_no: 2, expired: false, status: ['INVOKED', 'RECORDING'] })
    assert.equal(request.body, undefined)
    assert.deepEqual(request.headers, { Accept: 'application/json' })
    const sent = request.toRequest({ apiToken: 'placeholder' })
    assert.equal(sent.method, 'GET')
    assert.equal(new URL(sent.url).search, '?page_no=2&expired=false&status=INVOKED,RECORDING')
    assert.equal(sent.headers.get('authorization'), 'Bearer placeholder')
    assert.equal(await sent.text(), '')
  })

  it('has no body to check, whatever its options', () => {
    assert.equal(getAllRecordings.body, undefined)
    assert.equal(getAllRecordings.with({ unknown: 'warn' }).body, undefined)
    assert.notEqual(realtimekit.startRecording.body, undefined)
  })

  it('leaves out what is undefined', () => {
    const request = getAllRecordings.build(/** @type {any} */ ({ ...app, page_no: undefined, status: undefined }))
    assert.equal(new URL(request.url).search, '')
  })

  it('says how to write a date', () => {
    const input = /** @type {any} */ ({ ...app, start_time: new Date(0) })
    assert.match(getAllRecordings.check(input).errors[0].message, /toISOString/)
    assert.ok(getAllRecordings.check({ ...app, start_time: new Date(0).toISOString() }).ok)
  })

  it('writes a number in one way', () => {
    for (const [page_no, text] of /** @type {const} */ ([[1e21, '1e%2B21'], [-0, '0'], [0.1, '0.1']])) {
      assert.equal(new URL(getAllRecordings.build({ ...app, page_no }).url).search, `?page_no=${text}`)
    }
    assert.equal(getAllRecordings.check({ ...app, page_no: NaN }).errors[0].code, 'not-json')
  })
})

describe('the token', () => {
  it('is asked for by its name', () => {
    const request = realtimekit.getOneRecording.build({ ...app, recording_id: meeting_id })
    assert.equal(thrownBy(() => request.toRequest(/** @type {any} */ ({ apiKey: 'placeholder' }))).credential, 'apiToken')
  })
})

describe('the secrets of storage', () => {
  const [access_key, secret, password, private_key] = secrets
  const mistakes = [
    { type: 'aws', access_key, secret, password, private_key },
    { type: 'azure', access_key, secret, region: '', bucket: 1 },
    { type: 'sftp', auth_method: 'KEYS', password, private_key, secret, access_key },
    { type: 'gcs', access_key, secret_key: secret },
    { type: 'gcs', secret, secret_key: secret },
    { type: 'r2', access_key, secret, password, private_key },
    { access_key, secret, password, private_key },
    { type: 'aws', access_key: [access_key], secret: { secret }, region: '' },
  ]

  for (const storage_config of mistakes) {
    it(`are in no issue of ${Object.keys(storage_config)} of ${storage_config.type}`, () => {
      const { errors, issues } = realtimekit.startRecording.body.check(/** @type {any} */ ({ meeting_id, storage_config }))
      assert.ok(issues.length > 0 && (errors.length > 0 || storage_config.type === 'azure'))
      const text = JSON.stringify(issues)
      for (const value of secrets) assert.ok(!text.includes(value), value)
    })
  }

  it('do not appear in the error of a build', () => {
    const body = /** @type {any} */ ({ meeting_id, storage_config: mistakes[0] })
    const error = thrownBy(() => realtimekit.startRecording.build({ ...app, body }))
    for (const value of secrets) assert.ok(!`${error.stack} ${JSON.stringify(error.issues)}`.includes(value), value)
  })
})
