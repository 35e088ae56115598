// Turns a document into the image that the engine reads. On the way it refuses, by place, what the engine does not
// implement and what cannot be right.
#pragma once

#include <cstdint>
#include <vector>

#include "document.hpp"

namespace recreq::compiler {

/// The words of the image; empty when problems were found.
std::vector<std::uint32_t> write_image(const document& source, std::vector<problem>& problems);

/// The same for a schema that stands for itself. Its defaults and examples may be anything.
std::vector<std::uint32_t> write_schema_image(const document& source, bool ignore_unknown_formats,
                                              std::vector<problem>& problems);

}  // namespace recreq::compiler
