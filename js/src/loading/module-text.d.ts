// The engine's module, which the build writes beside the compiled form of this folder.

/** One character per byte; in all whole words of four bytes, the bit 0x40 of each is inverted. */
export const moduleText: string
