// What a schema allows, as a person would write it in TypeScript.
#include "typescript_types.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "prose.hpp"

namespace recreq::compiler {

namespace {

bool contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool named_schema(std::string_view pointer) {
  static constexpr std::string_view home = "/components/schemas/";
  return pointer.starts_with(home) && pointer.find('/', home.size()) == std::string_view::npos;
}

bool string_typed(const place& schema) { return text_of(schema, "type") == "string"; }

// Whether a schema says what a value looks like, and does not only restrict it further.
bool shaped(const place& schema) {
  if (!schema || !schema.value->is_object()) return false;
  static constexpr std::array<std::string_view, 10> shapes{
      "$ref",          "type",  "const",      "enum", "properties", "patternProperties", "additionalProperties",
      "propertyNames", "items", "prefixItems"};
  if (std::any_of(shapes.begin(), shapes.end(), [&](std::string_view key) { return bool(member(schema, key)); })) {
    return true;
  }
  for (const char* const keyword : {"anyOf", "oneOf", "allOf"}) {
    for (const auto& [index, branch] : children(member(schema, keyword))) {
      if (shaped(branch)) return true;
    }
  }
  return false;
}

bool exactly_one(const place& schema) {
  const auto is_one = [&](const char* keyword) {
    const place limit = member(schema, keyword);
    return limit && *limit.value == 1;
  };
  return is_one("minProperties") && is_one("maxProperties") && !children(member(schema, "properties")).empty();
}

std::string in_parentheses(const std::vector<std::string>& alternatives) {
  std::string line;
  for (const std::string& each : alternatives) line += (line.empty() ? "" : " | ") + each;
  const bool loose = alternatives.size() > 1 || line.starts_with("readonly ") || line.find(" & ") != std::string::npos;
  return loose && !(line.starts_with('(') && alternatives.size() == 1) ? "(" + line + ")" : line;
}

void add_alternatives(std::vector<std::string>& all, const std::vector<std::string>& more) {
  for (const std::string& each : more) {
    if (std::find(all.begin(), all.end(), each) == all.end()) all.push_back(each);
  }
  // Everything else is part of it.
  if (std::find(all.begin(), all.end(), "unknown") != all.end()) all = {"unknown"};
}

}  // namespace

bool plain_object(const place& schema) {
  for (const char* const keyword : {"$ref", "const", "enum"}) {
    if (member(schema, keyword)) return false;
  }
  for (const char* const keyword : {"anyOf", "oneOf", "allOf"}) {
    for (const auto& [index, branch] : children(member(schema, keyword))) {
      if (shaped(branch)) return false;
    }
  }
  const place type = member(schema, "type");
  if (type && *type.value != "object") return false;
  return !children(member(schema, "properties")).empty() || flag_of(schema, "x-pass-through");
}

std::vector<std::string> type_writer::alternatives(const place& schema, writing& to, std::size_t indent) {
  if (!schema) return {"unknown"};
  if (schema.value->is_boolean()) return {schema.value->get<bool>() ? "unknown" : "never"};
  if (const place reference = member(schema, "$ref"); reference && reference.value->is_string()) {
    const std::string target = source_.target(schema).pointer;
    if (!named_schema(target)) return in_place(source_.resolve(schema), to, indent);
    to.mentioned.push_back(target);
    return {type_name(target, to.way)};
  }
  if (const place only = member(schema, "const")) return {constant_type(*only.value, indent)};
  if (const place listed = member(schema, "enum")) return enum_type(listed, to.way, indent);

  std::vector<std::vector<std::string>> parts;  // all of which hold
  std::vector<std::string> own = own_types(schema, to, indent);
  for (const auto& [index, branch] : children(member(schema, "allOf"))) {
    if (shaped(branch)) parts.push_back(alternatives(branch, to, indent));
  }
  for (const char* const keyword : {"anyOf", "oneOf"}) {
    std::vector<std::string> branches;
    for (const auto& [index, branch] : children(member(schema, keyword))) {
      if (shaped(branch)) add_alternatives(branches, alternatives(branch, to, indent));
    }
    if (!branches.empty()) parts.push_back(std::move(branches));
  }
  // Beside branches that say more, a bare "object" says nothing.
  const bool bare = own == std::vector<std::string>{"Record<string, unknown>"};
  if (!own.empty() && !(bare && !parts.empty())) parts.insert(parts.begin(), std::move(own));
  if (parts.empty()) return {"unknown"};
  if (parts.size() == 1) return parts[0];
  std::string all;
  for (const auto& part : parts) all += (all.empty() ? "" : " & ") + in_parentheses(part);
  return {all};
}

std::vector<std::string> type_writer::in_place(const place& schema, writing& to, std::size_t indent) {
  if (std::find(to.open.begin(), to.open.end(), schema.pointer) != to.open.end()) {
    report(problems_, schema.pointer, "a schema that contains itself needs a name: move it to components.schemas");
    return {"unknown"};
  }
  to.open.push_back(schema.pointer);
  std::vector<std::string> found = alternatives(schema, to, indent);
  to.open.pop_back();
  return found;
}

std::string type_writer::constant_type(const json& value, std::size_t indent) const {
  if (!value.is_structured()) return value_text(value, indent, 0);
  return value.is_array() ? "readonly " + value_text(value, indent, 0) : value_text(value, indent, 0);
}

std::vector<std::string> type_writer::enum_type(const place& listed, direction way, std::size_t indent) const {
  std::vector<std::string> values;
  bool open = false;
  for (const auto& [index, entry] : children(listed)) {
    add_alternatives(values, {constant_type(*entry.value, indent)});
    open = open || (way == direction::response && entry.value->is_string());
  }
  if (open) values.emplace_back("(string & {})");
  return values;
}

std::vector<std::string> type_writer::own_types(const place& schema, writing& to, std::size_t indent) {
  std::vector<std::string> types;
  if (const place type = member(schema, "type")) {
    if (type.value->is_string()) types.push_back(type.value->get<std::string>());
    for (const auto& [index, each] : children(type)) {
      if (each.value->is_string()) types.push_back(each.value->get<std::string>());
    }
  } else if (member(schema, "properties") || member(schema, "patternProperties") ||
             member(schema, "additionalProperties") || member(schema, "propertyNames")) {
    types.emplace_back("object");
  } else if (member(schema, "items") || member(schema, "prefixItems")) {
    types.emplace_back("array");
  }
  std::vector<std::string> found;
  for (const std::string& type : types) {
    if (type == "object") {
      add_alternatives(found, {object_type(schema, to, indent)});
    } else if (type == "array") {
      add_alternatives(found, {array_type(schema, to, indent)});
    } else if (type == "string") {
      add_alternatives(found, string_type(schema, indent));
    } else {
      add_alternatives(found, {type == "integer" ? "number" : type});
    }
  }
  return found;
}

std::vector<std::string> type_writer::string_type(const place& schema, std::size_t indent) const {
  const place known = member(schema, "examples");
  if (!known || !known.value->is_array() || member(schema, "format")) return {"string"};
  std::vector<std::string> values;
  for (const auto& [index, each] : children(known)) {
    if (each.value->is_string()) add_alternatives(values, {value_text(*each.value, indent, 0)});
  }
  values.emplace_back("(string & {})");
  return values;
}

std::string type_writer::array_type(const place& schema, writing& to, std::size_t indent) {
  // Callers may hand in frozen lists; what comes back is theirs.
  const std::string prefix = to.way == direction::request ? "readonly " : "";
  const place items = member(schema, "items");
  const std::vector<std::pair<std::string, place>> first = children(member(schema, "prefixItems"));
  if (first.empty()) return prefix + in_parentheses(alternatives(items, to, indent)) + "[]";
  std::string tuple;
  for (const auto& [index, item] : first) {
    tuple += (tuple.empty() ? "" : ", ") + in_parentheses(alternatives(item, to, indent)) + "?";
  }
  if (!items || *items.value != false) tuple += ", ..." + in_parentheses(alternatives(items, to, indent)) + "[]";
  return prefix + "[" + tuple + "]";
}

std::string type_writer::object_type(const place& schema, writing& to, std::size_t indent) {
  if (!children(member(schema, "properties")).empty()) {
    const bool one = exactly_one(schema);
    uses_exactly_one_ = uses_exactly_one_ || one;
    const std::string members = "{\n" + members_text(schema, to, indent + 2, one) + spaces(indent) + "}";
    return one ? "ExactlyOne<" + members + ">" : members;
  }
  const place rest = member(schema, "additionalProperties");
  // TypeScript has no keys that match an expression: what may stand there is not known.
  const bool patterns = bool(member(schema, "patternProperties"));
  if (rest && *rest.value == false && !patterns && !flag_of(schema, "x-pass-through")) return "Record<string, never>";
  const bool typed = rest && rest.value->is_object() && !rest.value->empty() && !patterns;
  const std::string value = typed ? union_text(alternatives(rest, to, indent), indent, 0) : " unknown";
  const place keys = member(schema, "propertyNames");
  if (member(keys, "enum")) {
    const std::string names = union_text(enum_type(member(keys, "enum"), to.way, indent), indent, 0).substr(1);
    return "Partial<Record<" + names + "," + value + ">>";
  }
  return "Record<string," + value + ">";
}

std::string type_writer::members_text(const place& schema, writing& to, std::size_t indent, bool all_required) {
  std::set<std::string> required;
  for (const auto& [index, name] : children(member(schema, "required"))) {
    if (name.value->is_string()) required.insert(name.value->get<std::string>());
  }
  std::string text;
  for (const auto& [name, property] : children(member(schema, "properties"))) {
    if (flag_of(property, to.way == direction::request ? "readOnly" : "writeOnly")) continue;
    comment said = comments_.schema_comment(property);
    comments_.add_nearest_link(said, property, schema);
    text += comment_text(said, indent);
    const std::string start =
        spaces(indent) + property_key(name) + (all_required || required.contains(name) ? ":" : "?:");
    text += start + union_text(alternatives(property, to, indent), indent, columns(start)) + "\n";
  }
  const place rest = member(schema, "additionalProperties");
  if (flag_of(schema, "x-pass-through")) {
    text += spaces(indent) + "/** Whatever else the third party takes: it is passed on as it is. */\n";
    text += spaces(indent) + "[option: string]: unknown\n";
  } else if (to.way == direction::request && ((rest && *rest.value != false) || member(schema, "patternProperties"))) {
    text += spaces(indent) + "[key: string]: unknown\n";
  }
  return text;
}

void type_writer::declare(const std::string& pointer, direction way) {
  if (way == direction::response && in_requests_.contains(pointer) && !opened(pointer)) return;
  std::set<std::string>& declared = way == direction::request ? in_requests_ : in_responses_;
  if (!declared.insert(pointer).second) return;
  const place schema = source_.at(pointer);
  if (schema) declare_as(type_name(pointer, way), schema, way);
}

void type_writer::declare_as(const std::string& name, const place& schema, direction way) {
  take_name(name, schema.pointer);
  writing to{way, {}, {}};
  comment said = comments_.schema_comment(schema);
  if (!string_typed(schema)) {
    for (const json& example : shown_examples(schema)) {
      const std::string start = "const " + variable_name(name) + ": " + name + " = ";
      add_example(said, "", start + value_text(example, 0, columns(start) + 3));
    }
  }
  std::string text;
  if (plain_object(schema) && exactly_one(schema)) {
    uses_exactly_one_ = true;
    const std::string members = name + (name.ends_with('s') ? "Choices" : "s");
    take_name(members, schema.pointer);
    text = comment_text(said, 0) + "export type " + name + " = ExactlyOne<" + members + ">\n\n";
    comment about;
    about.say("What {@link " + name + "} offers: one of these, and no second.");
    text += comment_text(about, 0) + "export interface " + members + " {\n" + members_text(schema, to, 2, true) + "}\n";
  } else if (plain_object(schema)) {
    text = comment_text(said, 0) + "export interface " + name + " {\n" + members_text(schema, to, 2, false) + "}\n";
  } else {
    const std::string start = "export type " + name + " =";
    text = comment_text(said, 0) + start + union_text(alternatives(schema, to, 0), 0, columns(start)) + "\n";
  }
  declarations_.push_back(std::move(text));
  for (const std::string& pointer : to.mentioned) declare(pointer, way);
}

void type_writer::take_name(const std::string& name, const std::string& pointer) {
  static constexpr std::array<std::string_view, 7> imported{
      "BodyInput", "ExactlyOne", "MatchingOperation", "Operation", "Spec", "StandaloneSchema", "Record"};
  if (contains(imported, name)) report(problems_, pointer, "the module needs the name " + name + " for itself");
  if (!names_.insert(name).second) report(problems_, pointer, "two types would be called " + name);
}

std::string type_writer::type_name(const std::string& pointer, direction way) const {
  const std::string key = pointer.substr(pointer.rfind('/') + 1);
  const std::string name = identifier(key) ? key : pascal_case(key);
  return way == direction::response && opened(pointer) ? name + "Response" : name;
}

bool type_writer::opened(const std::string& pointer) const {
  std::set<std::string> seen;
  return in_requests_.contains(pointer) && has_enum(source_.at(pointer), seen);
}

bool type_writer::has_enum(const place& at, std::set<std::string>& seen) const {
  if (!at || !at.value->is_structured() || !seen.insert(at.pointer).second) return false;
  for (const auto& [key, entry] : children(at)) {
    if (key == "enum" && entry.value->is_array()) return true;
    if (key == "$ref" && has_enum(source_.resolve(at), seen)) return true;
    if (has_enum(entry, seen)) return true;
  }
  return false;
}

}  // namespace recreq::compiler
