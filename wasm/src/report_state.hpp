// What a report of the C++ API holds, and what every call of it begins with.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

#include "json/arena.hpp"
#include "json/reading.hpp"
#include "recreq/operation.hpp"

namespace recreq {

struct report::state {
  arena memory{0};
  std::span<const issue> issues;
  bool truncated = false;
  bool ok = false;
  std::string_view value;
  std::optional<recreq::request> request;
};

/// simdjson wants readable bytes behind a text. One that is over the limit will not be read.
inline std::string_view padded_copy(std::string_view text, const limits& most, arena& memory) noexcept {
  if (text.size() > most.bytes) return text;
  auto* copy = static_cast<char*>(memory.allocate(text.size() + text_padding, 1));
  if (copy == nullptr) return {};
  std::copy(text.begin(), text.end(), copy);
  std::fill_n(copy + text.size(), text_padding, '\0');
  return {copy, text.size()};
}

/// The reader of this thread.
inline json_reader& thread_reader() noexcept {
  thread_local json_reader reader;
  return reader;
}

}  // namespace recreq
