// The form in which JavaScript hands values over: what JSON says, without anything that would have to be searched for.
//
//   value   := `n` | `t` | `f` | `0` size digits | string | `{` (string value)* `}` | `[` value* `]`
//   string  := `s` size bytes | `e` size bytes     `e`: JSON writes some of the characters with an escape
//   size    := a byte below 255 | 255 and four bytes, the lowest first
//
// Bytes are UTF-8. Keys are different from one another, as an object's are. js/src/snapshot.ts writes it.
#pragma once

#include <string_view>

#include "json/arena.hpp"
#include "json/node.hpp"

namespace recreq {

/// The value in nodes whose texts are views of `snapshot`; null when it is damaged, nested deeper than `largest_depth`
/// and an object around it, or memory is exhausted.
node* read_snapshot(std::string_view snapshot, arena& memory) noexcept;

}  // namespace recreq
