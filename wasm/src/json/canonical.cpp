// Canonical writing.
#include "json/canonical.hpp"

#include <algorithm>
#include <cstring>

#include "json/blocks.hpp"
#include "json/number.hpp"

namespace recreq {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

// A stable merge sort of the chain of members: no memory, no recursion deeper than the logarithm of their number.
node* sort_chain(node* first, std::uint32_t count, member_order less) noexcept {  // NOLINT(misc-no-recursion)
  if (count < 2) {
    if (first != nullptr) first->next = nullptr;
    return first;
  }
  const std::uint32_t half = count / 2;
  node* second = first;
  for (std::uint32_t i = 0; i < half; ++i) second = second->next;
  node* left = sort_chain(first, half, less);
  node* right = sort_chain(second, count - half, less);
  node* head = nullptr;
  node** tail = &head;
  while (left != nullptr && right != nullptr) {
    node*& smaller = less(*right, *left) ? right : left;
    *tail = smaller;
    tail = &smaller->next;
    smaller = smaller->next;
  }
  *tail = left != nullptr ? left : right;
  return head;
}

bool is_in_order(const node& object) noexcept {
  for (const node* member = object.first; member != nullptr && member->next != nullptr; member = member->next) {
    if (!canonical_less(member->key, member->next->key)) return false;
  }
  return true;
}

void write_number(text_builder& out, std::string_view number) noexcept {
  if (is_short_integer(number)) {
    out.append_short(number == "-0" ? std::string_view("0") : number);
    return;
  }
  if (!out.reserve(longest_printed_number)) return;
  out.advance(print_number(number_value(number), out.end()));
}

void write_plain_string(text_builder& out, std::string_view text) noexcept {
  if (!out.reserve(text.size() + 2)) return;
  char* end = out.end();
  *end++ = '"';
  end = copy_short(end, text);
  *end++ = '"';
  out.advance(text.size() + 2);
}

void write_key(text_builder& out, const node& member, bool first) noexcept {
  if (member.key_needs_escape) {
    if (!first) out.append(',');
    write_string(out, member.key);
    out.append(':');
    return;
  }
  if (!out.reserve(member.key.size() + 4)) return;
  char* const begin = out.end();
  char* end = begin;
  if (!first) *end++ = ',';
  *end++ = '"';
  end = copy_short(end, member.key);
  *end++ = '"';
  *end++ = ':';
  out.advance(static_cast<std::size_t>(end - begin));
}

}  // namespace

bool canonical_less(std::string_view a, std::string_view b) noexcept {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    auto left = static_cast<unsigned char>(a[i]);
    auto right = static_cast<unsigned char>(b[i]);
    if (left == right) continue;
    // UTF-16 puts U+10000 and above (surrogates) before U+E000 to U+FFFF; UTF-8 does not.
    if (left >= 0xEE && right >= 0xEE)
      return (left >= 0xF0 ? left - 0x20 : left) < (right >= 0xF0 ? right - 0x20 : right);
    return left < right;
  }
  return a.size() < b.size();
}

bool needs_escape(std::string_view text) noexcept {
  return any_byte(text, [](block bytes) { return block((bytes < 0x20) | (bytes == '"') | (bytes == '\\')); });
}

void sort_members(node& object, member_order less) noexcept {
  // The split walks `next`, and the parts end in null: cut and joined by the sort itself.
  object.first = sort_chain(object.first, object.count, less);
  object.last = object.first;
  while (object.last->next != nullptr) object.last = object.last->next;
}

void sort_members(node& object) noexcept {
  if (!is_in_order(object))
    sort_members(object, [](const node& a, const node& b) noexcept { return canonical_less(a.key, b.key); });
  object.sorted = true;
}

void write_string(text_builder& out, std::string_view text) noexcept {
  out.append('"');
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text.substr(plain, i - plain));
    plain = i + 1;
    out.append('\\');
    switch (c) {
      case '"':
      case '\\':
        out.append(static_cast<char>(c));
        break;
      case '\b':
        out.append('b');
        break;
      case '\t':
        out.append('t');
        break;
      case '\n':
        out.append('n');
        break;
      case '\f':
        out.append('f');
        break;
      case '\r':
        out.append('r');
        break;
      default:
        out.append("u00");
        out.append(hex_digits[c >> 4U]);
        out.append(hex_digits[c & 0xFU]);
    }
  }
  out.append(text.substr(plain));
  out.append('"');
}

void write_canonical(text_builder& out, node& value) noexcept {  // NOLINT(misc-no-recursion): depth is limited
  switch (value.type) {
    case kind::null:
    case kind::boolean:
      out.append_short(value.text);
      return;
    case kind::number:
      write_number(out, value.text);
      return;
    case kind::string:
      if (value.needs_escape) {
        write_string(out, value.text);
      } else {
        write_plain_string(out, value.text);
      }
      return;
    case kind::array: {
      out.append('[');
      for (node* element = value.first; element != nullptr; element = element->next) {
        if (element != value.first) out.append(',');
        write_canonical(out, *element);
      }
      out.append(']');
      return;
    }
    case kind::object: {
      if (!value.sorted) sort_members(value);
      out.append('{');
      for (node* member = value.first; member != nullptr; member = member->next) {
        write_key(out, *member, member == value.first);
        write_canonical(out, *member);
      }
      out.append('}');
      return;
    }
  }
}

}  // namespace recreq
