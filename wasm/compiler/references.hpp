// Where every `$ref` of a document leads.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "document.hpp"

namespace recreq::compiler {

/// The pointer of an object that holds a `$ref`, and that of what it names.
using reference_targets = std::map<std::string, std::string>;

/// Finds `$id`s and `$anchor`s, follows all references, and reports those that lead nowhere, out of the document, or
/// back to their own start while the value under judgement stays the same: such a schema would never be done.
reference_targets read_references(const json& root, std::vector<problem>& problems);

}  // namespace recreq::compiler
