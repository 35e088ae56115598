// Random numbers that are the same for the same seed, on every machine.

/** A stream of random numbers: George Marsaglia's xorshift over 128 bits. */
export class Random {
  #state = new Uint32Array(4)
  #bits = new DataView(new ArrayBuffer(8))

  /** @param {number} seed */
  constructor(seed) {
    // Similar seeds must not give similar streams, and a state of zeros gives zeros for ever.
    let mixed = seed >>> 0
    for (let i = 0; i < 4; ++i) {
      mixed = (mixed + 0x9e3779b9) >>> 0
      const folded = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
      this.#state[i] = folded ^ (folded >>> 13)
    }
    this.#state[3] |= 1
  }

  /** 32 random bits. */
  bits() {
    const state = this.#state
    let t = state[3]
    const s = state[0]
    state[3] = state[2]
    state[2] = state[1]
    state[1] = s
    t ^= t << 11
    t ^= t >>> 8
    state[0] = t ^ s ^ (s >>> 19)
    return state[0]
  }

  /** An integer from 0 up to, and without, `end`. @param {number} end */
  below(end) {
    return Math.floor((this.bits() / 0x100000000) * end)
  }

  /** True once in so many times. @param {number} times */
  oneIn(times) {
    return this.below(times) === 0
  }

  /**
   * @template Item
   * @param {readonly Item[]} items
   * @returns {Item}
   */
  pick(items) {
    return items[this.below(items.length)]
  }

  /** The double that 64 random bits are; never NaN or infinite. */
  double() {
    for (;;) {
      this.#bits.setUint32(0, this.bits())
      this.#bits.setUint32(4, this.bits())
      const value = this.#bits.getFloat64(0)
      if (Number.isFinite(value)) return value
    }
  }
}
