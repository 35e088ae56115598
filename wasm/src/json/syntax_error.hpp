// Says where and why a text is not JSON. simdjson only says that it is not; this runs when that has been found out.
#pragma once

#include <string_view>

#include "json/arena.hpp"
#include "json/reading.hpp"

namespace recreq {

/// The first problem of a text that could not be read.
read_failure find_syntax_error(std::string_view text, arena& memory) noexcept;

/// Bytes of the UTF-8 sequence at the beginning of `text`; 0 when there is no valid one.
std::size_t utf8_sequence(std::string_view text) noexcept;

}  // namespace recreq
