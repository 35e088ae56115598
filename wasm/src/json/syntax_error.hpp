// Says where and why a text is not JSON. simdjson only says that it is not; this runs when that has been found out.
#pragma once

#include <cstdint>
#include <string_view>

#include "json/arena.hpp"
#include "json/reading.hpp"

namespace recreq {

/// The first place at which a text stops being JSON, or is nested deeper than `depth`; `otherwise` when there is none.
read_failure find_syntax_error(std::string_view text, std::uint32_t depth, arena& memory,
                               const read_failure& otherwise) noexcept;

/// Bytes of the UTF-8 sequence at the beginning of `text`; 0 when there is no valid one.
std::size_t utf8_sequence(std::string_view text) noexcept;

}  // namespace recreq
