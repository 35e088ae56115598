// Walks everything that a body schema is made of. A destination that is missed is one that a page may choose, so
// whatever could apply counts, conditions too.
#include "destinations.hpp"

#include <algorithm>

namespace recreq::compiler {
namespace {

class destination_walk {
 public:
  destination_walk(const document& source, std::vector<problem>& problems) : source_(source), problems_(problems) {}

  void walk(const place& schema, const std::string& pointer) {
    if (!schema || !schema.value->is_object()) return;
    if (flag_of(schema, "x-destination")) {
      if (std::find(found_.begin(), found_.end(), pointer) == found_.end()) found_.push_back(pointer);
      return;
    }
    if (std::find(open_.begin(), open_.end(), schema.pointer) != open_.end()) {
      repeats_ = schema.pointer;
      return;
    }
    open_.push_back(schema.pointer);
    if (member(schema, "$ref")) walk(source_.target(schema), pointer);
    for (const char* const same : {"if", "then", "else", "not"}) walk(member(schema, same), pointer);
    for (const char* const several : {"allOf", "anyOf", "oneOf", "dependentSchemas"}) {
      for (const auto& [name, each] : children(member(schema, several))) walk(each, pointer);
    }
    for (const auto& [name, each] : children(member(schema, "properties"))) walk(each, pointer_append(pointer, name));
    for (const char* const below : {"additionalProperties", "items", "contains"})
      walk(member(schema, below), pointer + "/*");
    for (const char* const several : {"patternProperties", "prefixItems"}) {
      for (const auto& [name, each] : children(member(schema, several))) walk(each, pointer + "/*");
    }
    open_.pop_back();
  }

  std::vector<std::string> result() {
    // A pattern has one length, and there would be places of every length.
    if (!repeats_.empty() && !found_.empty())
      report(problems_, repeats_, "a body with an x-destination has no schema that contains itself");
    return std::move(found_);
  }

 private:
  const document& source_;
  std::vector<problem>& problems_;
  std::vector<std::string> open_;
  std::vector<std::string> found_;
  std::string repeats_;
};

}  // namespace

std::vector<std::string> destinations_of(const document& source, const place& body_schema,
                                         std::vector<problem>& problems) {
  destination_walk walk(source, problems);
  walk.walk(body_schema, "");
  return walk.result();
}

}  // namespace recreq::compiler
