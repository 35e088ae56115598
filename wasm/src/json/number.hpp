// JSON numbers as text: their grammar, what a double can carry of them, and how ECMAScript prints them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace recreq {

/// Why a number cannot be sent: JSON readers on the other side keep numbers in doubles.
enum class number_loss : std::uint8_t {
  none,
  inexact,    ///< an integer literal that is not the exact value of its double
  overflow,   ///< larger than any double
  underflow,  ///< not zero, but smaller than any double
};

/// Bytes of the number at the beginning of `text` by RFC 8259's grammar; 0 when there is none.
std::size_t scan_number(std::string_view text) noexcept;

/// True for a literal without fraction and exponent that has at most 15 digits: exact in every double.
inline bool is_short_integer(std::string_view number) noexcept {
  if (number.size() > 16) return false;
  std::size_t digits = 0;
  for (std::size_t i = number[0] == '-' ? 1 : 0; i < number.size(); ++i, ++digits) {
    if (number[i] < '0' || number[i] > '9') return false;
  }
  return digits <= 15;
}

/// The double nearest to a number's text.
double number_value(std::string_view number) noexcept;

number_loss find_loss(std::string_view number) noexcept;

bool is_integer(std::string_view number) noexcept;

constexpr std::size_t longest_printed_number = 32;

/// Prints as RFC 8785 (that is, ECMAScript) does; `out` has room for `longest_printed_number`. Gives the bytes written.
std::size_t print_number(double value, char* out) noexcept;

}  // namespace recreq
