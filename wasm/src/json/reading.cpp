// Walks simdjson's tokens once and builds nodes.
#include "json/reading.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <new>

#include "json/blocks.hpp"
#include "json/canonical.hpp"
#include "json/number.hpp"
#include "json/pointer.hpp"
#include "json/syntax_error.hpp"

namespace recreq {
namespace {

constexpr std::uint32_t few_members = 16;

constexpr read_failure unreadable{issue_code::syntax, 0, {}, {}, "unreadable"};

// simdjson copies the end of a text to the stack, where it would stay until something else happens to need the place.
[[gnu::noinline]] void overwrite_stack() noexcept {
  std::array<char, 512> room;  // NOLINT(cppcoreguidelines-pro-type-member-init): written next
  std::memset(room.data(), 0, room.size());
  asm volatile("" : : "r"(room.data()) : "memory");  // otherwise nobody would read it, and it were not written
}

bool is_whitespace(char c) noexcept { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool ends_scalar(char c) noexcept { return is_whitespace(c) || c == ',' || c == ']' || c == '}' || c == ':'; }

int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The four hex digits of a \u escape; -1 when they are not.
int code_unit(std::string_view digits) noexcept {
  if (digits.size() < 4) return -1;
  int unit = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const int digit = hex_digit(digits[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

char* put_utf8(std::uint32_t code_point, char* out) noexcept {
  const auto put = [&out](std::uint32_t byte) { *out++ = static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0U | code_point >> 6U);
    put(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    put(0xE0U | code_point >> 12U);
    put(0x80U | (code_point >> 6U & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  } else {
    put(0xF0U | code_point >> 18U);
    put(0x80U | (code_point >> 12U & 0x3FU));
    put(0x80U | (code_point >> 6U & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  }
  return out;
}

char simple_escape(char c) noexcept {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

class walk {
 public:
  walk(std::string_view text, const std::uint32_t* tokens, std::uint32_t count, const limits& most, arena& memory,
       bool positions) noexcept
      : text_(text),
        first_(tokens),
        end_(tokens + count),
        most_(most),
        memory_(memory),
        positions_(positions),
        has_escapes_(any_byte(text, [](block bytes) { return block(bytes == '\\'); })) {}

  read_result run() noexcept {
    node* root = read_all();
    if (root != nullptr) return {root, {}};
    if (memory_.exhausted()) return {nullptr, failure_};
    // What simdjson takes for tokens in a text that is not JSON differs from kernel to kernel, and with it the failure
    // that the walk meets first.
    return {nullptr, find_syntax_error(text_, most_.depth, memory_, failure_)};
  }

 private:
  // Null without a failure of its own means: not JSON, and the exact place is still to be found.
  node* read_all() noexcept {
    const std::size_t deepest = std::min<std::size_t>(most_.depth, open_.size());
    const std::uint32_t* token = first_;
    node* container = nullptr;  // the innermost that is open
    for (;;) {
      if (container != nullptr && container->type == kind::object && !take_key(token)) return nullptr;
      node* value = take_value(token, container);
      if (value == nullptr) return nullptr;
      if (value->type == kind::object || value->type == kind::array) {
        if (depth_ == deepest) return fail(issue_code::too_deep, value->offset, {}, value);
        open_[depth_++] = container = value;
        if (character_at(token) != closing(*container)) continue;
      }
      for (;;) {
        if (container == nullptr) return token == end_ ? value : nullptr;
        const char c = character_at(token);
        ++token;
        if (c == ',') break;
        if (c != closing(*container)) return nullptr;
        if (container->count > few_members && container->type == kind::object && !check_many_keys(*container))
          return nullptr;
        value = container;
        container = --depth_ == 0 ? nullptr : open_[depth_ - 1];
      }
    }
  }

  char character_at(const std::uint32_t* token) const noexcept { return token == end_ ? '\0' : text_[*token]; }

  static char closing(const node& container) noexcept { return container.type == kind::object ? '}' : ']'; }

  // A key and its colon. The key is written where it belongs at once, into the node of the value that follows it.
  [[gnu::always_inline]] bool take_key(const std::uint32_t*& token) noexcept {
    if (character_at(token) != '"' || character_at(token + 1) != ':') return false;
    std::string_view key;
    bool escaped = false;
    if (!read_string(token, key, escaped)) return false;
    member_ = memory_.make<node>();
    if (member_ == nullptr) return false;
    member_->key_offset = *token;
    member_->key_needs_escape = escaped;
    member_->key = key;
    member_->key_hash = hash_key(key);
    token += 2;
    return true;
  }

  [[gnu::always_inline]] node* take_value(const std::uint32_t*& token, node* container) noexcept {
    if (token == end_) return nullptr;
    const std::uint32_t* const at = token++;
    switch (text_[*at]) {
      case '{':
        return add_node(kind::object, *at, container);
      case '[':
        return add_node(kind::array, *at, container);
      case '"': {
        std::string_view text;
        bool escaped = false;
        if (!read_string(at, text, escaped)) return nullptr;
        node* value = add_node(kind::string, *at, container);
        if (value == nullptr) return nullptr;
        value->text = text;
        value->needs_escape = escaped;
        return value;
      }
      case 't':
        return read_literal(*at, "true", kind::boolean, container);
      case 'f':
        return read_literal(*at, "false", kind::boolean, container);
      case 'n':
        return read_literal(*at, "null", kind::null, container);
      default:
        return read_number(*at, container);
    }
  }

  [[gnu::always_inline]] node* add_node(kind type, std::uint32_t offset, node* container) noexcept {
    if (++values_ > most_.values) return fail(issue_code::too_large, offset, "values", nullptr);
    const bool is_member = container != nullptr && container->type == kind::object;
    node* value = is_member ? member_ : memory_.make<node>();
    if (value == nullptr) return nullptr;
    value->type = type;
    value->offset = offset;
    value->in_text = positions_;
    if (container == nullptr) return value;
    if (is_member && container->count < few_members && !check_few_keys(*container)) return nullptr;
    append_child(*container, *value);
    return value;
  }

  node* read_literal(std::uint32_t offset, std::string_view literal, kind type, node* container) noexcept {
    if (!same_text(text_.substr(offset, literal.size()), literal) || !scalar_ends_at(offset + literal.size()))
      return nullptr;
    node* value = add_node(type, offset, container);
    if (value != nullptr) value->text = literal;
    return value;
  }

  node* read_number(std::uint32_t offset, node* container) noexcept {
    const std::size_t size = scan_number(text_.substr(offset));
    if (size == 0 || !scalar_ends_at(offset + size)) return nullptr;
    node* value = add_node(kind::number, offset, container);
    if (value == nullptr) return nullptr;
    value->text = text_.substr(offset, size);
    const number_loss loss = find_loss(value->text);
    if (loss != number_loss::none) {
      return fail(issue_code::number_range, offset,
                  loss == number_loss::inexact    ? "inexact"
                  : loss == number_loss::overflow ? "overflow"
                                                  : "underflow",
                  value);
    }
    return value;
  }

  // What stands between the quotes of the string that begins at a token.
  [[gnu::always_inline]] bool read_string(const std::uint32_t* token, std::string_view& text, bool& escaped) noexcept {
    if (has_escapes_) return read_string_with_escapes(*token + 1, text, escaped);
    // No token is in a string, and between its end and the next token there is nothing but whitespace.
    std::size_t end = (token + 1 == end_ ? text_.size() : token[1]) - 1;
    while (is_whitespace(text_[end])) --end;
    if (text_[end] != '"' || end == *token) return false;
    text = {text_.data() + *token + 1, end - *token - 1};
    return true;
  }

  [[gnu::noinline]] bool read_string_with_escapes(std::size_t begin, std::string_view& text, bool& escaped) noexcept {
    const std::size_t plain_end = find_quote_or_escape(begin);
    std::size_t end = plain_end;
    while (end < text_.size() && text_[end] == '\\') end = find_quote_or_escape(end + 2);
    if (end >= text_.size() || !scalar_ends_at(end + 1)) return false;
    text = {text_.data() + begin, end - begin};
    escaped = end != plain_end;
    return !escaped || unescape(text, memory_, text);
  }

  // Eight bytes at a time; the padding behind the text makes that safe.
  std::size_t find_quote_or_escape(std::size_t at) const noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    const auto zeros = [](std::uint64_t word) { return (word - ones) & ~word & (ones << 7U); };
    for (; at < text_.size(); at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, text_.data() + at, 8);
      const std::uint64_t found = zeros(word ^ (ones * '"')) | zeros(word ^ (ones * '\\'));
      if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
    }
    return at;
  }

  bool scalar_ends_at(std::size_t end) const noexcept { return end == text_.size() || ends_scalar(text_[end]); }

  bool check_few_keys(const node& object) noexcept {
    const std::uint32_t hash = member_->key_hash;
    for (const node* other = object.first; other != nullptr; other = other->next) {
      if (other->key_hash != hash || !same_text(other->key, member_->key)) continue;
      fail(issue_code::duplicate_key, member_->key_offset, member_->key, nullptr);
      return false;
    }
    return true;
  }

  // Sorting keeps an object with very many keys from costing the square of their number.
  bool check_many_keys(node& object) noexcept {
    const node* repeated = nullptr;
    sort_members(object, [](const node& a, const node& b) noexcept {
      return a.key_hash != b.key_hash ? a.key_hash < b.key_hash : a.key < b.key;
    });
    for (node* member = object.first; member->next != nullptr; member = member->next) {
      node* const other = member->next;
      if (other->key_hash != member->key_hash || other->key != member->key) continue;
      if (repeated == nullptr || other->key_offset < repeated->key_offset) repeated = member_ = other;
    }
    sort_members(object, [](const node& a, const node& b) noexcept { return a.key_offset < b.key_offset; });
    if (repeated == nullptr) return true;
    fail(issue_code::duplicate_key, repeated->key_offset, repeated->key, nullptr);
    return false;
  }

  [[gnu::noinline]] node* fail(issue_code code, std::uint32_t offset, std::string_view detail,
                               const node* at) noexcept {
    failure_.code = code;
    failure_.offset = offset;
    failure_.detail = detail;
    text_builder pointer(memory_);
    text_builder path(memory_);
    for (std::uint32_t level = 0; level < depth_; ++level) {
      const node* container = open_[level];
      // The innermost container has the value already when `at` is given, and a key that is still waiting for one when
      // not.
      const bool innermost = level + 1 == depth_;
      const bool is_new = innermost && at == nullptr;
      const place here = container->type == kind::object
                             ? place{nullptr, is_new ? member_->key : container->last->key}
                             : place{nullptr, {}, is_new ? container->count : container->count - 1, true};
      append_pointer(pointer, &here);
      append_path_step(path, here);
    }
    failure_.pointer = pointer.view();
    failure_.path = path.view();
    return nullptr;
  }

  std::string_view text_;
  const std::uint32_t* first_;
  const std::uint32_t* end_;
  limits most_;
  arena& memory_;
  bool positions_;
  bool has_escapes_;
  std::array<node*, largest_depth + 1>
      open_;  // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
  std::uint32_t depth_ = 0;
  std::uint32_t values_ = 0;
  node* member_ = nullptr;  ///< has its key and waits for its value
  read_failure failure_ = unreadable;
};

}  // namespace

// Unescaping never makes a text longer.
bool unescape(std::string_view raw, arena& memory, std::string_view& decoded) noexcept {
  auto* const begin = static_cast<char*>(memory.allocate(raw.size(), 1));
  if (begin == nullptr) return false;
  char* out = begin;
  for (std::size_t i = 0; i < raw.size();) {
    if (raw[i] != '\\') {
      *out++ = raw[i++];
      continue;
    }
    if (raw[i + 1] != 'u') {
      const char simple = simple_escape(raw[i + 1]);
      if (simple == 0) return false;
      *out++ = simple;
      i += 2;
      continue;
    }
    int unit = code_unit(raw.substr(i + 2));
    if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return false;
    i += 6;
    auto code_point = static_cast<std::uint32_t>(unit);
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      if (i + 6 > raw.size() || raw[i] != '\\' || raw[i + 1] != 'u') return false;
      unit = code_unit(raw.substr(i + 2));
      if (unit < 0xDC00 || unit > 0xDFFF) return false;
      code_point = 0x10000U + ((code_point - 0xD800U) << 10U) + (static_cast<std::uint32_t>(unit) - 0xDC00U);
      i += 6;
    }
    out = put_utf8(code_point, out);
  }
  decoded = {begin, static_cast<std::size_t>(out - begin)};
  return true;
}

struct json_reader::tokens {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> scanner;
};

json_reader::json_reader() noexcept : tokens_(new (std::nothrow) tokens) {}
json_reader::~json_reader() = default;

read_result json_reader::read(std::string_view text, const limits& most, arena& memory, bool positions) noexcept {
  if (text.size() > most.bytes) return {nullptr, {issue_code::too_large, 0, {}, {}, "bytes"}};
  if (text.substr(0, 3) == "\xEF\xBB\xBF") return {nullptr, {issue_code::byte_order_mark, 0, {}, {}, {}}};
  const auto exhausted = [&memory] {
    // Asking for more than can be had marks the arena.
    memory.allocate(SIZE_MAX / 2, 1);
    return read_result{};
  };
  if (!tokens_) return exhausted();
  std::unique_ptr<simdjson::internal::dom_parser_implementation>& scanner = tokens_->scanner;
  const std::size_t wanted = std::max<std::size_t>(text.size(), 4096);
  if (!scanner || scanner->capacity() < text.size()) {
    scanner.reset();
    // The depth that simdjson asks for is for its own tree, which is never built.
    if (simdjson::get_active_implementation()->create_dom_parser_implementation(wanted, 1, scanner) !=
        simdjson::SUCCESS) {
      return exhausted();
    }
  }
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const simdjson::error_code scanned = scanner->stage1(bytes, text.size(), simdjson::stage1_mode::regular);
  overwrite_stack();
  if (scanned != simdjson::SUCCESS) {
    return {nullptr, find_syntax_error(text, most.depth, memory, unreadable)};
  }
  return walk(text, scanner->structural_indexes.get(), scanner->n_structural_indexes, most, memory, positions).run();
}

void json_reader::clear() noexcept {
  // Token offsets tell nothing about values; only an unusually large buffer is worth giving back.
  constexpr std::size_t kept = std::size_t{64} * 1024;
  if (tokens_ && tokens_->scanner && tokens_->scanner->capacity() > kept) tokens_->scanner.reset();
}

}  // namespace recreq
