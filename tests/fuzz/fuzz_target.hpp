// What the targets share: the options of a call, taken from the end of libFuzzer's bytes, and the end of the program
// when a promise is broken.
#pragma once

#include <fuzzer/FuzzedDataProvider.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "recreq/options.hpp"

namespace recreq::fuzz {

/// Ends the program, so that libFuzzer keeps the bytes that led here.
inline void promise(bool kept, const char* what) {
  if (kept) return;
  std::fprintf(stderr, "a promise is broken: %s\n", what);
  std::abort();
}

struct call_options {
  options how;
  bool tight_limits = false;
};

/// Takes the last bytes; the others are a text. tests/fuzz/seeds.mjs writes as many behind the texts of vectors.
inline call_options take_options(FuzzedDataProvider& bytes) {
  call_options taken;
  taken.how.defaults = static_cast<defaults_mode>(bytes.ConsumeIntegralInRange<std::uint8_t>(0, 2));
  taken.how.unknown = static_cast<unknown_mode>(bytes.ConsumeIntegralInRange<std::uint8_t>(0, 2));
  taken.tight_limits = bytes.ConsumeBool();
  if (taken.tight_limits) taken.how.limits = {.bytes = 1000, .depth = 4, .values = 20, .issues = 3};
  return taken;
}

}  // namespace recreq::fuzz
