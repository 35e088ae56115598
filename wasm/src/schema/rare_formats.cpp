// The formats that a build may be linked without, each in one pass over the text.
#include <algorithm>

#include "schema/rare_keywords.hpp"
#include "schema/url.hpp"

namespace recreq {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// RFC 1123, section 2.1: labels of letters, digits and hyphens between them. The top label of an ASCII name may well
// begin with xn--; what it decodes to is a matter of IDNA.
bool is_hostname(std::string_view text) noexcept {
  constexpr std::size_t longest_name = 253;
  constexpr std::size_t longest_label = 63;
  if (text.empty() || text.size() > longest_name) return false;
  while (true) {
    const std::size_t size = std::min(text.find('.'), text.size());
    const std::string_view label = text.substr(0, size);
    if (label.empty() || label.size() > longest_label || label.front() == '-' || label.back() == '-') return false;
    if (!std::all_of(label.begin(), label.end(), [](char c) { return is_digit(c) || is_letter(c) || c == '-'; }))
      return false;
    if (size == text.size()) return true;
    text.remove_prefix(size + 1);
  }
}

bool is_atom_character(char c) noexcept {
  return is_digit(c) || is_letter(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

// RFC 5321, section 4.1.2: Local-part, without its @. Gives its size; 0 when there is none.
std::size_t local_part(std::string_view text) noexcept {
  if (text.empty()) return 0;
  std::size_t at = 0;
  if (text[0] == '"') {
    for (at = 1; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\\') ++at;
      if (at == text.size() || text[at] < ' ' || text[at] > '~') return 0;
    }
    return at < text.size() ? at + 1 : 0;
  }
  for (; at < text.size() && (is_atom_character(text[at]) || text[at] == '.'); ++at) {
    const bool dot = text[at] == '.';
    if (dot && (at == 0 || text[at - 1] == '.')) return 0;
  }
  return at == 0 || text[at - 1] == '.' ? 0 : at;
}

bool is_email(std::string_view text) noexcept {
  const std::size_t local = local_part(text);
  if (local == 0 || local == text.size() || text[local] != '@') return false;
  std::string_view domain = text.substr(local + 1);
  if (!domain.starts_with('[')) return is_hostname(domain);
  if (!domain.ends_with(']')) return false;
  domain = domain.substr(1, domain.size() - 2);
  constexpr std::string_view ipv6 = "IPv6:";
  return domain.starts_with(ipv6) ? is_ipv6(domain.substr(ipv6.size())) : is_ipv4(domain);
}

}  // namespace

bool has_rare_format(image::format_name format, std::string_view text) noexcept {
  switch (format) {
    case image::format_name::hostname:
      return is_hostname(text);
    case image::format_name::email:
      return is_email(text);
    case image::format_name::ipv4:
      return is_ipv4(text);
    case image::format_name::ipv6:
      return is_ipv6(text);
    default:
      return true;
  }
}

}  // namespace recreq
