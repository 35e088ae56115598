// What no provider's document has used so far. The native library has all of it; the module that everyone downloads is
// linked with left_out_keywords.cpp in its place, and refuses an image that needs more. When a document begins to use
// one, it stops being rare: `image::is_rare`.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "schema/image.hpp"

namespace recreq {

extern const bool rare_keywords_are_linked;

/// Whether words are a pattern's automaton.
bool is_pattern(std::span<const std::uint32_t> words) noexcept;

bool has_rare_format(image::format_name format, std::string_view text) noexcept;

}  // namespace recreq
