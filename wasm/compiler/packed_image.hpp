// Packs an image into the text in which the package for JavaScript carries it.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace recreq::compiler {

/// The form is that of schema/packed_image.hpp. `words` are a whole image.
std::string pack(std::span<const std::uint32_t> words);

}  // namespace recreq::compiler
