// An image as the package for JavaScript carries it: as text of which little has to be escaped, and which compresses to
// less than half of what the image's words do.
//
//   numbers   each in as few characters as it needs, see below
//   strings   UTF-8, each followed by a separator that stands in none of them
//
// The numbers, in their order:
//
//   layout        of the image, see `layout`
//   separator     a character
//   provider, facts, checksum   as in the image's header
//   for each table its number of records
//   for each table but that of strings, for each field from the last to the first, for each record: the field, written
//   as what is likely to be small and to repeat, see `spelling`
//
// A number is written in characters from `(` on: those with the place 64 to 79 carry four bits, the lowest first, and
// one with the place 0 to 63 has the rest and ends it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "schema/image.hpp"

namespace recreq::image {

namespace packed {
constexpr std::uint32_t first_character = '(';
constexpr std::uint32_t last_digits = 64;  ///< places from here on say that more follows
constexpr std::uint32_t more_digits = 16;
}  // namespace packed

/// How the fields of a column are written.
enum class spelling : std::uint8_t {
  plain,       ///< the field plus one, so that `none` is 0
  difference,  ///< from the one before
  run,         ///< the difference from where the run of the record before ends; the length is the field behind
};
spelling spelling_of(table which, std::size_t field_number) noexcept;

/// Differences are small numbers, whatever their sign.
constexpr std::uint32_t folded(std::uint32_t difference) noexcept {
  return (difference << 1U) ^ (0U - (difference >> 31U));
}
constexpr std::uint32_t unfolded(std::uint32_t number) noexcept { return (number >> 1U) ^ (0U - (number & 1U)); }

/// The words of an image; null, and why, when this is not what `pack` of the compiler writes. What they mean is for
/// `opened_image` to verify.
struct unpacked_image {
  std::unique_ptr<std::uint32_t[]> words;
  std::size_t size = 0;
  open_error error = open_error::none;
};
unpacked_image unpack(std::string_view packed) noexcept;

}  // namespace recreq::image
