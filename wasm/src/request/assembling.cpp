// URLs and headers.
#include "request/assembling.hpp"

#include <array>

#include "json/number.hpp"

namespace recreq {
namespace {

using image::input_record;

// The characters of a URL that need no encoding wherever they stand, a bit each.
constexpr std::array<std::uint64_t, 4> unreserved = [] {
  std::array<std::uint64_t, 4> made{};
  for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"))
    made[static_cast<unsigned char>(c) / 64] |= std::uint64_t{1} << static_cast<unsigned char>(c) % 64;
  return made;
}();

bool is_unreserved(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return (unreserved[byte / 64] >> byte % 64 & 1U) != 0;
}

void append_encoded(text_builder& out, std::string_view text) noexcept {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_unreserved(text[i])) continue;
    const auto byte = static_cast<unsigned char>(text[i]);
    out.append_short(text.substr(plain, i - plain));
    out.append('%');
    out.append(digits[byte >> 4U]);
    out.append(digits[byte & 0xFU]);
    plain = i + 1;
  }
  out.append_short(text.substr(plain));
}

const node* argument(const image::view& provider, const node& input, const input_record& parameter) noexcept {
  return provider.find_member(input, parameter.name);
}

bool is_header_value(std::string_view text) noexcept {
  for (const char c : text) {
    if (c < 0x21 || c > 0x7E) return false;
  }
  return !text.empty();
}

void append_parts(text_builder& out, const image::view& provider, const image::operation_record& operation,
                  image::index first, std::uint32_t count, const node& input) noexcept {
  for (const std::uint32_t part : provider.list(first, count)) {
    if ((part & 1U) == 0) {
      out.append_short(provider.string(part >> 1U));
      continue;
    }
    const node* value = argument(provider, input, provider.input(operation.first_input + (part >> 1U)));
    if (value != nullptr) append_encoded(out, value->text);
  }
}

// Numbers are written as in a body: one value has one URL.
void append_value(text_builder& out, const node& value) noexcept {
  if (value.type != kind::number) return append_encoded(out, value.text);
  std::array<char, longest_printed_number> digits;  // NOLINT(cppcoreguidelines-pro-type-member-init): written first
  append_encoded(out, {digits.data(), print_number(number_value(value.text), digits.data())});
}

// One parameter; an array without elements has nothing to write.
void append_query(text_builder& out, char& separator, std::string_view name, bool repeated,
                  const node& value) noexcept {
  const bool list = value.type == kind::array;
  const node* each = list ? value.first : &value;
  for (bool named = false; each != nullptr; each = list ? each->next : nullptr) {
    if (named) {
      out.append(',');
    } else {
      out.append(separator);
      append_encoded(out, name);
      out.append('=');
      separator = '&';
    }
    append_value(out, *each);
    named = !repeated;
  }
}

}  // namespace

void check_transport(const image::view& provider, const image::operation_record& operation, const node& input,
                     report_builder& issues) noexcept {
  for (std::uint32_t i = 0; i < operation.input_count; ++i) {
    const input_record& parameter = provider.input(operation.first_input + i);
    const node* value = argument(provider, input, parameter);
    if (value == nullptr || value->invalid) continue;
    const place here{nullptr, provider.string(parameter.name)};
    if (parameter.location == input_record::path &&
        (value->text.empty() || value->text == "." || value->text == "..")) {
      issues.add(finding(issue_code::path_segment, &here, nullptr));
    }
    if (parameter.location == input_record::header && !is_header_value(value->text)) {
      issues.add(finding(issue_code::header_value, &here, nullptr));
    }
  }
}

void write_url(text_builder& out, const image::view& provider, const image::operation_record& operation,
               const node& input) noexcept {
  append_parts(out, provider, operation, operation.server, operation.server_count, input);
  append_parts(out, provider, operation, operation.path, operation.path_count, input);
  char separator = '?';
  for (std::uint32_t i = 0; i < operation.input_count; ++i) {
    const input_record& parameter = provider.input(operation.first_input + i);
    const node* value = parameter.location == input_record::query ? argument(provider, input, parameter) : nullptr;
    if (value == nullptr) continue;
    const bool repeated = (parameter.flags & input_record::repeated) != 0;
    append_query(out, separator, provider.string(parameter.wire_name), repeated, *value);
  }
}

}  // namespace recreq
