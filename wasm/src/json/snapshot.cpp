// Reads a snapshot in one walk without recursion.
#include "json/snapshot.hpp"

#include <array>
#include <cstdint>

#include "recreq/options.hpp"

namespace recreq {
namespace {

class walk {
 public:
  walk(std::string_view snapshot, arena& memory) noexcept
      : at_(snapshot.data()), end_(at_ + snapshot.size()), memory_(memory) {}

  node* run() noexcept {
    node* root = nullptr;
    std::array<node*, largest_depth + 1> open;  // NOLINT(cppcoreguidelines-pro-type-member-init): written before read
    std::size_t depth = 0;
    for (;;) {
      node* value = memory_.make<node>();
      if (value == nullptr) return nullptr;
      const bool is_member = depth != 0 && open[depth - 1]->type == kind::object;
      if ((is_member && !read_key(*value)) || !read_value(*value)) return nullptr;
      if (depth == 0) {
        root = value;
      } else {
        append_child(*open[depth - 1], *value);
      }
      if (value->type == kind::object || value->type == kind::array) {
        if (depth == open.size()) return nullptr;
        open[depth++] = value;
      }
      for (; depth != 0 && at_ != end_ && *at_ == (open[depth - 1]->type == kind::object ? '}' : ']'); --depth) ++at_;
      if (depth == 0) return at_ == end_ ? root : nullptr;
    }
  }

 private:
  bool read_value(node& value) noexcept {
    if (at_ == end_) return false;
    switch (*at_) {
      case 'n':
        return take_literal(value, kind::null, "null");
      case 't':
        return take_literal(value, kind::boolean, "true");
      case 'f':
        return take_literal(value, kind::boolean, "false");
      case '{':
        return take_literal(value, kind::object, "");
      case '[':
        return take_literal(value, kind::array, "");
      case '0':
        value.type = kind::number;
        return read_text(value.text) && !value.text.empty();
      default:
        value.type = kind::string;
        value.needs_escape = *at_ == 'e';
        return at_string() && read_text(value.text);
    }
  }

  bool take_literal(node& value, kind type, std::string_view text) noexcept {
    ++at_;
    value.type = type;
    value.text = text;
    return true;
  }

  bool read_key(node& member) noexcept {
    if (!at_string()) return false;
    member.key_needs_escape = *at_ == 'e';
    if (!read_text(member.key)) return false;
    member.key_hash = hash_key(member.key);
    return true;
  }

  bool at_string() const noexcept { return at_ != end_ && (*at_ == 's' || *at_ == 'e'); }

  // What stands behind a tag: a size, and as many bytes.
  bool read_text(std::string_view& text) noexcept {
    constexpr std::uint32_t in_four_bytes = 255;
    const auto left = static_cast<std::size_t>(end_ - at_);
    if (left < 2) return false;
    std::uint32_t size = byte(1);
    std::size_t head = 2;
    if (size == in_four_bytes) {
      head = 6;
      if (left < head) return false;
      size = byte(2) | byte(3) << 8U | byte(4) << 16U | byte(5) << 24U;
    }
    if (size > left - head) return false;
    text = {at_ + head, size};
    at_ += head + size;
    return true;
  }

  std::uint32_t byte(std::size_t offset) const noexcept { return static_cast<unsigned char>(at_[offset]); }

  const char* at_;
  const char* end_;
  arena& memory_;
};

}  // namespace

node* read_snapshot(std::string_view snapshot, arena& memory) noexcept { return walk(snapshot, memory).run(); }

}  // namespace recreq
