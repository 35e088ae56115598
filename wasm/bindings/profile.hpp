// Options that calls refer to by number.
#pragma once

#include <string_view>

#include "json/arena.hpp"
#include "json/reading.hpp"
#include "recreq/options.hpp"
#include "schema/image.hpp"

namespace recreq {

/// Options as JavaScript gives them, and the provider that they are for.
struct profile {
  const image::view* provider = nullptr;
  options how;
};

/// Takes options over; everything in them lives in `memory`. Gives why they are refused, and nothing when they are not.
std::string_view read_profile(std::string_view json, const image::view& provider, json_reader& reader, arena& memory,
                              profile& out) noexcept;

}  // namespace recreq
