// RFC 8785: the one way to write a value, so that one configuration has one body.
#pragma once

#include <string_view>

#include "json/arena.hpp"
#include "json/node.hpp"

namespace recreq {

/// Order of keys by UTF-16 code units, as RFC 8785 sorts members.
bool canonical_less(std::string_view a, std::string_view b) noexcept;

/// Whether JSON writes some character of a string with an escape.
bool needs_escape(std::string_view text) noexcept;

/// Whether one member stands before another.
using member_order = bool (*)(const node& a, const node& b) noexcept;

/// Puts the members of an object that has some in an order; those that it takes for equal keep theirs.
void sort_members(node& object, member_order less) noexcept;

/// Puts the members of an object in canonical order.
void sort_members(node& object) noexcept;

/// Appends a string with its quotes.
void write_string(text_builder& out, std::string_view text) noexcept;

/// Appends a value. Members are put in canonical order in place.
void write_canonical(text_builder& out, node& value) noexcept;

}  // namespace recreq
