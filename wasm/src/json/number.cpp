// Numbers: grammar and exactness. Conversions are JavaScript's own in WebAssembly and <charconv>'s natively.
#include "json/number.hpp"

#include <array>
#include <cmath>
#include <cstring>

#ifndef __EMSCRIPTEN__
#include <charconv>
#endif

#ifdef __EMSCRIPTEN__
extern "C" {
// bindings/imports.js
double recreq_parse_double(const char* text, std::size_t size);
std::size_t recreq_print_double(double value, char* out);
}
#endif

namespace recreq {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

std::size_t skip_digits(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

#ifndef __EMSCRIPTEN__
// The power of ten of a number's first non-zero digit, roughly: enough to tell very large from very small.
long long decimal_magnitude(std::string_view number) noexcept {
  constexpr long long enough = 1'000'000'000;
  std::size_t at = number[0] == '-' ? 1 : 0;
  long long magnitude = 0;
  bool significant = false;
  bool fraction = false;
  for (; at < number.size() && number[at] != 'e' && number[at] != 'E'; ++at) {
    if (number[at] == '.') {
      fraction = true;
      continue;
    }
    significant = significant || number[at] != '0';
    if (!fraction && significant) ++magnitude;
    if (fraction && !significant) --magnitude;
  }
  if (at == number.size()) return magnitude;
  ++at;
  const bool negative = number[at] == '-';
  if (negative || number[at] == '+') ++at;
  long long exponent = 0;
  for (; at < number.size(); ++at) exponent = exponent < enough ? exponent * 10 + (number[at] - '0') : enough;
  return negative ? magnitude - exponent : magnitude + exponent;
}
#endif

double parse_double(std::string_view number) noexcept {
#ifdef __EMSCRIPTEN__
  return recreq_parse_double(number.data(), number.size());
#else
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error == std::errc::result_out_of_range) {
    // <charconv> does not say at which of the two ends the value left the range.
    const double magnitude = decimal_magnitude(number) > 0 ? HUGE_VAL : 0.0;
    return number[0] == '-' ? -magnitude : magnitude;
  }
  return value;
#endif
}

bool has_nonzero_digit(std::string_view number) noexcept {
  for (const char c : number) {
    if (c == 'e' || c == 'E') return false;
    if (c >= '1' && c <= '9') return true;
  }
  return false;
}

// True when the digits of an integer literal are exactly the value of `value`. Works on limbs of nine decimal digits:
// the literal is halved as often as the double's exponent says and has to leave no remainder and the significand.
bool equals_exactly(std::string_view digits, double value) noexcept {
  constexpr std::uint64_t limb_base = 1'000'000'000;
  std::array<std::uint32_t, 35> limbs{};  // the largest double has 309 digits
  if (digits.size() > limbs.size() * 9) return false;
  std::size_t count = 0;
  for (std::size_t end = digits.size(); end > 0; ++count) {
    const std::size_t begin = end > 9 ? end - 9 : 0;
    std::uint32_t limb = 0;
    for (std::size_t i = begin; i < end; ++i) limb = limb * 10 + static_cast<std::uint32_t>(digits[i] - '0');
    limbs[count] = limb;
    end = begin;
  }
  int exponent = 0;
  const double significand = std::frexp(value, &exponent);
  const auto mantissa = static_cast<std::uint64_t>(std::ldexp(significand, 53));
  int halvings = exponent - 53;
  std::uint64_t expected = mantissa;
  for (; halvings < 0; ++halvings) {
    if ((expected & 1U) != 0) return false;
    expected >>= 1U;
  }
  while (halvings > 0) {
    const int step = halvings < 29 ? halvings : 29;
    const std::uint64_t divisor = std::uint64_t{1} << static_cast<unsigned>(step);
    std::uint64_t remainder = 0;
    for (std::size_t i = count; i-- > 0;) {
      const std::uint64_t current = remainder * limb_base + limbs[i];
      limbs[i] = static_cast<std::uint32_t>(current / divisor);
      remainder = current % divisor;
    }
    if (remainder != 0) return false;
    halvings -= step;
  }
  std::uint64_t left = 0;
  for (std::size_t i = count; i-- > 0;) {
    if (left > (UINT64_MAX - limbs[i]) / limb_base) return false;
    left = left * limb_base + limbs[i];
  }
  return left == expected;
}

}  // namespace

std::size_t scan_number(std::string_view text) noexcept {
  std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
  if (at >= text.size() || !is_digit(text[at])) return 0;
  at = text[at] == '0' ? at + 1 : skip_digits(text, at);
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = skip_digits(text, at + 1);
    if (fraction == at + 1) return 0;
    at = fraction;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t exponent = at + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    const std::size_t end = skip_digits(text, exponent);
    if (end == exponent) return 0;
    at = end;
  }
  return at;
}

double number_value(std::string_view number) noexcept {
  if (!is_short_integer(number)) return parse_double(number);
  const bool negative = number[0] == '-';
  double value = 0;
  for (std::size_t i = negative ? 1 : 0; i < number.size(); ++i) value = value * 10 + (number[i] - '0');
  return negative ? -value : value;
}

number_loss find_loss(std::string_view number) noexcept {
  if (is_short_integer(number)) return number_loss::none;
  const double value = parse_double(number);
  if (std::isinf(value)) return number_loss::overflow;
  if (value == 0) return has_nonzero_digit(number) ? number_loss::underflow : number_loss::none;
  if (number.find_first_of(".eE") != std::string_view::npos) return number_loss::none;
  const std::string_view digits = number[0] == '-' ? number.substr(1) : number;
  if (equals_exactly(digits, std::fabs(value))) return number_loss::none;
  // What was printed for an exact integer before stands for it: canonical text stays canonical.
  std::array<char, longest_printed_number> printed{};
  const std::size_t size = print_number(value, printed.data());
  return number == std::string_view(printed.data(), size) ? number_loss::none : number_loss::inexact;
}

bool is_integer(std::string_view number) noexcept {
  if (is_short_integer(number)) return true;
  const double value = parse_double(number);
  return std::floor(value) == value && !std::isinf(value);
}

std::size_t print_number(double value, char* out) noexcept {
#ifdef __EMSCRIPTEN__
  return recreq_print_double(value, out);
#else
  if (value == 0) {
    out[0] = '0';
    return 1;
  }
  // The shortest digits that name the double, laid out by ECMAScript's Number::toString.
  std::array<char, longest_printed_number> scientific{};
  const auto printed =
      std::to_chars(scientific.data(), scientific.data() + scientific.size(), value, std::chars_format::scientific);
  std::string_view text(scientific.data(), static_cast<std::size_t>(printed.ptr - scientific.data()));
  char* end = out;
  if (text[0] == '-') {
    *end++ = '-';
    text.remove_prefix(1);
  }
  const std::size_t e = text.find('e');
  std::array<char, 24> digits{};
  int count = 0;
  for (const char c : text.substr(0, e)) {
    if (c != '.') digits[static_cast<std::size_t>(count++)] = c;
  }
  int exponent = 0;
  const char* exponent_text = text.data() + e + 1;
  if (*exponent_text == '+') ++exponent_text;
  std::from_chars(exponent_text, text.data() + text.size(), exponent);
  const int point = exponent + 1;  // digits before the decimal point
  const auto put = [&end](const char* from, int size) {
    std::memcpy(end, from, static_cast<std::size_t>(size));
    end += size;
  };
  const auto zeros = [&end](int size) {
    std::memset(end, '0', static_cast<std::size_t>(size));
    end += size;
  };
  if (count <= point && point <= 21) {
    put(digits.data(), count);
    zeros(point - count);
  } else if (0 < point && point <= 21) {
    put(digits.data(), point);
    *end++ = '.';
    put(digits.data() + point, count - point);
  } else if (-6 < point && point <= 0) {
    *end++ = '0';
    *end++ = '.';
    zeros(-point);
    put(digits.data(), count);
  } else {
    *end++ = digits[0];
    if (count > 1) {
      *end++ = '.';
      put(digits.data() + 1, count - 1);
    }
    *end++ = 'e';
    const int shown = point - 1;
    *end++ = shown < 0 ? '-' : '+';
    end = std::to_chars(end, end + 4, shown < 0 ? -shown : shown).ptr;
  }
  return static_cast<std::size_t>(end - out);
#endif
}

}  // namespace recreq
