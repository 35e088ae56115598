// URIs of schemas: `$id` says what a schema is called, `$ref` names one relative to where it stands.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace recreq::compiler {

/// The absolute URI that a reference means at a base, by RFC 3986, section 5.2. An empty base leaves it as it is.
std::string resolve_uri(std::string_view base, std::string_view reference);

/// What stands before the `#`, and what behind it.
std::pair<std::string, std::string> split_fragment(std::string_view uri);

}  // namespace recreq::compiler
