// The stand-in as VideoSDK: answers that are sentences, lists in pages, and several spellings of an error.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { call, post, standInFor } from './stand-in-calls.mjs'

const roomId = 'abcd-efgh-ijkl'
const kinds = [
  { name: 'Recording', who: {}, id: 'recordingId', format: 'mp4' },
  { name: 'ParticipantRecording', who: { participantId: 'p1' }, id: 'id', format: 'webm' },
  { name: 'TrackRecording', who: { participantId: 'p1', kind: 'audio' }, id: 'id', format: 'webm' },
]

for (const { name, who, id, format } of kinds) {
  const run = (standIn, verb, input, many = '') => call(standIn, 'videosdk', `${verb}${name}${many}`, input)

  it(`starts, finds, ends and deletes: ${name}`, async (test) => {
    const standIn = await standInFor(test)
    const started = await run(standIn, 'start', { body: { roomId, ...who } })
    assert.equal(started.status, 200)
    assert.match(started.body, /recording started successfully/i)
    assert.equal(typeof started.body, 'string')

    const listed = (await run(standIn, 'list', { roomId }, 's')).body
    assert.deepEqual(listed.pageInfo, {
      currentPage: 1,
      perPage: name === 'Recording' ? 20 : 10,
      lastPage: 1,
      total: 1,
    })
    const [recording] = listed.data
    assert.equal(recording.end, null)
    assert.equal(recording.id, standIn.journal[0].started)

    assert.match((await run(standIn, 'stop', { body: { roomId, ...who } })).body, /recording ended successfully/i)
    const { body: ended } = await run(standIn, 'get', { [id]: recording.id })
    assert.notEqual(ended.end, null)
    assert.equal((ended.file ?? ended.files[0]).meta.format, format)
    assert.equal((await run(standIn, 'stop', { body: { roomId, ...who } })).status, 404)

    assert.match((await run(standIn, 'delete', { [id]: recording.id })).body, /recording deleted successfully/i)
    assert.equal((await run(standIn, 'get', { [id]: recording.id })).status, 404)
    assert.equal((await run(standIn, 'delete', { [id]: recording.id })).status, 404)
  })

  it(`does not start twice at a time: ${name}`, async (test) => {
    const standIn = await standInFor(test)
    const body = { roomId, ...who }
    assert.equal((await run(standIn, 'start', { body })).status, 200)
    const second = await run(standIn, 'start', { body })
    assert.equal(second.status, 409)
    assert.equal(typeof second.body.message, 'string')
    assert.equal((await run(standIn, 'start', { body: { ...body, roomId: 'another-room' } })).status, 200)
    await run(standIn, 'stop', { body })
    assert.equal((await run(standIn, 'start', { body })).status, 200)
  })
}

it('says the sentences of the documentation', async (test) => {
  const standIn = await standInFor(test)
  const says = async (operation, input) => (await call(standIn, 'videosdk', operation, input)).body
  const track = { roomId, participantId: 'p1', kind: 'video' }
  assert.equal(await says('startRecording', { body: { roomId } }), 'Recording started successfully')
  assert.equal(await says('stopRecording', { body: { roomId } }), 'Recording ended successfully')
  const [recordingId] = standIn.journal.map(({ started }) => started)
  assert.equal(await says('deleteRecording', { recordingId }), 'Room recording deleted successfully')
  assert.equal(await says('startTrackRecording', { body: track }), 'track recording started successfully.')
  assert.equal(await says('stopTrackRecording', { body: track }), 'track recording ended successfully.')
})

it('tells tracks and participants apart', async (test) => {
  const standIn = await standInFor(test)
  const track = (kind, participantId = 'p1') =>
    call(standIn, 'videosdk', 'startTrackRecording', { body: { roomId, participantId, kind } })
  assert.equal((await track('audio')).status, 200)
  assert.equal((await track('video')).status, 200)
  assert.equal((await track('audio', 'p2')).status, 200)
  const mine = await call(standIn, 'videosdk', 'listTrackRecordings', { participantId: 'p1' })
  assert.equal(mine.body.pageInfo.total, 2)
  assert.equal((await call(standIn, 'videosdk', 'listParticipantRecordings')).body.pageInfo.total, 0)
})

it('records a room several times with resources of its own, and ends the one that is named', async (test) => {
  const standIn = await standInFor(test)
  const startOf = (resourceId) => call(standIn, 'videosdk', 'startRecording', { body: { roomId, resourceId } })
  assert.equal((await startOf('one')).status, 200)
  assert.equal((await startOf('two')).status, 200)
  assert.equal((await startOf('two')).status, 409)
  const [first] = standIn.journal.map(({ started }) => started)
  assert.equal((await call(standIn, 'videosdk', 'stopRecording', { body: { roomId, id: first } })).status, 200)
  assert.equal((await call(standIn, 'videosdk', 'stopRecording', { body: { roomId, id: first } })).status, 404)
  const wrongRoom = { roomId: 'another-room', id: standIn.journal[1].started }
  assert.equal((await call(standIn, 'videosdk', 'stopRecording', { body: wrongRoom })).status, 404)
})

it('lists in pages, the newest first', async (test) => {
  const standIn = await standInFor(test)
  for (const room of ['a', 'b', 'c', 'd', 'e'])
    await call(standIn, 'videosdk', 'startRecording', { body: { roomId: room } })
  const { body } = await call(standIn, 'videosdk', 'listRecordings', { page: 2, perPage: 2 })
  assert.deepEqual(body.pageInfo, { currentPage: 2, perPage: 2, lastPage: 3, total: 5 })
  assert.deepEqual(
    body.data.map((each) => each.roomId),
    ['c', 'b'],
  )
  const [{ sessionId }] = body.data
  assert.equal((await call(standIn, 'videosdk', 'listRecordings', { sessionId })).body.pageInfo.total, 1)
})

it('puts a file into the own storage or gives its address', async (test) => {
  const standIn = await standInFor(test)
  for (const body of [{ roomId: 'a' }, { roomId: 'b', awsDirPath: 'meetings/2026' }]) {
    await call(standIn, 'videosdk', 'startRecording', { body })
    await call(standIn, 'videosdk', 'stopRecording', { body: { roomId: body.roomId } })
  }
  const [own, theirs] = (await call(standIn, 'videosdk', 'listRecordings')).body.data
  assert.match(own.file.filePath, /^meetings\/2026\//)
  assert.equal(own.file.fileUrl, null)
  assert.match(theirs.file.fileUrl, /^https:/)
})

it('refuses what is missing or of a wrong type, and ignores names that it does not know', async (test) => {
  const standIn = await standInFor(test)
  const startOf = (body) => post(standIn, '/v2/recordings/start', body, { authorization: 'placeholder' })
  const missing = await startOf({})
  assert.deepEqual([missing.status, missing.body], [400, { message: 'roomId is required' }])
  assert.deepEqual((await startOf({ roomId, config: { quality: 7 } })).body, { message: 'quality is not valid' })
  assert.equal((await startOf({ roomId, bucketDirPath: 'x', quality: 'high' })).status, 200)
})

it('answers with a bare sentence when nobody is in the room', async (test) => {
  const standIn = await standInFor(test, { rooms: ['somewhere-else'] })
  const { status, body } = await call(standIn, 'videosdk', 'startRecording', { body: { roomId } })
  assert.deepEqual([status, body], [404, 'There is no live session in this room.'])
})

it('has no /v2/recordings/stop', async (test) => {
  const standIn = await standInFor(test)
  const { status } = await post(standIn, '/v2/recordings/stop', { roomId }, { authorization: 'placeholder' })
  assert.equal(status, 405)
})
