// Named comparisons that JSON Schema cannot make, and how they mend a value.
#pragma once

#include <optional>
#include <string_view>

#include "json/arena.hpp"
#include "schema/image.hpp"
#include "schema/url.hpp"

namespace recreq {

/// Whether a string satisfies a predicate with its argument.
bool holds(image::predicate_name predicate, const image::view& provider, image::index argument,
           std::string_view text) noexcept;

/// The text as the predicate wants it; nothing when it cannot tell.
std::optional<std::string_view> repair(image::predicate_name predicate, const image::view& provider,
                                       image::index argument, std::string_view text, arena& memory) noexcept;

/// The name that a document uses: `url-scheme`.
std::string_view predicate_text(image::predicate_name predicate) noexcept;

}  // namespace recreq
