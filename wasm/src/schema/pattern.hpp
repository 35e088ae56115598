// `pattern`: a regular expression that the compiler has turned into a deterministic automaton. It looks at each
// character once, whatever the pattern is.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace recreq::pattern {

// An automaton is a run of words:
//
//   words 0 to 2   see below
//   then           the intervals that the code points fall into, in ascending order: the first code point of each, and
//   the
//                  class of its characters
//   then           a row for each state: the next state for each class, and whether a text may end here (1) or not (0)
//
// The first interval begins at 0. Nothing leads away from the states `refused` and `matched`.
constexpr std::uint32_t intervals_at = 0;  ///< number of intervals
constexpr std::uint32_t classes_at = 1;    ///< number of classes
constexpr std::uint32_t start_at = 2;      ///< the state before the first character
constexpr std::uint32_t header_size = 3;

constexpr std::uint32_t refused = 0;
constexpr std::uint32_t matched = 1;

/// Whether words are an automaton that no text can lead out of.
bool is_automaton(std::span<const std::uint32_t> words) noexcept;

/// Whether the pattern is found somewhere in a text. Takes time in proportion to the text, and no memory.
bool matches(std::span<const std::uint32_t> automaton, std::string_view text) noexcept;

}  // namespace recreq::pattern
