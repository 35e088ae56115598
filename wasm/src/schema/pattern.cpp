// Running a pattern's automaton over a text.
#include "schema/pattern.hpp"

#include <algorithm>

namespace recreq::pattern {
namespace {

constexpr std::uint32_t words_per_interval = 2;

// Takes the first character off a text that is valid UTF-8, as every text of the engine is.
std::uint32_t take_code_point(std::string_view& text) noexcept {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t size = std::min<std::size_t>(lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, text.size());
  std::uint32_t code_point = size == 1 ? lead : lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) code_point = code_point << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  text.remove_prefix(size);
  return code_point;
}

std::uint32_t class_of(std::uint32_t code_point, std::span<const std::uint32_t> intervals) noexcept {
  std::size_t low = 0;
  std::size_t high = intervals.size() / words_per_interval;
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    (intervals[middle * words_per_interval] <= code_point ? low : high) = middle;
  }
  return intervals[low * words_per_interval + 1];
}

}  // namespace

bool is_automaton(std::span<const std::uint32_t> words) noexcept {
  if (words.size() < header_size) return false;
  const std::uint32_t classes = words[classes_at];
  const std::uint64_t intervals_size = std::uint64_t{words[intervals_at]} * words_per_interval;
  if (classes == 0 || intervals_size == 0 || intervals_size > words.size() - header_size) return false;
  const std::uint64_t width = std::uint64_t{classes} + 1;
  const auto intervals = words.subspan(header_size, static_cast<std::size_t>(intervals_size));
  const auto rows = words.subspan(header_size + intervals.size());
  const std::uint64_t states = rows.size() / width;
  if (rows.size() % width != 0 || states <= matched || words[start_at] >= states) return false;
  for (std::size_t i = 0; i < intervals.size(); i += words_per_interval) {
    if (intervals[i + 1] >= classes) return false;
    if (i == 0 ? intervals[i] != 0 : intervals[i] <= intervals[i - words_per_interval]) return false;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool is_end = i % width == classes;
    if (rows[i] >= (is_end ? 2 : states)) return false;
    if (i < 2 * width && rows[i] != i / width) return false;
  }
  return true;
}

bool matches(std::span<const std::uint32_t> automaton, std::string_view text) noexcept {
  const auto intervals = automaton.subspan(header_size, std::size_t{automaton[intervals_at]} * words_per_interval);
  const std::uint32_t* rows = intervals.data() + intervals.size();
  const std::size_t width = std::size_t{automaton[classes_at]} + 1;
  std::uint32_t state = automaton[start_at];
  while (!text.empty() && state > matched) state = rows[state * width + class_of(take_code_point(text), intervals)];
  return rows[state * width + width - 1] != 0;
}

}  // namespace recreq::pattern
