// The TypeScript module of a provider: its types as a person would have written them, and its operations.
#pragma once

#include <string>
#include <vector>

#include "document.hpp"

namespace recreq::compiler {

/// The text of `js/src/generated/<provider>.ts`. What cannot be said in TypeScript is added to `problems`.
std::string typescript_module(const document& source, std::vector<problem>& problems);

}  // namespace recreq::compiler
