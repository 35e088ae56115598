// Reads needs off a rule's `for` and `if`. What this does not understand asks for nothing: the rule is run then.
#include "rule_needs.hpp"

#include <algorithm>
#include <string_view>

#include "field_path.hpp"

namespace recreq::compiler {
namespace {

bool allows_type(const place& schema, std::string_view type) {
  const place types = member(schema, "type");
  if (!types) return true;
  if (types.value->is_array()) return std::find(types.value->begin(), types.value->end(), type) != types.value->end();
  return *types.value == type;
}

// Whether null passes. `const` and `enum` name what does.
bool allows_null(const place& schema) {
  if (!schema) return true;
  if (!schema.value->is_object()) return *schema.value == true;
  if (!allows_type(schema, "null")) return false;
  if (const place constant = member(schema, "const")) return constant.value->is_null();
  const place values = member(schema, "enum");
  return !values || std::find(values.value->begin(), values.value->end(), nullptr) != values.value->end();
}

// Whether nothing but null passes.
bool is_about_null(const place& schema) { return schema && text_of(schema, "type") == "null"; }

// What a rule wants to find under a key.
sign::kind kind_of(const place& condition) {
  if (is_about_null(condition)) return sign::kind::null_property;
  return allows_null(condition) ? sign::kind::property : sign::kind::set_property;
}

// The strings that a condition names, when it lets no other value pass.
std::vector<std::string> only_strings(const place& condition) {
  std::vector<std::string> strings;
  std::vector<place> values;
  if (const place constant = member(condition, "const")) values.push_back(constant);
  for (const auto& [position, value] : children(member(condition, "enum"))) values.push_back(value);
  for (const place& value : values) {
    if (!value.value->is_string()) return {};
    strings.push_back(value.value->get<std::string>());
  }
  return strings;
}

// Schemas that only point to others: those stand beside them in a list of everything that applies at a place.
bool only_combines(const place& schema) {
  const json& value = *schema.value;
  return value.is_object() && !value.contains("properties") && !value.contains("patternProperties") &&
         !value.contains("additionalProperties") &&
         (value.contains("$ref") || value.contains("oneOf") || value.contains("anyOf") || value.contains("allOf"));
}

bool is_container(const place& schema) { return allows_type(schema, "object") || allows_type(schema, "array"); }

// Whether checking an object against this notices the key: as a listed one, or as one to refuse. `goes_on`: the way
// leads further down from there, which it does not below a string.
bool notices_key(const document& source, const place& schema, const std::string& key, bool goes_on) {
  if (only_combines(schema) || *schema.value == false) return true;
  if (!schema.value->is_object()) return false;
  if (!allows_type(schema, "object") || member(member(schema, "properties"), key)) return true;
  // A key that an expression allows is nobody's property.
  if (member(schema, "patternProperties")) return false;
  const place additional = member(schema, "additionalProperties");
  if (!additional) return false;
  if (*additional.value == false) return true;
  const std::vector<place> unlisted = schemas_at(source, additional);
  return goes_on && std::none_of(unlisted.begin(), unlisted.end(), is_container);
}

// Whether checking against this looks at every member and element.
bool looks_at_all(const place& schema) {
  if (only_combines(schema) || *schema.value == false) return true;
  if (!schema.value->is_object()) return false;
  const place additional = member(schema, "additionalProperties");
  return (!allows_type(schema, "object") || (additional && *additional.value != true)) &&
         (!allows_type(schema, "array") || (member(schema, "items") && !member(schema, "prefixItems")));
}

// Whether checking a string against this notices which one it is.
bool notices_string(const place& schema) {
  if (only_combines(schema) || *schema.value == false) return true;
  return schema.value->is_object() &&
         (!allows_type(schema, "string") || member(schema, "enum") || member(schema, "const"));
}

class reader_of_needs {
 public:
  reader_of_needs(const document& source, const place& body_schema) : source_(source), root_(body_schema) {}

  std::set<need> of(const place& rule, const std::optional<std::vector<std::string>>& triggers) const {
    std::set<need> needs;
    const place condition = member(rule, "if");
    const location subject = follow(text_of(rule, "for"), condition, needs);
    if (!condition) return needs;
    of_condition(condition, subject, false, needs);
    const bool about_strings = text_of(condition, "type") == "string" || !only_strings(condition).empty();
    if (triggers && about_strings && notices_strings(subject)) needs.insert(values(*triggers));
    return needs;
  }

 private:
  // The schemas that apply at a place, while it is certain that checking gets there.
  struct location {
    std::vector<place> schemas;
    bool certain = true;
  };

  static bool notices_strings(const location& at) {
    return at.certain && std::all_of(at.schemas.begin(), at.schemas.end(), notices_string);
  }

  static need values(const std::vector<std::string>& strings) {
    need any;
    for (const std::string& each : strings) any.insert({sign::kind::value, each});
    return any;
  }

  location follow(const std::string& pointer, const place& condition, std::set<need>& needs) const {
    location at{schemas_at(source_, root_), true};
    const std::vector<std::string> tokens = pointer_tokens(pointer);
    for (std::size_t i = 0; i < tokens.size() && at.certain; ++i) {
      const bool goes_on = i + 1 < tokens.size();
      at = step(at, tokens[i], goes_on ? sign::kind::set_property : kind_of(condition), goes_on, needs);
    }
    return at;
  }

  location step(const location& from, const std::string& key, sign::kind wanted, bool goes_on,
                std::set<need>& needs) const {
    location at{schemas_below(source_, from.schemas, key), true};
    if (key == "*") {
      at.certain = std::all_of(from.schemas.begin(), from.schemas.end(), looks_at_all);
      return at;
    }
    if (!std::all_of(from.schemas.begin(), from.schemas.end(),
                     [&](const place& schema) { return notices_key(source_, schema, key, goes_on); })) {
      return {{}, false};
    }
    if (at.schemas.empty()) {
      needs.insert({{sign::kind::unlisted, ""}});
      return {{}, false};
    }
    // One of the schemas that list it is the one that the object was checked against.
    need properties;
    for (const place& schema : from.schemas) {
      const place property = member(member(schema, "properties"), key);
      if (property) properties.insert({wanted, property.pointer});
    }
    if (properties.empty()) return {{}, false};
    needs.insert(properties);
    return at;
  }

  void of_condition(const place& condition, const location& subject, bool is_object, std::set<need>& needs) const {
    if (!condition.value->is_object()) return;
    is_object = is_object || text_of(condition, "type") == "object";
    const std::vector<std::string> strings = only_strings(condition);
    if (!strings.empty() && notices_strings(subject)) needs.insert(values(strings));
    // Anything but an object passes `required`.
    if (is_object && subject.certain) {
      for (const auto& [position, name] : children(member(condition, "required"))) {
        const std::string key = name.value->get<std::string>();
        const place property = member(member(condition, "properties"), key);
        const location at = step(subject, key, kind_of(property), false, needs);
        if (property) of_condition(property, at, false, needs);
      }
    }
    for (const auto& [pointer, each] : children(member(condition, "x-at")))
      of_condition(each, follow(pointer, each, needs), false, needs);
    for (const auto& [position, branch] : children(member(condition, "allOf")))
      of_condition(branch, subject, is_object, needs);
    if (const place branches = member(condition, "anyOf")) of_alternatives(branches, subject, is_object, needs);
  }

  // What every alternative needs something of. Values tell more than keys.
  void of_alternatives(const place& branches, const location& subject, bool is_object, std::set<need>& needs) const {
    need any;
    for (const auto& [position, branch] : children(branches)) {
      std::set<need> of_branch;
      of_condition(branch, subject, is_object, of_branch);
      if (of_branch.empty()) return;
      const need& most_telling =
          *std::max_element(of_branch.begin(), of_branch.end(),
                            [](const need& a, const need& b) { return a.begin()->what < b.begin()->what; });
      any.insert(most_telling.begin(), most_telling.end());
    }
    needs.insert(any);
  }

  const document& source_;
  place root_;
};

}  // namespace

std::set<need> needs_of(const document& source, const place& body_schema, const place& rule,
                        const std::optional<std::vector<std::string>>& triggers) {
  return reader_of_needs(source, body_schema).of(rule, triggers);
}

}  // namespace recreq::compiler
