// What every call of the C++ interface begins with: a text that can be read, and somebody who reads it.
#pragma once

#include <algorithm>
#include <string_view>

#include "json/arena.hpp"
#include "json/reading.hpp"
#include "recreq/options.hpp"

namespace recreq {

/// A copy with the readable bytes behind it that simdjson wants. A text over the limit stays where it is: nobody will
/// read it.
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
