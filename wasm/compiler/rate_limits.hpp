// The extension x-rate-limit: how many requests a provider takes in which time, as a client keeps to it and as people
// read it.
#pragma once

#include <string>
#include <vector>

#include "document.hpp"

namespace recreq::compiler {

/// The limits that stand on an operation, or on the document, for all operations together, as data for a client; null
/// when there are none. What no client could keep to is reported.
json rate_limits_at(const place& holder, std::vector<problem>& problems);

/// The same in words: "At most 300 requests per minute and workspace."
std::string rate_limit_sentence(const place& holder);

}  // namespace recreq::compiler
