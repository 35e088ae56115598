// The generated module that says what a client has to know to send a provider's requests.
#pragma once

#include <string>
#include <vector>

#include "document.hpp"

namespace recreq::compiler {

/// A TypeScript module that exports `service`: servers, credential and, for each operation, what may be repeated, how
/// often it may be called, how its pages follow each other and what tells whether it took effect. It is data alone, so
/// that a bundle without a client leaves it out.
std::string service_module(const document& source, std::vector<problem>& problems);

}  // namespace recreq::compiler
