// Forms that a string can be asked to have.
#pragma once

#include <string_view>

#include "schema/image.hpp"

namespace recreq {

bool has_format(image::format_name format, std::string_view text) noexcept;

/// The name that a document uses: `uuid`.
std::string_view format_text(image::format_name format) noexcept;

}  // namespace recreq
