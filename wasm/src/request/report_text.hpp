// Issues as JSON: what the WebAssembly module hands over, and what the native test program prints to compare with it.
#pragma once

#include <span>

#include "json/arena.hpp"
#include "recreq/issue.hpp"
#include "recreq/provenance.hpp"

namespace recreq {

/// `{"issues":[…],"truncated":false}`, and `"provenance":{…}` in it when that is given.
void write_report(text_builder& out, std::span<const issue> issues, bool truncated,
                  std::span<const placed_origin> provenance = {}) noexcept;

}  // namespace recreq
