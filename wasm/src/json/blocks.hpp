// Looking at sixteen bytes of a text at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace recreq {

/// Sixteen bytes, for which compilers have instructions. Comparing them gives a block with all bits of a byte set where
/// it holds.
using block = std::uint8_t __attribute__((vector_size(16)));

inline bool any(block found) noexcept {
  std::uint64_t halves[2];  // NOLINT: written next
  std::memcpy(halves, &found, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

/// Whether `is_found`, which takes a block and gives one, finds something in a text. It is not for letters: short texts
/// are filled up with one.
template <class Test>
bool any_byte(std::string_view text, Test&& is_found) noexcept {
  constexpr std::size_t size = sizeof(block);
  const auto load = [](const char* bytes) {
    block loaded;  // NOLINT: written next
    std::memcpy(&loaded, bytes, size);
    return loaded;
  };
  if (text.size() < size) {
    block filled = block{} + std::uint8_t{'a'};
    if (!text.empty()) std::memcpy(&filled, text.data(), text.size());
    return any(is_found(filled));
  }
  block found{};
  for (std::size_t at = 0; at + size <= text.size(); at += size) found |= is_found(load(text.data() + at));
  // The last block may overlap the one before.
  found |= is_found(load(text.data() + text.size() - size));
  return any(found);
}

}  // namespace recreq
