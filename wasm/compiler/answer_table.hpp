// What JavaScript needs of a document to read answers: what results look like, what failures mean, where errors have
// their words, which fields are secrets.
#pragma once

#include <string>
#include <vector>

#include "document.hpp"

namespace recreq::compiler {

/// The text of `js/src/generated/<provider>.answers.ts`. Responses that cannot be read that way are added to
/// `problems`.
std::string answer_module(const document& source, std::vector<problem>& problems);

}  // namespace recreq::compiler
