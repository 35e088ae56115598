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

// Reads a text from its beginning; what did not fit is remembered.
class cursor {
 public:
  explicit cursor(std::string_view text) noexcept : text_(text) {}

  int number(std::size_t digits) noexcept {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (text_.empty() || !is_digit(text_[0])) return fail();
      value = value * 10 + (text_[0] - '0');
      text_.remove_prefix(1);
    }
    return value;
  }
  /// One of a few characters; 0 when none of them comes next.
  char take(std::string_view any_of) noexcept {
    if (text_.empty() || any_of.find(text_[0]) == std::string_view::npos) return 0;
    const char taken = text_[0];
    text_.remove_prefix(1);
    return taken;
  }
  void expect(std::string_view any_of) noexcept {
    if (take(any_of) == 0) fail();
  }
  void skip_digits() noexcept {
    number(1);
    while (!text_.empty() && is_digit(text_[0])) text_.remove_prefix(1);
  }
  bool is_done() const noexcept { return fits_ && text_.empty(); }

 private:
  int fail() noexcept {
    fits_ = false;
    return 0;
  }

  std::string_view text_;
  bool fits_ = true;
};

int days_of(int year, int month) noexcept {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// RFC 3339, section 5.6. A leap second ends a day of UTC.
bool is_date_time(std::string_view text) noexcept {
  cursor at(text);
  const int year = at.number(4);
  at.expect("-");
  const int month = at.number(2);
  at.expect("-");
  const int day = at.number(2);
  at.expect("Tt");
  const int hour = at.number(2);
  at.expect(":");
  const int minute = at.number(2);
  at.expect(":");
  const int second = at.number(2);
  if (at.take(".") != 0) at.skip_digits();
  int ahead = 0;
  if (at.take("Zz") == 0) {
    const char sign = at.take("+-");
    const int hours = at.number(2);
    at.expect(":");
    const int minutes = at.number(2);
    if (sign == 0 || hours > 23 || minutes > 59) return false;
    ahead = (hours * 60 + minutes) * (sign == '-' ? -1 : 1);
  }
  if (!at.is_done() || month < 1 || month > 12 || day < 1 || day > days_of(year, month)) return false;
  if (hour > 23 || minute > 59 || second > 60) return false;
  constexpr int minutes_of_a_day = 24 * 60;
  const int in_utc = (hour * 60 + minute - ahead + minutes_of_a_day) % minutes_of_a_day;
  return second < 60 || in_utc == minutes_of_a_day - 1;
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
    case image::format_name::date_time:
      return is_date_time(text);
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
