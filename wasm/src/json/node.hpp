// A JSON value as the engine works on it: read from text, completed with defaults, checked, written.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "recreq/provenance.hpp"

namespace recreq {

enum class kind : std::uint8_t { null, boolean, number, string, array, object };

/// No string of the image.
constexpr std::uint32_t not_interned = 0xFFFFFFFFU;

/// One value. Members of an object and elements of an array are a chain from `first` over `next`.
struct node {
  std::string_view text;  ///< a string's decoded text, a number's token, "true", "false" or "null"
  std::string_view key;   ///< the decoded key when the value is a member of an object
  node* first = nullptr;
  node* last = nullptr;
  node* next = nullptr;
  std::uint32_t key_hash = 0;
  /// The image's string that a key or a text was found to equal when the schema was checked; comparing it again is
  /// comparing numbers.
  std::uint32_t key_string = not_interned;
  std::uint32_t text_string = not_interned;
  std::uint32_t property =
      not_interned;         ///< the number of a member's property in the shape that its object is being checked against
  std::uint32_t count = 0;  ///< members or elements
  std::uint32_t offset = 0;      ///< byte of the source at which the value begins
  std::uint32_t key_offset = 0;  ///< byte of the source at which the key begins
  kind type = kind::null;
  origin from = origin::input;
  bool in_text : 1 = false;       ///< `offset` is a place in the body's text
  bool sorted : 1 = false;        ///< members stand in canonical order
  bool all_listed : 1 = false;    ///< every member's key is one that the schema lists
  bool invalid : 1 = false;       ///< a structural error was found here: rules do not read it
  bool mistyped : 1 = false;      ///< of a type that its schema does not allow: rules do not look at it or below it
  bool needs_escape : 1 = false;  ///< the string may have a character that JSON writes with an escape
  bool key_needs_escape : 1 = false;
  bool secret : 1 = false;  ///< stands at or below a `writeOnly` schema: never shown
  bool of_bot : 1 = false;  ///< of the bot's configuration, on which overrides are laid
};

/// A 32-bit hash of a key by its size, its first and its last characters, the same in the compiler and in the engine.
/// It only speeds look-ups up: equal hashes are always followed by a comparison, and nothing of an attacker's choosing
/// is ever stored in a table by it.
inline std::uint32_t hash_key(std::string_view key) noexcept {
  constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15U;
  const char* const text = key.data();
  const std::size_t size = key.size();
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  if (size >= 8) {
    std::memcpy(&first, text, 8);
    std::memcpy(&last, text + size - 8, 8);
  } else if (size >= 4) {
    std::memcpy(&first, text, 4);
    std::memcpy(&last, text + size - 4, 4);
  } else {
    for (std::size_t i = 0; i < size; ++i) first = first << 8U | static_cast<unsigned char>(text[i]);
  }
  std::uint64_t hash = (first ^ size) * multiplier;
  hash = ((hash ^ hash >> 32U) + last) * multiplier;
  return static_cast<std::uint32_t>(hash >> 32U);
}

/// Equality of two short texts, without a call where a few words will do.
inline bool same_text(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  const std::size_t size = a.size();
  const auto same = [&]<class Word>(std::size_t at, Word first, Word second) {
    std::memcpy(&first, a.data() + at, sizeof(Word));
    std::memcpy(&second, b.data() + at, sizeof(Word));
    return first == second;
  };
  // The last word may overlap the one before.
  if (size >= 8) {
    for (std::size_t i = 0; i + 8 < size; i += 8) {
      if (!same(i, std::uint64_t{}, std::uint64_t{})) return false;
    }
    return same(size - 8, std::uint64_t{}, std::uint64_t{});
  }
  if (size >= 4) return same(0, std::uint32_t{}, std::uint32_t{}) && same(size - 4, std::uint32_t{}, std::uint32_t{});
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

inline void append_child(node& parent, node& child) noexcept {
  child.next = nullptr;
  if (parent.last == nullptr) {
    parent.first = &child;
  } else {
    parent.last->next = &child;
  }
  parent.last = &child;
  parent.sorted = parent.all_listed = false;
  ++parent.count;
}

inline node* find_member(const node& object, std::string_view key, std::uint32_t hash) noexcept {
  for (node* member = object.first; member != nullptr; member = member->next) {
    if (member->key_hash == hash && same_text(member->key, key)) return member;
  }
  return nullptr;
}

}  // namespace recreq
