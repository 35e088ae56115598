/// @file
/// Where the values of an effective body come from.
#pragma once

#include <cstdint>
#include <string_view>

namespace recreq {

enum class origin : std::uint8_t {
  input,           ///< written by the caller
  default_value,   ///< filled in
  extra,           ///< laid on by `options::extra_body`
  override_value,  ///< in a body that matches a bot: of the overrides
  bot,             ///< in a body that matches a bot: of the bot's configuration
};
/// The name of an origin outside C++: `input`, `default`, `extra`, `override`, `bot`.
std::string_view origin_name(origin from) noexcept;

/// A value of the effective body and where it comes from.
struct placed_origin {
  std::string_view pointer;  ///< JSON Pointer, as issues have it
  origin from = origin::input;
};

}  // namespace recreq
