// What a body has to contain for a rule to have anything to say about it, so that the engine can leave most rules
// unasked.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "document.hpp"

namespace recreq::compiler {

/// Something that checking a body against its schema comes across.
struct sign {
  enum class kind : std::uint8_t {
    unlisted,       ///< a key that no schema lists, where unlisted keys are refused
    property,       ///< a property of an object
    null_property,  ///< a property whose value is null
    set_property,   ///< a property whose value is not null
    value,          ///< a listed string
  };
  kind what;
  std::string text;  ///< of a property: its place in the document
  bool operator==(const sign&) const = default;
  // Emscripten's strings cannot be compared three ways.
  bool operator<(const sign& other) const { return std::tie(what, text) < std::tie(other.what, other.text); }
};

/// At least one of these has to be there. An empty one is met by bodies that do not fit their schema only.
using need = std::set<sign>;

/// Everything that a rule of a body schema cannot do without. Only holds for bodies that fit their schema. `triggers`:
/// where the schema lists the strings that may stand at the rule's place, those for which its `if` can hold.
std::set<need> needs_of(const document& source, const place& body_schema, const place& rule,
                        const std::optional<std::vector<std::string>>& triggers);

}  // namespace recreq::compiler
