// Where a value stands: the way from the root to it, and that way as a JSON Pointer (RFC 6901).
#pragma once

#include <cstdint>
#include <string_view>

#include "json/arena.hpp"

namespace recreq {

/// One step on the way down, on the caller's stack; the root has no step.
struct place {
  const place* parent = nullptr;
  std::string_view key{};   ///< member
  std::uint32_t index = 0;  ///< element, when `is_index`
  bool is_index = false;
};

/// Appends `/token` with `~` and `/` escaped.
void append_pointer_token(text_builder& out, std::string_view token) noexcept;
void append_pointer(text_builder& out, const place* where) noexcept;

/// Appends the same way as elements of a JSON array, each with a comma before it.
void append_path(text_builder& out, const place* where) noexcept;
void append_path_step(text_builder& out, const place& step) noexcept;

/// The JSON Pointer of a place; the root's is empty.
std::string_view pointer_text(const place* where, arena& memory) noexcept;

}  // namespace recreq
