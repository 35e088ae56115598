// A value of the image as JSON text.
#pragma once

#include "json/arena.hpp"
#include "schema/image.hpp"

namespace recreq {

/// Appends the canonical text of a constant, a default or a fix's value.
void append_json(text_builder& out, const image::view& provider, image::index index) noexcept;

}  // namespace recreq
