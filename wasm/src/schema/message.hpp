// The engine's own sentences. Provider rules bring theirs in the image.
#pragma once

#include <span>
#include <string_view>

#include "json/arena.hpp"
#include "recreq/issue.hpp"

namespace recreq {

/// The template of a code, with `{name}` where a parameter goes. Some codes have several, told apart by `variant`.
std::string_view message_template(issue_code code, std::string_view variant) noexcept;

/// Fills a template in. A name that is no parameter stays as it is.
std::string_view fill_message(std::string_view message, std::span<const issue_param> params, arena& memory) noexcept;

}  // namespace recreq
