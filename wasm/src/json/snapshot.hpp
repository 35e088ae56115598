// The form in which JavaScript hands values over: what JSON says, without anything that would have to be searched for.
//
//   snapshot := word* text
//   word     := 32 bits, the lowest byte first
//
// The first word is twice the number of words, with its lowest bit set when all texts are ASCII. The others are the
// values in document order, a key before its member. Of each, the lowest three bits say what it is:
//
//   0 null   1 false   2 true   3 a number's digits   4 a string or key   5 an array   6 an object
//
// and the rest its size: UTF-16 code units, elements or members. The text behind the words is that of all numbers,
// strings and keys, one behind another in UTF-8. Keys are different from one another, as an object's are.
// js/src/snapshot.ts writes it.
#pragma once

#include <string_view>

#include "json/arena.hpp"
#include "json/node.hpp"

namespace recreq {

/// The value in nodes whose texts are views of `snapshot`; null when it is damaged, nested deeper than `largest_depth`
/// and an object around it, or memory is exhausted.
node* read_snapshot(std::string_view snapshot, arena& memory) noexcept;

}  // namespace recreq
