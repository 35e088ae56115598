// Following JSON Pointers that somebody else wrote.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "json/arena.hpp"
#include "json/node.hpp"

namespace recreq {

/// A token without its escapes.
std::string_view unescaped_token(std::string_view token, arena& memory) noexcept;

/// The first token of a pointer that is not empty, without its escapes; the pointer then begins behind it.
std::string_view next_token(std::string_view& pointer, arena& memory) noexcept;

/// The position that a token names in an array: digits without leading zeros.
std::optional<std::uint32_t> element_index(std::string_view token) noexcept;

/// The member or element that an unescaped token names; null when there is none.
node* child_at(const node& parent, std::string_view token) noexcept;

}  // namespace recreq
