// The fields of a body that say where data goes.
#pragma once

#include <string>
#include <vector>

#include "document.hpp"

namespace recreq::compiler {

/// Where `x-destination` stands in a body schema, in all of its alternatives: pointer patterns from the body's root, in
/// which `*` stands for any member or element. What lies below such a place belongs to it and is not listed.
std::vector<std::string> destinations_of(const document& source, const place& body_schema,
                                         std::vector<problem>& problems);

}  // namespace recreq::compiler
