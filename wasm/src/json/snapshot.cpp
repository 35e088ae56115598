// Reads a snapshot in one walk without recursion.
#include "json/snapshot.hpp"

#include <array>
#include <cstdint>
#include <cstring>

#include "json/canonical.hpp"
#include "recreq/options.hpp"

namespace recreq {
namespace {

// The lowest bits of a word, in the order of `read_value`.
constexpr std::uint32_t size_at = 3;
constexpr std::uint32_t kind_mask = (1U << size_at) - 1;
constexpr std::uint32_t string_kind = 4;

constexpr std::size_t word_bytes = sizeof(std::uint32_t);

class walk {
 public:
  walk(std::string_view snapshot, arena& memory) noexcept : memory_(memory) {
    const std::uint32_t head = snapshot.size() < word_bytes ? 0 : word_at(snapshot.data());
    const std::size_t words = head >> 1U;
    if (words > snapshot.size() / word_bytes) return;
    all_ascii_ = (head & 1U) != 0;
    word_ = snapshot.data() + word_bytes;
    words_end_ = snapshot.data() + words * word_bytes;
    text_ = words_end_;
    text_end_ = snapshot.data() + snapshot.size();
    any_escape_ = needs_escape({text_, static_cast<std::size_t>(text_end_ - text_)});
  }

  node* run() noexcept {
    node* root = nullptr;
    node* container = nullptr;
    std::uint32_t left = 0;                     // of the container's members or elements
    std::array<level, largest_depth + 1> open;  // NOLINT(cppcoreguidelines-pro-type-member-init): written before read
    std::size_t depth = 0;
    for (;;) {
      node* value = memory_.make<node>();
      if (value == nullptr) return nullptr;
      if (container != nullptr && container->type == kind::object && !read_key(*value)) return nullptr;
      std::uint32_t size = 0;
      if (!read_value(*value, size)) return nullptr;
      if (container == nullptr) {
        root = value;
      } else {
        append_child(*container, *value);
        --left;
      }
      if (value->type == kind::object || value->type == kind::array) {
        if (depth == open.size()) return nullptr;
        open[depth++] = {container, left};
        container = value;
        left = size;
      }
      while (left == 0 && container != nullptr) {
        --depth;
        container = open[depth].container;
        left = open[depth].left;
      }
      if (container == nullptr) return word_ == words_end_ && text_ == text_end_ ? root : nullptr;
    }
  }

 private:
  // What is gone on with when the container inside it ends.
  struct level {
    node* container;
    std::uint32_t left;
  };

  static std::uint32_t word_at(const char* bytes) noexcept {
    std::uint32_t word = 0;
    std::memcpy(&word, bytes, word_bytes);
    return word;
  }

  bool take_word(std::uint32_t& word) noexcept {
    if (word_ == words_end_) return false;
    word = word_at(word_);
    word_ += word_bytes;
    return true;
  }

  bool read_value(node& value, std::uint32_t& size) noexcept {
    std::uint32_t word = 0;
    if (!take_word(word)) return false;
    size = word >> size_at;
    switch (word & kind_mask) {
      case 0:
        return take_literal(value, kind::null, "null");
      case 1:
        return take_literal(value, kind::boolean, "false");
      case 2:
        return take_literal(value, kind::boolean, "true");
      case 3:
        value.type = kind::number;
        return size != 0 && read_text(size, value.text);
      case string_kind:
        value.type = kind::string;
        if (!read_text(size, value.text)) return false;
        value.needs_escape = any_escape_ && needs_escape(value.text);
        return true;
      case 5:
        value.type = kind::array;
        return true;
      case 6:
        value.type = kind::object;
        return true;
      default:
        return false;
    }
  }

  static bool take_literal(node& value, kind type, std::string_view text) noexcept {
    value.type = type;
    value.text = text;
    return true;
  }

  bool read_key(node& member) noexcept {
    std::uint32_t word = 0;
    if (!take_word(word) || (word & kind_mask) != string_kind || !read_text(word >> size_at, member.key)) return false;
    member.key_needs_escape = any_escape_ && needs_escape(member.key);
    member.key_hash = hash_key(member.key);
    return true;
  }

  bool read_text(std::size_t units, std::string_view& text) noexcept {
    const auto left = static_cast<std::size_t>(text_end_ - text_);
    const std::size_t size = all_ascii_ ? units : bytes_of(units, {text_, left});
    if (size > left) return false;
    text = {text_, size};
    text_ += size;
    return true;
  }

  // How many bytes at the beginning of a text are that many UTF-16 code units; more than there are when it is shorter.
  static std::size_t bytes_of(std::size_t units, std::string_view text) noexcept {
    std::size_t bytes = 0;
    while (units != 0) {
      if (bytes >= text.size()) return text.size() + 1;
      const auto lead = static_cast<unsigned char>(text[bytes]);
      const bool pair = lead >= 0xF0;
      bytes += pair ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
      units -= pair && units > 1 ? 2 : 1;
    }
    return bytes;
  }

  const char* word_ = nullptr;
  const char* words_end_ = nullptr;
  const char* text_ = nullptr;
  const char* text_end_ = nullptr;
  bool all_ascii_ = false;
  bool any_escape_ = false;
  arena& memory_;
};

}  // namespace

node* read_snapshot(std::string_view snapshot, arena& memory) noexcept { return walk(snapshot, memory).run(); }

}  // namespace recreq
