// What a window of a limit has in it, moment by moment.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SlidingWindow } from '../../build/javascript/limiter/sliding-window.js'

describe('a window', () => {
  it('counts a request from when it is sent until its answer is as old as the window', () => {
    const window = new SlidingWindow(2, 10)
    assert.deepEqual([window.take(0), window.take(0), window.take(0)], [true, true, false])
    assert.equal(window.wait(0), Infinity)
    window.count(5000)
    assert.equal(window.take(14_999), false)
    assert.equal(window.wait(14_000), 1000)
    assert.equal(window.take(15_000), true)
  })

  it('counts a request that may still arrive until its latest arrival is as old as the window', () => {
    const window = new SlidingWindow(2, 10)
    window.take(0)
    window.take(0)
    // One is given up at 2000 and has 30 seconds, the other is answered after that.
    window.count(32_000)
    window.count(4000)
    assert.equal(window.wait(4000), 10_000)
    assert.deepEqual([window.take(14_000), window.take(14_000)], [true, false])
    window.count(14_000)
    assert.equal(window.take(24_000), true)
    assert.deepEqual([window.take(41_999), window.take(42_000)], [false, true])
  })

  it('has the place of a request free at once that was never sent', () => {
    const window = new SlidingWindow(1, 10)
    window.take(0)
    window.giveBack(0)
    assert.equal(window.take(0), true)
  })

  it('waits for as many to be over as the limit has shrunk by', () => {
    const window = new SlidingWindow(3, 10)
    for (const moment of [0, 1000, 2000]) {
      window.take(moment)
      window.count(moment)
    }
    window.resize(1, 10)
    assert.equal(window.wait(5000), 7000)
  })

  it('is idle when nothing can matter any more', () => {
    const window = new SlidingWindow(1, 10)
    window.take(0)
    assert.equal(window.idle(100_000), false)
    window.count(130_000)
    assert.deepEqual([window.idle(139_999), window.idle(140_000)], [false, true])
  })
})

describe('what the service says is left', () => {
  it('holds where it is stricter, less what is on its way', () => {
    const window = new SlidingWindow(100, 10)
    for (let i = 0; i < 3; ++i) window.take(0)
    window.count(0)
    window.observe(0, { remaining: 3, seconds: 30 })
    assert.deepEqual([window.take(1), window.take(1)], [true, false])
    assert.equal(window.wait(1000), 29_000)
    assert.equal(window.take(30_000), true)
  })

  it('is lessened by what may still arrive', () => {
    const window = new SlidingWindow(100, 10)
    window.take(0)
    window.take(0)
    window.count(20_000)
    window.count(0)
    window.observe(0, { remaining: 2, seconds: 30 })
    assert.deepEqual([window.take(1), window.take(1)], [true, false])
  })

  it('is not grown by more than it was lessened by for requests that were never sent', () => {
    const window = new SlidingWindow(100, 10)
    for (let i = 0; i < 4; ++i) window.take(0)
    window.count(0)
    window.observe(0, { remaining: 1, seconds: 30 })
    for (let i = 0; i < 3; ++i) window.giveBack(1)
    assert.deepEqual([window.take(1), window.take(1)], [true, false])
  })

  it('is not taken from a later word that allows more before the time is over', () => {
    const window = new SlidingWindow(100, 10)
    window.take(0)
    window.take(0)
    window.count(0)
    window.observe(0, { remaining: 0, seconds: 60 })
    window.count(1)
    window.observe(1, { remaining: 50, seconds: 5 })
    assert.equal(window.take(59_000), false)
    assert.equal(window.take(60_001), true)
  })

  it('does not last longer by a word about the time after it', () => {
    const window = new SlidingWindow(100, 10)
    window.take(0)
    window.count(0)
    window.observe(0, { remaining: 1, seconds: 30 })
    window.observe(29_500, { remaining: 99, seconds: 300 })
    assert.deepEqual([window.take(29_600), window.take(29_700)], [true, false])
    assert.equal(window.take(30_001), true)
  })
})
