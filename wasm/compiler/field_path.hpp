// Follows pointer patterns through schemas, to find rules that speak of fields that do not exist.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "document.hpp"

namespace recreq::compiler {

/// Checks the pointers and the `if` and `then` of a body schema's rules against that schema.
void check_rule_fields(const document& source, const place& body_schema, const place& rule,
                       std::vector<problem>& problems);

/// The strings that may stand at a pointer pattern of a body; nothing where the schema does not list them.
std::optional<std::vector<std::string>> listed_strings(const document& source, const place& body_schema,
                                                       const std::string& pointer);

/// Whether a secret may stand at a pointer pattern of a body: a field that is `writeOnly` in one of its forms, or one
/// that the schema does not list, such as the misspelt name of a secret.
bool may_be_secret(const document& source, const place& body_schema, const std::string& pointer);

/// All schemas that apply where `schema` stands: references followed, alternatives spread out.
std::vector<place> schemas_at(const document& source, const place& schema);

/// All that apply to a member of the values that `schemas` describe; `*` stands for any member or element.
std::vector<place> schemas_below(const document& source, const std::vector<place>& schemas, const std::string& token);

/// The tokens of a JSON Pointer, unescaped.
std::vector<std::string> pointer_tokens(const std::string& pointer);

}  // namespace recreq::compiler
