// The formats, each in one pass over the text.
#include "schema/format.hpp"

#include <array>
#include <cstddef>

#include "schema/url.hpp"

namespace recreq {
namespace {

bool is_uuid(std::string_view text) noexcept {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex) return false;
  }
  return true;
}

// In a shape, 0 stands for any digit.
bool has_shape(std::string_view text, std::string_view shape) noexcept {
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i]) return false;
  }
  return true;
}

int two_digits(std::string_view text, std::size_t at) noexcept { return (text[at] - '0') * 10 + (text[at + 1] - '0'); }

bool is_date(std::string_view text) noexcept {
  constexpr std::array<int, 12> days{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (!has_shape(text, "0000-00-00")) return false;
  const int year = two_digits(text, 0) * 100 + two_digits(text, 2);
  const int month = two_digits(text, 5);
  const int day = two_digits(text, 8);
  if (month < 1 || month > 12 || day < 1 || day > days[static_cast<std::size_t>(month - 1)]) return false;
  return month != 2 || day < 29 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

bool is_time(std::string_view text) noexcept {
  return has_shape(text, "00:00:00") && two_digits(text, 0) < 24 && two_digits(text, 3) < 60 &&
         two_digits(text, 6) <= 60;
}

bool is_offset(std::string_view text) noexcept {
  if (text == "Z" || text == "z") return true;
  return (has_shape(text, "+00:00") || has_shape(text, "-00:00")) && two_digits(text, 1) < 24 &&
         two_digits(text, 4) < 60;
}

// RFC 3339: date, time, perhaps a fraction of the second, and the offset from UTC.
bool is_date_time(std::string_view text) noexcept {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return false;
  if (!is_date(text.substr(0, 10)) || !is_time(text.substr(11, 8))) return false;
  text.remove_prefix(19);
  if (text[0] == '.') {
    const std::size_t end = text.find_first_not_of("0123456789", 1);
    if (end == 1 || end == std::string_view::npos) return false;
    text.remove_prefix(end);
  }
  return is_offset(text);
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
  }
  return true;
}

std::string_view format_text(image::format_name format) noexcept {
  switch (format) {
    case image::format_name::uuid:
      return "uuid";
    case image::format_name::uri:
      return "uri";
    case image::format_name::date_time:
      return "date-time";
  }
  return "";
}

}  // namespace recreq
