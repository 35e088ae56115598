// Issues as JSON: what the WebAssembly module hands over, and what the native test program prints to compare with it.
#pragma once

#include <span>

#include "json/arena.hpp"
#include "recreq/issue.hpp"

namespace recreq {

/// `{"issues":[…],"truncated":false}`
void write_report(text_builder& out, std::span<const issue> issues, bool truncated) noexcept;

}  // namespace recreq
