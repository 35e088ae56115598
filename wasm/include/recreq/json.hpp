/// @file
/// Issues as JSON, for logs and for programs in other languages.
#pragma once

#include <span>
#include <string>

#include "recreq/issue.hpp"

namespace recreq {

/// `{"issues":[…],"truncated":false}`, the same bytes as the WebAssembly module hands to JavaScript.
std::string json_text(std::span<const issue> issues, bool truncated);

}  // namespace recreq
