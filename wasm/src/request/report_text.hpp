// Issues as JSON: what the WebAssembly module hands over, and what the native test program prints to compare with it.
#pragma once

#include <span>

#include "json/arena.hpp"
#include "recreq/issue.hpp"
#include "recreq/match.hpp"
#include "recreq/provenance.hpp"

namespace recreq {

/// `{"issues":[…],"truncated":false}`, and `"provenance":{…}` in it when that is given.
void write_report(text_builder& out, std::span<const issue> issues, bool truncated,
                  std::span<const placed_origin> provenance = {}) noexcept;

/// The same of a match:
/// `{"issues":[…],"truncated":false,"configuration":"/bot/…","origins":{…},"wouldHaveChanged":[…]}`.
void write_match(text_builder& out, std::span<const issue> issues, bool truncated,
                 std::span<const placed_origin> origins, std::span<const changed_value> changes,
                 std::string_view configuration) noexcept;

}  // namespace recreq
