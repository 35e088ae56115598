/// @file
/// Issues as JSON, for logs and for programs in other languages.
#pragma once

#include <span>
#include <string>

#include "recreq/issue.hpp"
#include "recreq/match.hpp"
#include "recreq/provenance.hpp"

namespace recreq {

/// `{"issues":[…],"truncated":false}`, the same bytes as the WebAssembly module hands to JavaScript; `"provenance":{…}`
/// is part of it when it is given.
std::string json_text(std::span<const issue> issues, bool truncated, std::span<const placed_origin> provenance = {});

/// The same of a match, with `"origins":{…}` and `"wouldHaveChanged":[…]`.
std::string json_text(const bot_match& of);

}  // namespace recreq
