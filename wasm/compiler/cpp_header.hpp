// The C++ face of a provider: a public header with one typed operation each, and the source that embeds the image.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "document.hpp"

namespace recreq::compiler {

/// The text of `recreq/<provider>.hpp`. Two inputs that would have one name in C++ are added to `problems`.
std::string cpp_header(const document& source, std::vector<problem>& problems);

/// The text of `<provider>.cpp`, which defines what the header declares. The image is written as the words that it is
/// made of, so that it is aligned for reading in place.
std::string cpp_source(const document& source, std::span<const std::uint32_t> image_words);

}  // namespace recreq::compiler
