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

/// A 32-bit hash of a key, the same in the compiler and in the engine. It only speeds look-ups up: equal hashes are
/// always followed by a comparison, and nothing of an attacker's choosing is ever stored in a table by it.
inline std::uint32_t hash_key(std::string_view key) noexcept {
  constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15U;
  std::uint64_t hash = key.size();
  const char* text = key.data();
  std::size_t left = key.size();
  const auto mix = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * multiplier;
    hash ^= hash >> 32U;
  };
  for (; left >= 8; left -= 8, text += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text, 8);
    mix(word);
  }
  std::uint64_t word = 0;
  if (left >= 4) {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    std::memcpy(&low, text, 4);
    std::memcpy(&high, text + left - 4, 4);
    word = low | static_cast<std::uint64_t>(high) << 32U;
  } else {
    for (std::size_t i = 0; i < left; ++i) word = word << 8U | static_cast<unsigned char>(text[i]);
  }
  mix(word);
  return static_cast<std::uint32_t>(hash);
}

/// Equality of two short texts, without a call where a few words will do.
inline bool same_text(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  const auto word = [](const char* text) {
    std::uint64_t read = 0;
    std::memcpy(&read, text, 8);
    return read;
  };
  const std::size_t size = a.size();
  if (size < 8) {
    for (std::size_t i = 0; i < size; ++i) {
      if (a[i] != b[i]) return false;
    }
    return true;
  }
  for (std::size_t i = 0; i + 8 < size; i += 8) {
    if (word(a.data() + i) != word(b.data() + i)) return false;
  }
  // The last word may overlap the one before.
  return word(a.data() + size - 8) == word(b.data() + size - 8);
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
