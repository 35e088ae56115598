// Which schemas can stand at a place of a body.
#include "field_path.hpp"

#include <algorithm>
#include <string_view>

#include "pattern_compiler.hpp"
#include "schema/pattern.hpp"

namespace recreq::compiler {
namespace {

// All schemas that apply at one place: references followed, alternatives spread out.
void spread(const document& source, const place& schema, std::vector<place>& out, int depth = 0) {
  if (!schema || depth > 50) return;
  out.push_back(schema);
  if (!schema.value->is_object()) return;
  if (schema.value->contains("$ref")) spread(source, source.resolve(schema), out, depth + 1);
  for (const std::string_view name : {"allOf", "anyOf", "oneOf"}) {
    for (const auto& [key, branch] : children(member(schema, name))) spread(source, branch, out, depth + 1);
  }
  for (const std::string_view name : {"then", "else"}) spread(source, member(schema, name), out, depth + 1);
}

// One step down. `open` tells whether anything may stand there although no schema says so.
std::vector<place> step(const document& source, const std::vector<place>& from, const std::string& token, bool& open) {
  std::vector<place> out;
  for (const place& schema : from) {
    const place properties = member(schema, "properties");
    if (token == "*") {
      for (const auto& [key, property] : children(properties)) spread(source, property, out);
      spread(source, member(schema, "items"), out);
      // Any member of an object that passes options through.
      if (flag_of(schema, "x-pass-through")) open = true;
    } else {
      spread(source, member(properties, token), out);
    }
    for (const auto& [expression, property] : children(member(schema, "patternProperties"))) {
      const compiled_pattern compiled = compile_pattern(expression);
      if (token == "*" || (!compiled.automaton.empty() && pattern::matches(compiled.automaton, token)))
        spread(source, property, out);
    }
    const place additional = member(schema, "additionalProperties");
    if (additional && additional.value->is_object()) spread(source, additional, out);
  }
  return out;
}

class rule_check {
 public:
  rule_check(const document& source, const place& body_schema, const place& rule, std::vector<problem>& problems)
      : source_(source), root_(schemas_at(source, body_schema)), problems_(problems) {
    for (const auto& [position, name] : children(member(rule, "unlisted")))
      unlisted_.emplace(name.value->get<std::string>(), name.pointer);
  }

  void run(const place& rule) {
    wildcards_ = wildcards_of(text_of(rule, "for"));
    const std::vector<place> subject = follow(text_of(rule, "for"), member(rule, "for").pointer);
    for (const std::string_view name : {"if", "then"}) check_schema(member(rule, name), subject);
    if (const place at = member(rule, "at")) follow(text_of(rule, "at"), at.pointer);
    for (const auto& [position, fix] : children(member(rule, "fix"))) {
      for (const std::string_view name : {"path", "from"}) {
        if (const place pointer = member(fix, name)) follow(pointer.value->get<std::string>(), pointer.pointer);
      }
    }
    for (const auto& [name, pointer] : unlisted_) {
      if (!used_.contains(name))
        report(problems_, pointer, "the schema has " + name + ", or the rule does not speak of it");
    }
  }

 private:
  static std::size_t wildcards_of(const std::string& pointer) {
    const std::vector<std::string> tokens = pointer_tokens(pointer);
    return static_cast<std::size_t>(std::count(tokens.begin(), tokens.end(), "*"));
  }

  // The schemas at a pattern; none when it leads through something that the schema does not list.
  std::vector<place> follow(const std::string& pointer, const std::string& where) {
    if (wildcards_of(pointer) > wildcards_) report(problems_, where, "this has more * than the rule's for");
    std::vector<place> at = root_;
    for (const std::string& token : pointer_tokens(pointer)) {
      bool open = false;
      at = step(source_, at, token, open);
      if (!at.empty()) continue;
      if (!open) miss(token, where);
      return {};
    }
    return at;
  }

  void miss(const std::string& name, const std::string& where) {
    if (unlisted_.contains(name)) {
      used_.insert(name);
    } else {
      report(problems_, where,
             "the schema has no field " + name + " here; a rule about an unlisted key names it in \"unlisted\"");
    }
  }

  // `subject` is empty where nothing is known of the value: below an unlisted key everything may stand.
  void check_schema(const place& schema, const std::vector<place>& subject) {
    if (!schema || !schema.value->is_object()) return;
    for (const auto& [pointer, each] : children(member(schema, "x-at")))
      check_schema(each, follow(pointer, each.pointer));
    for (const auto& [name, pointer] : children(member(schema, "x-query-equals"))) {
      if (pointer.value->is_string()) follow(pointer.value->get<std::string>(), pointer.pointer);
    }
    for (const std::string_view name : {"not", "if", "then", "else"}) check_schema(member(schema, name), subject);
    for (const std::string_view name : {"allOf", "anyOf", "oneOf"}) {
      for (const auto& [position, branch] : children(member(schema, name))) check_schema(branch, subject);
    }
    if (subject.empty()) return;
    for (const std::string_view name : {"items", "contains"}) {
      if (const place each = member(schema, name)) check_schema(each, below(subject, "*"));
    }
    for (const auto& [name, property] : children(member(schema, "properties")))
      check_schema(property, member_of(subject, name, property.pointer));
    for (const auto& [position, name] : children(member(schema, "required")))
      member_of(subject, name.value->get<std::string>(), name.pointer);
  }

  std::vector<place> below(const std::vector<place>& subject, const std::string& token) {
    return schemas_below(source_, subject, token);
  }

  std::vector<place> member_of(const std::vector<place>& subject, const std::string& name, const std::string& where) {
    std::vector<place> found = below(subject, name);
    if (found.empty()) miss(name, where);
    return found;
  }

  const document& source_;
  std::vector<place> root_;
  std::vector<problem>& problems_;
  std::map<std::string, std::string> unlisted_;
  std::set<std::string> used_;
  std::size_t wildcards_ = 0;
};

}  // namespace

std::vector<place> schemas_at(const document& source, const place& schema) {
  std::vector<place> out;
  spread(source, schema, out);
  return out;
}

std::vector<place> schemas_below(const document& source, const std::vector<place>& schemas, const std::string& token) {
  bool open = false;
  return step(source, schemas, token, open);
}

std::optional<std::vector<std::string>> listed_strings(const document& source, const place& body_schema,
                                                       const std::string& pointer) {
  std::vector<place> at = schemas_at(source, body_schema);
  for (const std::string& token : pointer_tokens(pointer)) {
    bool open = false;
    at = step(source, at, token, open);
    if (open) return std::nullopt;
  }
  std::vector<std::string> strings;
  for (const place& schema : at) {
    const place constant = member(schema, "const");
    if (constant && constant.value->is_string()) strings.push_back(constant.value->get<std::string>());
    for (const auto& [position, value] : children(member(schema, "enum"))) {
      if (value.value->is_string()) strings.push_back(value.value->get<std::string>());
    }
  }
  if (strings.empty()) return std::nullopt;
  std::sort(strings.begin(), strings.end());
  strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
  return strings;
}

bool may_be_secret(const document& source, const place& body_schema, const std::string& pointer) {
  std::vector<place> at = schemas_at(source, body_schema);
  for (const std::string& token : pointer_tokens(pointer)) {
    at = schemas_below(source, at, token);
    const auto is_secret = [](const place& schema) { return flag_of(schema, "writeOnly"); };
    if (at.empty() || std::any_of(at.begin(), at.end(), is_secret)) return true;
  }
  return false;
}

std::vector<std::string> pointer_tokens(const std::string& pointer) {
  std::vector<std::string> tokens;
  for (std::size_t at = 0; at < pointer.size();) {
    const std::size_t end = std::min(pointer.find('/', at + 1), pointer.size());
    std::string token = pointer.substr(at + 1, end - at - 1);
    for (std::size_t tilde = token.find('~'); tilde != std::string::npos; tilde = token.find('~', tilde + 1)) {
      token.replace(tilde, 2, tilde + 1 < token.size() && token[tilde + 1] == '1' ? "/" : "~");
    }
    tokens.push_back(std::move(token));
    at = end;
  }
  return tokens;
}

void check_rule_fields(const document& source, const place& body_schema, const place& rule,
                       std::vector<problem>& problems) {
  rule_check(source, body_schema, rule, problems).run(rule);
}

}  // namespace recreq::compiler
