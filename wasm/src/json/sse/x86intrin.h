// The intrinsics that simdjson's kernel for SSE 4.2 takes from this header, for Emscripten, which has all but a few.
#pragma once

#include <nmmintrin.h>

// A carry-less product with all ones, the only one that simdjson asks for, is the XOR of all bits up to each.
static inline __m128i _mm_clmulepi64_si128(__m128i bits, __m128i, int) {
  unsigned long long prefix = static_cast<unsigned long long>(_mm_cvtsi128_si64(bits));
  for (int distance = 1; distance < 64; distance *= 2) prefix ^= prefix << distance;
  return _mm_set_epi64x(0, static_cast<long long>(prefix));
}

static inline int _popcnt64(long long bits) { return __builtin_popcountll(static_cast<unsigned long long>(bits)); }

static inline unsigned long long _umul128(unsigned long long a, unsigned long long b, unsigned long long* high) {
  const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  *high = static_cast<unsigned long long>(product >> 64U);
  return static_cast<unsigned long long>(product);
}
