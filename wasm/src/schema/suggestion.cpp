// Case and separators count for nothing; otherwise a few slips of the finger may separate what was written from what
// was meant.
#include "schema/suggestion.hpp"

#include <algorithm>
#include <array>

namespace recreq {
namespace {

constexpr std::size_t longest = 64;

struct folded {
  std::array<char, longest> text{};
  std::size_t size = 0;
};

// Lower case, without - _ . and spaces: `realTimeEndpoints` and `real_time_endpoints` fold to the same.
folded fold(std::string_view name) noexcept {
  folded out;
  for (const char c : name) {
    if (c == '_' || c == '-' || c == '.' || c == ' ') continue;
    out.text[out.size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

// Optimal string alignment: insertions, deletions, replacements and swapped neighbours.
std::uint32_t distance(const folded& a, const folded& b, std::uint32_t enough) noexcept {
  std::array<std::array<std::uint32_t, longest + 1>, 3> rows{};
  for (std::uint32_t j = 0; j <= b.size; ++j) rows[0][j] = j;
  for (std::uint32_t i = 1; i <= a.size; ++i) {
    auto& row = rows[i % 3];
    const auto& previous = rows[(i - 1) % 3];
    const auto& before = rows[(i + 1) % 3];
    row[0] = i;
    std::uint32_t smallest = i;
    for (std::uint32_t j = 1; j <= b.size; ++j) {
      const std::uint32_t replaced = previous[j - 1] + (a.text[i - 1] == b.text[j - 1] ? 0U : 1U);
      row[j] = std::min({previous[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a.text[i - 1] == b.text[j - 2] && a.text[i - 2] == b.text[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
      smallest = std::min(smallest, row[j]);
    }
    if (smallest > enough) return smallest;
  }
  return rows[a.size % 3][b.size];
}

}  // namespace

void suggestion::consider(std::string_view candidate) noexcept {
  if (written_.size() > longest || candidate.size() > longest || written_ == candidate) return;
  const folded a = fold(written_);
  const folded b = fold(candidate);
  const std::size_t larger = std::max(a.size, b.size);
  const std::size_t gap = larger - std::min(a.size, b.size);
  const auto allowed = static_cast<std::uint32_t>(larger < 4 ? 0 : std::min<std::size_t>(3, 1 + larger / 6));
  if (b.size == 0 || gap > allowed) return;
  const std::uint32_t found = distance(a, b, allowed);
  if (found <= allowed && found < best_distance_) {
    best_ = candidate;
    best_distance_ = found;
  }
}

}  // namespace recreq
