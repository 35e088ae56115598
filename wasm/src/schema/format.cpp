// The formats, each in one pass over the text.
#include "schema/format.hpp"

#include <array>

#include "schema/rare_keywords.hpp"
#include "schema/url.hpp"

using namespace std::literals;

namespace recreq {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_uuid(std::string_view text) noexcept {
  constexpr auto shape = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh"sv;
  if (text.size() != shape.size()) return false;
  // All characters are looked at without a branch, which is what sixteen of them at once need.
  unsigned fits = 1;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const unsigned hex = unsigned{static_cast<unsigned char>(c - '0') < 10} |
                         unsigned{static_cast<unsigned char>((c | 0x20U) - 'a') < 6};
    fits &= shape[i] == '-' ? unsigned{c == '-'} : hex;
  }
  return fits != 0;
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

}  // namespace

bool has_format(image::format_name format, std::string_view text) noexcept {
  switch (format) {
    case image::format_name::uuid:
      return is_uuid(text);
    case image::format_name::uri:
      return is_uri(text);
    case image::format_name::date_time:
      return is_date_time(text);
    default:
      return has_rare_format(format, text);
  }
}

std::string_view format_text(image::format_name format) noexcept {
  constexpr std::array<std::string_view, image::format_count> names{"uuid",  "uri",  "date-time", "hostname",
                                                                    "email", "ipv4", "ipv6"};
  return names[static_cast<std::size_t>(format)];
}

}  // namespace recreq
